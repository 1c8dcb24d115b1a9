namespace Chimera.S4.Orders;

/// <summary>
/// A futures position that somebody else has closed: the venue says that it is flat, and what S4 has exited does not explain it. What protects it would reduce the next position, which is
/// nobody's wish, and goes. What is entered after that is held, and protected, all the same.
/// </summary>
static class ClosedElsewhere
{
    /// <summary>The venue tells of a position before it tells of the order that closed it: that order may be one of S4's own exits, and is heard meanwhile.</summary>
    static readonly TimeSpan Hearing = TimeSpan.FromSeconds(1);

    public const string Reason = "POSITION_CLOSED";

    /// <param name="seenAt">By the venue's clock. A sight says nothing of what is filled at that instant or later.</param>
    public static void Notice(Draft draft, DateTimeOffset seenAt)
    {
        var order = draft.Order;
        if (order.Final || order.FlatSeenAt >= seenAt) return;
        if (StandAloneExit.Is(order.Intent))
        {
            if (order.FlatAt is not null || order.VenueOrders.Any(venue => venue.Trades.Any(trade => trade.Time >= seenAt) || venue.AckedAt >= seenAt - Hearing)) return;
            draft.Order = order with { FlatAt = draft.Now, FlatSeenAt = seenAt };
        }
        // One that has told of a close already goes on from there; of fills that are heard later it tells all the same.
        else if (order.Intent.Protection is not null) draft.Order = order with { FlatAt = order.FlatAt is { } since && !Closed(order).IsZero ? since : draft.Now, FlatSeenAt = seenAt };
    }

    /// <summary>What had been entered and not exited when the position was seen to be flat, as far as its fills have been heard.</summary>
    static Quantity Closed(Order order)
    {
        if ((order.FlatSeenAt ?? order.FlatAt) is not { } at) return Quantity.Zero;
        var (entered, exited) = (0m, 0m);
        foreach (var venue in order.VenueOrders)
        {
            if (order.IsEntry(venue)) entered += venue.Trades.Where(trade => trade.Time < at).Sum(trade => trade.Qty.Value);
            else exited += venue.Trades.Where(trade => trade.Time <= at).Sum(trade => trade.Qty.Value);
        }
        return new Quantity(entered).Less(new Quantity(exited));
    }

    /// <summary>What others have closed of what was entered: zero before that is sure.</summary>
    public static Quantity Lost(Draft draft)
    {
        var (taken, closed) = (GivingWay.Taken(draft.Order), Closed(draft.Order));
        // Told of a close and seen to be flat by it: one and the same.
        return IsSure(draft, closed.Less(taken)) ? closed : taken;
    }

    static bool IsSure(Draft draft, Quantity left)
    {
        if (draft.Order.FlatAt is not { } since || left.IsZero) return false;
        var (sure, isNoted) = (since + Hearing, draft.Order.Timeline.Any(note => note.What == Reason));
        // An exit that found nothing to reduce has ended it before that was sure: it has been told, and nothing of it is left to go.
        if (draft.Before.Final && !isNoted) return false;
        if (draft.Now < sure) draft.WakeAt(sure);
        else if (!isNoted) draft.Note(Reason, $"{left} was closed by somebody else");
        return draft.Now >= sure;
    }

    /// <summary>A stop or take-profit that is an intent of its own.</summary>
    public static void Step(Draft draft)
    {
        // What has filled was cut down to the position, and that is why it is flat.
        if (StandAloneExit.Is(draft.Order.Intent) && !draft.Order.EntriesEnded && IsSure(draft, draft.Order.OrderQty.Less(draft.Order.CumQty))) draft.StopEntering(Reason);
    }

    /// <summary>It ended because of that. An exit of its own that was heard late explains a flat position after all.</summary>
    public static bool Explains(Order order) => order.Timeline.Any(note => note.What == Reason)
        && (!order.GivenWay.IsEmpty || (order.Intent.Protection is null ? order is { FlatAt: not null, Status: not OrderStatus.Filled and not OrderStatus.Closed } : !Closed(order).IsZero));
}
