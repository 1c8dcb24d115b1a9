namespace Chimera.S4.Orders;

/// <summary>What fills came to.</summary>
public static class Execution
{
    public static decimal? AveragePrice(IEnumerable<VenueOrder> orders)
    {
        decimal qty = 0, quote = 0;
        foreach (var order in orders)
        {
            if (order.CumQty.IsZero) continue;
            // Trades are exact; the venue's quote total stands in only while some are missing.
            var amount = order.IsProven ? order.Trades.Sum(trade => trade.Qty.Value * trade.Px.Value) : order.CumQuote;
            if (amount is null) return null;
            (qty, quote) = (qty + order.CumQty.Value, quote + amount.Value);
        }
        return qty == 0 ? null : quote / qty;
    }

    /// <summary>Where the market stood some time after a fill. Positive is a gain, in basis points of the fill's price.</summary>
    public static decimal MarkoutBps(Side side, decimal price, decimal mid) => (side is Side.Buy ? 1 : -1) * (mid - price) / price * 10_000m;

    /// <summary>Positive is a cost, in basis points of the mid.</summary>
    public static decimal? SlippageBps(Side side, decimal? price, decimal? mid) =>
        price is null || mid is null or 0 ? null : (side is Side.Buy ? 1 : -1) * (price.Value - mid.Value) / mid.Value * 10_000m;
}
