namespace Chimera.S4.Orders;

/// <summary>What a decision about an intent may know of the world.</summary>
public sealed record IntentFacts
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>False: the venue's instrument list has not been read yet.</summary>
    public required bool InstrumentsKnown { get; init; }
    public Instrument? Instrument { get; init; }

    /// <summary>Middle of a book that is fresh enough; null: none.</summary>
    public decimal? Mid { get; init; }

    /// <summary>Middle of the book when the intent was published, as S4's own stream had it; null: not known. For the record only.</summary>
    public decimal? PublishMid { get; init; }

    /// <summary>The book that <see cref="Mid"/> is the middle of.</summary>
    public Quote? Quote { get; init; }
    public PolicyLimits Limits { get; init; } = new();
    public MarketView View => new() { Now = Now, Instrument = Instrument, Quote = Quote, Gates = State, Liquidity = Gates?.Liquidity };

    /// <summary>How the gates that all replicas share stand.</summary>
    public GateState State { get; init; } = GateState.Open;

    /// <summary>The gates before new exposure, with their limits; null: there are none, which is for decisions about rules alone.</summary>
    public GateLimits? Gates { get; init; }

    /// <summary>As many intents as may be have added exposure within the last minute.</summary>
    public bool IsOverRate { get; init; }

    /// <summary>What the symbol's intents leave open is looked up here; null: there are none.</summary>
    public RouteCurves? Curves { get; init; }

    /// <summary>What the venue measures the price band by: futures mark price, spot's market price. Null: not known fresh, and the band is left to the venue.</summary>
    public decimal? Reference { get; init; }

    /// <summary>Symbols that may be traded; empty: all.</summary>
    public IReadOnlySet<string> AllowedSymbols { get; init; } = new HashSet<string>();

    /// <summary>How long after publishing an intent without <c>expires_at</c> may still be acted on.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What a reduce-only order in the intent's direction may take away: free base balance for a spot sell, opposite position for futures. Null: not known.</summary>
    public decimal? Reducible { get; init; }
}

/// <summary>Decides whether an intent may be acted on, and with what quantity. Cheap tests first; the first that fails is the answer.</summary>
public static class IntentRules
{
    public static Verdict Check(Intent intent, IntentFacts facts)
    {
        if (Expired(intent, facts) is { } expired) return new Verdict(expired);
        if (Form(intent) is { } malformed) return new Verdict(malformed);
        if (PolicyRules.Check(intent, facts.Limits) is { } policy) return new Verdict(policy);
        if (PreTradeGates.Check(intent, intent.Qty, facts, withMarket: false) is { } closed) return new Verdict(closed);
        if (!facts.InstrumentsKnown) return Deny(ReasonCode.NoInstrumentData, $"the instrument list of {Word(intent.Market)} has not been read yet; try again");
        if (facts.Instrument is not { } instrument) return Deny(ReasonCode.UnknownSymbol, $"symbol '{intent.Symbol}' is not listed on {Word(intent.Market)}");
        if (facts.AllowedSymbols.Count > 0 && !facts.AllowedSymbols.Contains(intent.Symbol))
            return Deny(ReasonCode.SymbolNotAllowed, $"symbol '{intent.Symbol}' is not in S4_SYMBOLS ({string.Join(',', facts.AllowedSymbols.Order())})");
        if (!instrument.IsTrading) return Deny(ReasonCode.SymbolNotTrading, $"{intent.Symbol} is not trading on {Word(intent.Market)}");
        return Fit(intent, instrument, facts);
    }

    static Denial? Expired(Intent intent, IntentFacts facts)
    {
        if (intent.ExpiresAt is { } end)
            return facts.Now < end ? null : new Denial(ReasonCode.IntentExpired, $"expires_at {end:O} has passed (now {facts.Now:O})");
        // Reducing late is still reducing; opening late is a surprise.
        if (intent.ReduceOnly || facts.Now - intent.PublishedAt < facts.MaxAge) return null;
        return new Denial(ReasonCode.IntentExpired, $"published {intent.PublishedAt:O}, more than {facts.MaxAge.TotalSeconds:0.###} s ago (S4_INTENT_MAX_AGE)");
    }

    static Denial? Form(Intent intent)
    {
        if (intent.Type is OrderType.Stop or OrderType.TakeProfit) return StopForm(intent);
        var isLimit = intent.Type is OrderType.Limit or OrderType.LimitMaker;
        if (isLimit && intent.Price is null) return new Denial(ReasonCode.FieldRequired, $"price is required for type {Word(intent.Type)}");
        if (!isLimit && intent.Price is not null) return new Denial(ReasonCode.FieldNotAllowed, $"price is not allowed for type {Word(intent.Type)}");
        if (intent.Type is not OrderType.Limit && intent.TimeInForce is not null)
            return new Denial(ReasonCode.FieldNotAllowed, $"time_in_force is allowed for type LIMIT only, not {Word(intent.Type)}");
        return SpotBuyReduces(intent);
    }

    static Denial? SpotBuyReduces(Intent intent) => intent is { ReduceOnly: true, Market: Market.Spot, Side: Side.Buy }
        ? new Denial(ReasonCode.ReduceOnlyWouldOpen, "reduce_only on SPOT is a SELL of what is held; a BUY adds")
        : null;

    static Denial? StopForm(Intent intent)
    {
        if (intent.TriggerPx is null) return new Denial(ReasonCode.FieldRequired, $"trigger_px is required for type {Word(intent.Type)}");
        // A stop that opens is an entry in disguise, at a price that nobody has looked at.
        if (!intent.ReduceOnly) return new Denial(ReasonCode.FieldRequired, $"reduce_only must be true for type {Word(intent.Type)}: it protects what is held");
        if (intent.TimeInForce is not null) return new Denial(ReasonCode.FieldNotAllowed, $"time_in_force is allowed for type LIMIT only, not {Word(intent.Type)}");
        return SpotBuyReduces(intent);
    }

    static Verdict Fit(Intent intent, Instrument instrument, IntentFacts facts)
    {
        var lots = instrument.LotsFor(intent.Type);
        var qty = lots.Floor(intent.Qty);
        if (qty.IsZero) return Deny(ReasonCode.QtyBelowStep, $"qty {intent.Qty} is below one step of {Text(lots.StepSize)}");
        if (intent.Price is { } price)
        {
            if (PriceRules.OffGrid("price", price, instrument.Prices) is { } off) return new Verdict(off);
            if (Band(intent, instrument, facts.Reference, price) is { } far) return new Verdict(far);
        }
        if (intent.TriggerPx is { } trigger && Trigger(intent, instrument, facts, trigger) is { } wrong) return new Verdict(wrong);
        if (PolicyRules.CheckExits(intent, instrument, facts.Reference ?? facts.Mid) is { } exits) return new Verdict(exits);
        if (SpotExitRules.CheckPrices(intent, instrument, facts.Reference ?? facts.Mid, qty) is { } spot) return new Verdict(spot);
        if (lots.MinQty > 0 && qty.Value < lots.MinQty) return Deny(ReasonCode.QtyBelowMin, $"qty {qty} is below the minimum {Text(lots.MinQty)}");
        if (lots.MaxQty > 0 && qty.Value > lots.MaxQty) return Deny(ReasonCode.QtyAboveMax, $"qty {qty} is above the maximum {Text(lots.MaxQty)}");
        if (Notional(intent, instrument, facts, qty) is { } notional) return new Verdict(notional);
        if (intent.ReduceOnly && facts.Reducible is { } held && qty.Value > held && !FuturesCloses(intent, held))
            return Deny(ReasonCode.ReduceOnlyWouldOpen, $"reduce_only {Word(intent.Side)} of {qty}, but only {Text(held)} can be reduced");
        if (PreTradeGates.Check(intent, qty, facts, withMarket: true) is { } limit) return new Verdict(limit);
        return new Verdict(qty);
    }

    static Denial? Trigger(Intent intent, Instrument instrument, IntentFacts facts, Price trigger)
    {
        var waitsAbove = intent.Type is OrderType.Stop == intent.Side is Side.Buy;
        return PriceRules.OffGrid("trigger_px", trigger, instrument.Prices)
               ?? PriceRules.OnWrongSide($"trigger_px {trigger} of a {Word(intent.Side)} {Word(intent.Type)}", trigger, waitsAbove, facts.Reference ?? facts.Mid, "the market");
    }

    static Denial? Band(Intent intent, Instrument instrument, decimal? reference, Price price)
    {
        if (reference is not { } middle) return null;
        var (lowest, highest) = instrument.Band.For(intent.Side, middle);
        if (!(price.Value < lowest) && !(price.Value > highest)) return null;
        var allowed = $"{(lowest is { } low ? $"at least {Text(low)}" : "")}{(lowest is null || highest is null ? "" : " and ")}{(highest is { } high ? $"at most {Text(high)}" : "")}";
        return new Denial(ReasonCode.PriceOutsideBand, $"price {price} is too far from the market ({Text(middle)}): a {Word(intent.Side)} may be {allowed}");
    }

    // On futures the venue itself cuts a reduce-only order down to the position, so a larger one still only reduces; with no position there is nothing to reduce.
    static bool FuturesCloses(Intent intent, decimal held) => intent.Market is Market.Fut && held > 0;

    static Denial? Notional(Intent intent, Instrument instrument, IntentFacts facts, Quantity qty)
    {
        var isMarket = intent.Type is OrderType.Market;
        var min = instrument.LeastNotional(intent, isMarket);
        var max = isMarket && !instrument.MaxNotionalAppliesToMarket ? 0 : instrument.MaxNotional;
        if (min == 0 && max == 0) return null;
        if ((intent.Price?.Value ?? intent.TriggerPx?.Value ?? facts.Mid) is not { } price)
            return new Denial(ReasonCode.NoMarketData, $"no fresh price of {intent.Symbol} on {Word(intent.Market)} to judge a MARKET order by; try again");
        var notional = qty.Value * price;
        if (min > 0 && notional < min) return new Denial(ReasonCode.BelowMinNotional, $"{qty} × {Text(price)} = {Text(notional)} is below the minimum notional {Text(min)}");
        if (max > 0 && notional > max) return new Denial(ReasonCode.AboveMaxNotional, $"{qty} × {Text(price)} = {Text(notional)} is above the maximum notional {Text(max)}");
        return null;
    }

    static Verdict Deny(ReasonCode reason, string message) => new(new Denial(reason, message));
    static string Text(decimal value) => DecimalJson.Format(value);
    static string Word<T>(T word) where T : struct, Enum => Words.Of(word);
}

/// <summary>Yes, with the quantity to work; or no, with the reason.</summary>
public readonly record struct Verdict
{
    public Verdict(Quantity qty) => Qty = qty;
    public Verdict(Denial denial) => Denial = denial;

    /// <summary>On the lot grid; zero when denied.</summary>
    public Quantity Qty { get; }
    public Denial? Denial { get; }
}
