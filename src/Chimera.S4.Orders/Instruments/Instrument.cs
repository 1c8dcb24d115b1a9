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

    public LotGrid LotsFor(OrderType type) => type is OrderType.Market ? Lots.And(MarketLots) : Lots;
}
