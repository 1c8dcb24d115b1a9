using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Orders.Views;

/// <summary>An order over time, for whoever draws it.</summary>
static class Charts
{
    const int Points = 120;
    static readonly TimeSpan Before = TimeSpan.FromSeconds(2), After = TimeSpan.FromSeconds(10);

    /// <param name="midAt">The middle of the order's book at an instant; null: not followed then.</param>
    public static IntentChart Of(Order order, Func<DateTimeOffset, MidSeen?> midAt, DateTimeOffset now) => new()
    {
        IntentId = order.Intent.IntentId,
        Mids = [.. Remembered(order).Concat(Followed(order, midAt, now)).DistinctBy(seen => seen.At).OrderBy(seen => seen.At)],
        Orders = [.. order.VenueOrders.Select(venue => Placed(order, venue))],
        Fills = [.. order.VenueOrders.SelectMany(venue => venue.Trades.Select(trade => Filled(order, venue, trade))).OrderBy(fill => fill.At)],
        Slices = Slices(order),
    };

    // What the document itself has kept, which is all that is left of an older life.
    static IEnumerable<ChartMid> Remembered(Order order)
    {
        if (order.ArrivalMid is { } arrival) yield return new ChartMid { At = order.CreatedAt, Mid = arrival };
        foreach (var venue in order.VenueOrders)
        {
            if (venue is { DecidedAt: { } decided, Sight: { } sight }) yield return new ChartMid { At = decided, Mid = sight.Mid };
            if (venue is { SentAt: { } sent, MidAtSend: { } mid }) yield return new ChartMid { At = sent, Mid = mid };
        }
    }

    static IEnumerable<ChartMid> Followed(Order order, Func<DateTimeOffset, MidSeen?> midAt, DateTimeOffset now)
    {
        var (from, to) = (order.CreatedAt - Before, order is { Final: true } ? (order.ClosedAt ?? order.UpdatedAt) + After : now);
        if (to > now) to = now;
        if (from < now - MidHistory.Reach) from = now - MidHistory.Reach;
        if (from >= to) yield break;
        var step = (to - from) / Points;
        for (var point = 0; point <= Points; point++)
            if (midAt(from + step * point) is { } seen && seen.At >= from) yield return new ChartMid { At = seen.At, Mid = seen.Mid };
    }

    static ChartOrder Placed(Order order, VenueOrder venue) => new()
    {
        ClientOrderId = venue.ClientOrderId,
        Purpose = Words.Of(venue.Leg < order.Legs.Length ? order.Legs[venue.Leg].Purpose : LegPurpose.Entry),
        Side = Words.Of(order.SideOf(venue)),
        Type = Words.Of(venue.Type),
        Price = venue.Price?.Value,
        TriggerPx = venue.TriggerPx?.Value,
        Qty = venue.OrderQty.Value,
        FilledQty = venue.CumQty.Value,
        Status = venue.Wire(),
        From = venue.SentAt ?? venue.DecidedAt ?? order.CreatedAt,
        Until = venue.IsAlive ? null : venue.EndedAt ?? order.UpdatedAt,
        NeedsReview = venue.NeedsReview,
    };

    static ChartFill Filled(Order order, VenueOrder venue, Trade trade) => new()
    {
        At = trade.Time, Price = trade.Px.Value, Qty = trade.Qty.Value, Side = Words.Of(order.SideOf(venue)), Maker = trade.Maker, ClientOrderId = venue.ClientOrderId,
    };

    static ChartSlice[] Slices(Order order)
    {
        if (order.Twap is not { } plan) return [];
        var started = order.Legs.Where(leg => leg.Purpose is LegPurpose.Entry).ToArray();
        return [.. Enumerable.Range(0, Math.Max(plan.Slices.Length, started.Length)).Select(slice => slice < started.Length ? Started(order, slice, started[slice]) : Waiting(order, plan, slice))];
    }

    static ChartSlice Started(Order order, int slice, Leg leg)
    {
        var progress = LegProgress.Of(order, leg);
        var isDone = progress.Alive is null && (leg.Ended is not null || progress.Left.IsZero || order.Final);
        return new ChartSlice { No = slice + 1, State = isDone ? "DONE" : "WORKING", At = leg.StartedAt, Qty = leg.Target.Value, FilledQty = progress.Cum.Value };
    }

    static ChartSlice Waiting(Order order, TwapPlan plan, int slice) => new()
    {
        No = slice + 1, State = plan.IsDone || order.CancelAsked ? "SKIPPED" : "WAITING", At = plan.DueOf(order.Id, slice), Qty = plan.Slices[slice].Value, FilledQty = 0,
    };
}
