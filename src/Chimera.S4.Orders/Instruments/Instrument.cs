namespace Chimera.S4.Orders;

/// <summary>A symbol of one venue with the rules that an order must meet, from <c>exchangeInfo</c>.</summary>
public sealed record Instrument
{
    public required Market Market { get; init; }
    public required string Symbol { get; init; }
    public required string BaseAsset { get; init; }
    public required string QuoteAsset { get; init; }

    /// <summary>False: the venue takes no new orders on this symbol now.</summary>
    public required bool IsTrading { get; init; }
    public required PriceGrid Prices { get; init; }

    /// <summary>LOT_SIZE: every order.</summary>
    public required LotGrid Lots { get; init; }

    /// <summary>MARKET_LOT_SIZE: market orders, in addition to <see cref="Lots"/>.</summary>
    public LotGrid MarketLots { get; init; } = LotGrid.None;

    /// <summary>Smallest and largest price × quantity; zero turns the bound off.</summary>
    public decimal MinNotional { get; init; }
    public decimal MaxNotional { get; init; }
    public bool MinNotionalAppliesToMarket { get; init; } = true;
    public bool MaxNotionalAppliesToMarket { get; init; }

    public PriceBand Band { get; init; } = PriceBand.None;

    /// <summary>Open orders on this symbol, and on all symbols of the venue together.</summary>
    public OrderLimits Limits { get; init; } = OrderLimits.None;
    public OrderLimits VenueLimits { get; init; } = OrderLimits.None;

    /// <summary>ICEBERG_PARTS: into how many parts an iceberg order may be cut. Zero: no limit.</summary>
    public int IcebergParts { get; init; }

    /// <summary>MAX_POSITION: how much of the base asset may be held, open buys included. Zero: no limit.</summary>
    public decimal MaxPosition { get; init; }

    /// <summary>TRAILING_DELTA in basis points: what a trailing stop above, and below, the market may be set to. Zero: no limit.</summary>
    public (int Min, int Max) TrailingAbove { get; init; }
    public (int Min, int Max) TrailingBelow { get; init; }
    public Features Features { get; init; }

    /// <summary>Futures: how far mark and last price may be apart for a price-protected trigger, and how far from the mark a market order may fill; parts of one. Zero: not told.</summary>
    public decimal TriggerProtect { get; init; }
    public decimal MarketTakeBound { get; init; }

    /// <summary>The smallest price × quantity that the venue takes of an order of the intent; zero: any. Futures reduce-only orders are exempt (reference binance §2.5, -4164).</summary>
    public decimal LeastNotional(Intent intent, bool atMarket) => intent is { Market: Market.Fut, ReduceOnly: true } || atMarket && !MinNotionalAppliesToMarket ? 0 : MinNotional;

    public LotGrid LotsFor(OrderType type) => type is OrderType.Market ? Lots.And(MarketLots) : Lots;
}
