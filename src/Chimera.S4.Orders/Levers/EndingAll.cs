namespace Chimera.S4.Orders;

/// <summary>What a cancel of everything, and a flattening after it, mean to one intent.</summary>
public static class EndingAll
{
    /// <summary>It is nothing but an exit of what is held: to end it alone would leave that naked.</summary>
    public static bool OnlyProtects(Intent intent) => intent.ReduceOnly && (intent.Type is OrderType.Stop or OrderType.TakeProfit || intent.Oco is not null);

    /// <summary>It is asked to end: something of its own quantity is under way.</summary>
    public static bool IsToEnd(Order order) => !OnlyProtects(order.Intent) && !order.Final && !order.Status.IsTerminal();

    /// <summary>A spot intent that may hold something when it has ended: it buys, or has been given what it protects.</summary>
    public static bool MayHold(Intent intent) => intent.Market is Market.Spot && (intent.Side is Side.Buy || OnlyProtects(intent));

    /// <summary>What a spot intent holds: what it has bought, less fees taken in it, or was given to protect; less what it has sold. Exact; off the grid where fees were taken.</summary>
    public static decimal Held(Order order, Instrument instrument)
    {
        var given = OnlyProtects(order.Intent) ? order.OrderQty.Value : 0;
        return Math.Max(0, given + order.VenueOrders.Sum(venue => order.SideOf(venue) is Side.Buy ? venue.Trades.Sum(trade => Kept(trade, instrument)) : -venue.CumQty.Value));
    }

    static decimal Kept(Trade trade, Instrument instrument) => trade.Qty.Value - (trade.CommissionAsset == instrument.BaseAsset ? trade.Commission : 0);
}
