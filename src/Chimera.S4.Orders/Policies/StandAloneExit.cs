namespace Chimera.S4.Orders;

/// <summary>A futures stop or take-profit that is an intent of its own. It is one order, as asked, until another intent closes beside it: from then on it is as large as what is left for it.</summary>
static class StandAloneExit
{
    public static bool Is(Intent intent) => intent is { Market: Market.Fut, Type: OrderType.Stop or OrderType.TakeProfit };

    public static bool Follows(Order order) => Is(order.Intent) && !order.GivenWay.IsEmpty;

    public static void Step(Draft draft, Leg leg, MarketView view) => Step(draft, leg, Held(draft.Order), view);

    /// <param name="held">What it is to stand for; nothing once it is canceled.</param>
    public static void Step(Draft draft, Leg leg, Quantity held, MarketView view)
    {
        var left = draft.Order.CancelAsked ? Quantity.Zero : held;
        var givesWay = leg.Type is OrderType.TakeProfit && !left.IsZero && GivingWay.IsAsked(draft);
        StandingExit.Step(draft, leg, givesWay ? Quantity.Zero : Protection.OnGrid(left, view), over: !givesWay, view);
    }

    /// <summary>What it is for: asked for, and neither exited nor closed by another intent.</summary>
    /// <param name="but">An order whose close does not count; null: every one does.</param>
    public static Quantity Held(Order order, Guid? but = null) => order.OrderQty.Less(order.CumQty).Less(GivingWay.Taken(order, but));
}
