namespace Chimera.S4.Orders;

/// <summary>Whether the exits of a spot intent, OCO or guarded stop, make sense together with how it enters, and with the market.</summary>
static class SpotExitRules
{
    public static Denial? Check(Intent intent, PolicyLimits limits) =>
        (intent.Oco, intent.Guard) switch
        {
            (null, null) => null,
            (not null, not null) => Conflict("exec_policy takes one of oco and guard_stop, not both: an oco that the venue refuses is guarded of itself (on_leg_failure)"),
            _ when intent.Market is not Market.Spot => new Denial(ReasonCode.PolicyNotSupported, $"{Name(intent)} is for SPOT; on FUT use post_fill_actions"),
            _ when intent.Twap is not null => Conflict($"{Name(intent)} and exec_policy.twap cannot be combined: give the slices their exits as intents of their own"),
            (not null, _) => Oco(intent, intent.Oco),
            _ => Guard(intent, limits),
        };

    /// <summary>Prices of the exits, once the market is known: each on its grid, on the side of the entry where it waits, and of a notional that the venue takes.</summary>
    public static Denial? CheckPrices(Intent intent, Instrument instrument, decimal? market, Quantity qty)
    {
        if (SpotExitTerms.Of(intent) is not { } terms) return null;
        var entry = intent.Price?.Value ?? market;
        return (terms.TpPx is { } tp ? Exit($"{Name(intent)}.tp_px", tp, true, instrument, entry) : null)
               ?? Exit($"{Name(intent)}.sl_px", terms.SlPx, false, instrument, entry)
               ?? (terms.SlLimitPx is { } limit ? Exit($"{Name(intent)}.sl_limit_px", limit, false, instrument, null) : null)
               ?? Notional(intent, terms, instrument, qty);
    }

    static Denial? Oco(Intent intent, OcoTerms terms)
    {
        if (terms.TpPx.Value <= terms.SlPx.Value) return Conflict($"exec_policy.oco.tp_px {terms.TpPx} must be above sl_px {terms.SlPx}: what is held is sold higher or lower");
        if (terms.SlLimitPx is { } limit && limit.Value > terms.SlPx.Value) return Conflict($"exec_policy.oco.sl_limit_px {limit} must be at or below sl_px {terms.SlPx}: a sell is limited from below");
        if (intent.Type is OrderType.Stop or OrderType.TakeProfit) return Conflict($"exec_policy.oco with type {Words.Of(intent.Type)}: the oco holds the stop already; allowed: MARKET, LIMIT, LIMIT_MAKER");
        if (!intent.ReduceOnly && intent.Side is not Side.Buy)
            return new Denial(ReasonCode.PolicyNotSupported, "exec_policy.oco with side SELL needs reduce_only true, and then protects what is held; without it side must be BUY: SPOT has no short");
        if (intent.ReduceOnly && (intent.Type is not OrderType.Market || intent.Maker is not null))
            return Conflict($"exec_policy.oco with reduce_only is its two exits and nothing else: type must be MARKET (or absent), not {Words.Of(intent.Type)}, and maker_then_taker absent");
        return null;
    }

    static Denial? Guard(Intent intent, PolicyLimits limits)
    {
        if (!limits.OcoGuardian) return new Denial(ReasonCode.PolicyNotSupported, "exec_policy.guard_stop needs S4_OCO_GUARDIAN=true on this deployment; use exec_policy.oco");
        if (intent.ReduceOnly || intent.Side is not Side.Buy)
            return new Denial(ReasonCode.PolicyNotSupported, $"exec_policy.guard_stop enters by a BUY; {Words.Of(intent.Side)}{(intent.ReduceOnly ? " with reduce_only" : "")} is protected by type STOP or exec_policy.oco");
        return intent.Type is OrderType.LimitMaker or OrderType.Limit ? null : Conflict($"exec_policy.guard_stop enters at a limit: type must be LIMIT_MAKER or LIMIT with a price, not {Words.Of(intent.Type)}");
    }

    static Denial? Exit(string name, Price price, bool above, Instrument instrument, decimal? entry) =>
        PriceRules.OffGrid(name, price, instrument.Prices) ?? PriceRules.OnWrongSide($"{name} {price}", price, above, entry, "the entry, or the market where there is none");

    // The lower exit is the smaller one; where it cannot stand, a fall finds nothing that sells.
    static Denial? Notional(Intent intent, SpotExitTerms terms, Instrument instrument, Quantity qty)
    {
        var (lowest, exits) = (terms.SlLimitPx ?? terms.SlPx, intent.ReduceOnly ? qty : instrument.Lots.Floor(SpotExitTerms.AfterFees(qty)));
        return (exits * lowest).Value >= instrument.MinNotional && exits.Value >= instrument.Lots.MinQty
            ? null
            : new Denial(ReasonCode.BelowMinNotional,
                $"{Name(intent)}: the exit of {exits}{(exits == qty ? "" : " (qty less fees)")} × {lowest} = {DecimalJson.Format((exits * lowest).Value)} is below the minimum notional {DecimalJson.Format(instrument.MinNotional)}");
    }

    static string Name(Intent intent) => intent.Oco is not null ? "exec_policy.oco" : "exec_policy.guard_stop";
    static Denial Conflict(string message) => new(ReasonCode.PolicyConflict, message);
}
