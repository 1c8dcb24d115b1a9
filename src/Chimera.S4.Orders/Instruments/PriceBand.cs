namespace Chimera.S4.Orders;

/// <summary>How far from the market a limit price may lie, as multiples of the venue's reference price, by the side of the order (PERCENT_PRICE, PERCENT_PRICE_BY_SIDE). Zero turns a bound off.</summary>
/// <remarks>
/// Spot: reference = the reference price, else the average of <paramref name="AverageMinutes"/> (zero: the last trade). Futures: the mark price, and only the far side is bounded: a buy from above, a
/// sell from below. https://developers.binance.com/docs/binance-spot-api-docs/filters
/// </remarks>
public sealed record PriceBand(decimal BuyUp, decimal BuyDown, decimal SellUp, decimal SellDown, int AverageMinutes = 0)
{
    /// <summary>No rule at all.</summary>
    public static readonly PriceBand None = new(0, 0, 0, 0);

    /// <summary>Lowest and highest allowed price; null: not bounded.</summary>
    public (decimal? Lowest, decimal? Highest) For(Side side, decimal reference)
    {
        var (up, down) = side is Side.Buy ? (BuyUp, BuyDown) : (SellUp, SellDown);
        return (down == 0 ? null : reference * down, up == 0 ? null : reference * up);
    }
}
