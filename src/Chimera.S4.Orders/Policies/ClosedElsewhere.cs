namespace Chimera.S4.Orders;

/// <summary>
/// A futures position that somebody else has closed: the venue says that it is flat, and what S4 has exited does not explain it. What protects it would reduce the next position, which is
/// nobody's wish, and goes.
/// </summary>
static class ClosedElsewhere
{
    /// <summary>The venue tells of a position before it tells of the order that closed it: that order may be one of S4's own exits, and is heard meanwhile.</summary>
    static readonly TimeSpan Hearing = TimeSpan.FromSeconds(1);

    public const string Reason = "POSITION_CLOSED";

    /// <param name="seenAt">By the venue's clock. A sight from before the last fill says nothing of what that fill brought.</param>
    public static void Notice(Draft draft, DateTimeOffset seenAt)
    {
        var order = draft.Order;
        if (order.FlatAt is not null || order.Final || !order.HasEntered && !StandAloneExit.Is(order.Intent)) return;
        if (order.VenueOrders.Any(venue => venue.Trades.Any(trade => trade.Time >= seenAt) || venue.AckedAt >= seenAt - Hearing && StandAloneExit.Is(order.Intent))) return;
        draft.Order = order with { FlatAt = draft.Now };
    }

    /// <param name="left">Entered and not exited, as far as has been heard.</param>
    public static bool IsSure(Draft draft, Quantity left)
    {
        if (draft.Order.FlatAt is not { } since || left.IsZero) return false;
        var sure = since + Hearing;
        if (draft.Now < sure) draft.WakeAt(sure);
        else if (!draft.Order.Timeline.Any(note => note.What == Reason)) draft.Note(Reason, $"{left} was closed by somebody else");
        return draft.Now >= sure;
    }

    /// <summary>A stop or take-profit that is an intent of its own.</summary>
    public static void Step(Draft draft)
    {
        if (StandAloneExit.Is(draft.Order.Intent) && IsSure(draft, draft.Order.OrderQty.Less(draft.Order.CumQty))) draft.StopEntering(Reason);
    }

    /// <summary>It ended because of that.</summary>
    public static bool Explains(Order order) => order.Timeline.Any(note => note.What == Reason);
}
