namespace Chimera.S4.Orders;

/// <summary>Whether an execution policy makes sense: what contradicts itself or is out of range is denied, and nothing is sent.</summary>
static class PolicyRules
{
    const int MostTakeProfits = 8;
    static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(100), LongestGap = TimeSpan.FromHours(24);

    public static Denial? Check(Intent intent, PolicyLimits limits)
    {
        if ((intent.Maker is not null || intent.Twap is not null) && intent.Type is not OrderType.Market)
            return Conflict($"exec_policy.{(intent.Maker is not null ? "maker_then_taker" : "twap")} chooses price and type itself: type must be MARKET (or absent), not {Words.Of(intent.Type)}");
        if (intent.Replaces is not null && Replaces(intent) is { } replaces) return replaces;
        return (intent.Maker is { } maker ? Maker(maker, limits) : null)
               ?? (intent.Twap is { } twap ? Twap(twap, intent.Qty, limits) : null)
               ?? (intent.Protection is { } protection ? Protects(protection, intent) : null)
               ?? SpotExitRules.Check(intent, limits);
    }

    /// <summary>Prices and shares of the exits, once the market is known: each on its grid, and on the side of it where it waits.</summary>
    public static Denial? CheckExits(Intent intent, Instrument instrument, decimal? market)
    {
        if (intent.Protection is not { } terms) return null;
        var entry = intent.Price?.Value ?? market;
        if (terms.StopLoss is { } stop && Exit("post_fill_actions.stop_loss", stop, intent.Side is Side.Sell, instrument, entry) is { } wrong) return wrong;
        for (var level = 0; level < terms.TakeProfits.Length; level++)
        {
            var (name, (trigger, qty)) = ($"post_fill_actions.take_profit[{level}]", terms.TakeProfits[level]);
            if (Exit(name, trigger, intent.Side is Side.Buy, instrument, entry) is { } off) return off;
            var lots = instrument.LotsFor(OrderType.Market);
            if (qty is { } share && (lots.Floor(share) != share || share.Value < lots.MinQty))
                return new Denial(ReasonCode.QtyBelowStep, $"{name}.qty {share} must be a multiple of {DecimalJson.Format(lots.StepSize)} and at least {DecimalJson.Format(lots.MinQty)}");
        }
        return null;
    }

    static Denial? Exit(string name, Price trigger, bool above, Instrument instrument, decimal? market) =>
        PriceRules.OffGrid($"{name}.trigger_px", trigger, instrument.Prices) ?? PriceRules.OnWrongSide($"{name}.trigger_px {trigger}", trigger, above, market, "the entry");

    static Denial? Replaces(Intent intent)
    {
        if (intent.Replaces == intent.IntentId) return Conflict($"replaces.intent_id '{intent.Replaces}' is the intent itself");
        if (intent.Maker is not null || intent.Twap is not null || intent.Oco is not null || intent.Guard is not null || intent.Type is OrderType.Market)
            return Conflict("replaces moves a stop, a take-profit or a limit: type must be STOP, TAKE_PROFIT, LIMIT or LIMIT_MAKER, without an exec_policy");
        return null;
    }

    static Denial? Protects(ProtectionTerms terms, Intent intent)
    {
        if (intent.Market is not Market.Fut) return new Denial(ReasonCode.PolicyNotSupported, "post_fill_actions are for FUT; on SPOT use exec_policy.oco or exec_policy.guard_stop");
        if (intent.ReduceOnly || intent.Type is OrderType.Stop or OrderType.TakeProfit) return Conflict("post_fill_actions protect what is entered; this intent reduces");
        if (terms is { StopLoss: null, TakeProfits.IsEmpty: true }) return new Denial(ReasonCode.FieldRequired, "post_fill_actions needs a stop_loss or a take_profit");
        if (terms.TakeProfits.Length > MostTakeProfits) return OutOfRange($"post_fill_actions.take_profit has {terms.TakeProfits.Length} levels; at most {MostTakeProfits} are allowed");
        if (terms.TakeProfits.SkipLast(1).Any(level => level.Qty is null)) return Conflict("post_fill_actions.take_profit: only the last level may leave its qty to what is left");
        var shared = terms.TakeProfits.Sum(level => level.Qty?.Value ?? 0);
        return shared > intent.Qty.Value ? OutOfRange($"post_fill_actions.take_profit takes {DecimalJson.Format(shared)} of {intent.Qty}") : null;
    }

    static Denial? Maker(MakerTerms terms, PolicyLimits limits)
    {
        if (terms.Wait is { } wait && (wait < TimeSpan.Zero || wait > limits.MakerMaxWait))
            return OutOfRange($"exec_policy.maker_then_taker.wait_ms {Ms(wait)} must be 0–{Ms(limits.MakerMaxWait)} (S4_MAKER_MAX_WAIT_MS)");
        return terms.MinFillRatio is < 0 or > 1 ? OutOfRange($"exec_policy.maker_then_taker.min_fill_ratio {DecimalJson.Format(terms.MinFillRatio.Value)} must be 0–1") : null;
    }

    static Denial? Twap(TwapTerms terms, Quantity qty, PolicyLimits limits)
    {
        if (terms is { Slices: not null, SliceQty: not null }) return Conflict("exec_policy.twap takes one of slices and slice_qty, not both");
        if (terms.Slices is { } slices && (slices < 1 || slices > limits.TwapMaxSlices)) return OutOfRange($"exec_policy.twap.slices {slices} must be 1–{limits.TwapMaxSlices} (S4_TWAP_MAX_SLICES)");
        if (terms.SliceQty is { Value: <= 0 } none) return OutOfRange($"exec_policy.twap.slice_qty {none} must be above 0");
        if (PolicyPlans.SlicesOf(terms, qty) is { } cut && cut > limits.TwapMaxSlices)
            return OutOfRange($"exec_policy.twap.slice_qty {terms.SliceQty} cuts {qty} into {cut} slices; at most {limits.TwapMaxSlices} are allowed (S4_TWAP_MAX_SLICES)");
        if (terms.Gap is not { } gap) return new Denial(ReasonCode.FieldRequired, "exec_policy.twap.gap_ms is missing; it is the time between two slices");
        if (gap < ShortestGap || gap > LongestGap) return OutOfRange($"exec_policy.twap.gap_ms {Ms(gap)} must be {Ms(ShortestGap)}–{Ms(LongestGap)}");
        return terms.Jitter < TimeSpan.Zero || terms.Jitter >= gap ? OutOfRange($"exec_policy.twap.jitter_ms {Ms(terms.Jitter)} must be 0 or more and below gap_ms {Ms(gap)}") : null;
    }

    static Denial Conflict(string message) => new(ReasonCode.PolicyConflict, message);
    static Denial OutOfRange(string message) => new(ReasonCode.PolicyOutOfRange, message);
    static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
