namespace Chimera.S4.Orders;

/// <summary>The status of an order as a function of what has been seen: there is no path to remember, so no event can arrive too late or twice.</summary>
public static class Lifecycle
{
    public static OrderStatus StatusOf(Order order)
    {
        if (order.IsDenied) return OrderStatus.Rejected;
        var cum = order.CumQty;
        if (cum.Value >= order.OrderQty.Value) return IsSettled(order) ? OrderStatus.Closed : OrderStatus.Filled;
        var (unknown, alive, heard) = (false, false, false);
        foreach (var venue in order.Entries)
        {
            if (!venue.IsAlive) continue;
            alive = true;
            if (venue.Status is not VenueStatus.None) heard = true;
            else if (venue.OutcomeUnknown) unknown = true;
        }
        if (unknown) return OrderStatus.Unknown;
        if (!alive && order.EntriesEnded) return EndOf(order);
        if (heard && order.CancelAsked) return OrderStatus.PendingCancel;
        if (!cum.IsZero) return OrderStatus.PartiallyFilled;
        if (order.Twap is not null || SpotExits.IsArmed(order)) return OrderStatus.Armed;
        return heard ? OrderStatus.Working : OrderStatus.PendingNew;           // a cancel that is asked for now waits: the placement is not resolved
    }

    /// <summary>Final: ended, every fill that the venue counts proven by a trade, no placement unanswered, nothing left alive (design §3.2, §7).</summary>
    public static bool IsFinal(Order order, OrderStatus status) => status.IsTerminal() && status is not OrderStatus.Filled && IsSettled(order);

    /// <summary>The intent's own quantity has ended and is proven; what protects it may still be alive. From here on the end may be told.</summary>
    public static bool IsTold(Order order, OrderStatus status) => !status.IsTerminal() || order.Entries.All(IsSettled);

    /// <summary>There is an answer for whoever asked: it has ended and that is proven, or it is armed (design §7).</summary>
    public static bool IsAnswered(Order order) => order.Final || order.Status is OrderStatus.Armed || order.Status.IsTerminal() && IsTold(order, order.Status);

    static bool IsSettled(Order order) => order.VenueOrders.All(IsSettled) && order.Legs.All(leg => leg.Purpose is LegPurpose.Entry || leg.Ended is not null);
    static bool IsSettled(VenueOrder venue) => venue is { IsAlive: false, IsProven: true, PlaceSeq: null };

    static OrderStatus EndOf(Order order) => order.Legs.LastOrDefault(leg => leg.Purpose is LegPurpose.Entry)?.Ended switch
    {
        VenueStatus.Filled => IsSettled(order) ? OrderStatus.Closed : OrderStatus.Filled,
        VenueStatus.Rejected when order.CumQty.IsZero => OrderStatus.Rejected,
        VenueStatus.Expired => OrderStatus.Expired,
        _ => OrderStatus.Canceled,
    };
}
