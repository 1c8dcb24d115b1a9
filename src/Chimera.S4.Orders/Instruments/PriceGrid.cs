namespace Chimera.S4.Orders;

/// <summary>Where limit prices may lie. Each bound is off when zero (spot PRICE_FILTER; futures the same).</summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/filters</remarks>
public sealed record PriceGrid(decimal TickSize, decimal MinPrice = 0, decimal MaxPrice = 0)
{
    public bool IsOnTick(Price price) => TickSize == 0 || price.Value % TickSize == 0;

    public bool IsInRange(Price price) => price.Value > 0 && (MinPrice == 0 || price.Value >= MinPrice) && (MaxPrice == 0 || price.Value <= MaxPrice);

    /// <summary>Moves a price that S4 computed onto the grid without ever making it more aggressive: a buy rounds down, a sell rounds up.</summary>
    /// <remarks>A caller's price is never moved: off the tick it is denied (design §6).</remarks>
    public Price Snap(Price price, Side side)
    {
        // Remainder rather than division: decimal % is exact, decimal / can round in its 28th digit.
        var excess = TickSize == 0 ? 0 : price.Value % TickSize;
        if (excess == 0) return price;
        var down = price.Value - excess;
        return new Price(side is Side.Buy ? down : down + TickSize);
    }
}
