namespace Chimera.S4.Orders;

/// <summary>The status of an order as a function of what has been seen: there is no path to remember, so no event can arrive too late or twice.</summary>
public static class Lifecycle
{
    public static OrderStatus StatusOf(Order order)
    {
        if (order.VenueOrders.IsEmpty) return OrderStatus.Rejected;
        var working = order.VenueOrders[^1];
        return working.Status switch
        {
            VenueStatus.Filled => working is { IsProven: true, PlaceSeq: null } ? OrderStatus.Closed : OrderStatus.Filled,
            VenueStatus.Canceled => OrderStatus.Canceled,
            VenueStatus.Expired => OrderStatus.Expired,
            VenueStatus.Rejected => OrderStatus.Rejected,
            VenueStatus.None when working.OutcomeUnknown => OrderStatus.Unknown,
            VenueStatus.None => OrderStatus.PendingNew,           // a cancel that is asked for now waits: the placement is not resolved
            _ when order.CancelAsked => OrderStatus.PendingCancel,
            VenueStatus.PartiallyFilled => OrderStatus.PartiallyFilled,
            _ => OrderStatus.Working,
        };
    }

    /// <summary>Final: ended, every fill that the venue counts proven by a trade, no placement unanswered, nothing left alive (design §3.2, §7).</summary>
    public static bool IsFinal(Order order, OrderStatus status) =>
        status.IsTerminal() && status is not OrderStatus.Filled && order.VenueOrders.All(venue => venue is { IsAlive: false, IsProven: true, PlaceSeq: null });
}
