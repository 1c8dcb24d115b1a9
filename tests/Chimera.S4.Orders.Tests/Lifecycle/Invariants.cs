using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>What is true of every decision, whatever the order, the event and their history.</summary>
static class Invariants
{
    public static Decision Decide(Order order, Func<Order, Decision> decide)
    {
        var decision = decide(order);
        Hold(order, decision);
        return decision;
    }

    /// <summary>As <see cref="Decide"/>, and looks at every member: slower, for where the cases are few.</summary>
    public static Decision DecidePurely(Order order, Func<Order, Decision> decide)
    {
        var before = Shape.Of(order);
        var decision = Decide(order, decide);
        Assert.Equal(before, Shape.Of(order));                                              // the argument is as it was,
        Assert.Equal(Shape.Of(decision), Shape.Of(decide(order)));                          // and the same arguments give the same decision
        // What changed nothing costs no commit.
        if (Shape.Of(order with { UpdatedAt = default }) != Shape.Of(decision.Order with { UpdatedAt = default })) return decision;
        Assert.True(order.VenueOrders == decision.Order.VenueOrders && order == decision.Order, "equal, yet not the same: it would be written again");
        Assert.True(decision is { Result: null, RecordEffect: null, Effects.IsEmpty: true, Replies.IsEmpty: true, Events.IsEmpty: true, NewTrades.IsEmpty: true });
        return decision;
    }

    public static void Hold(Order before, Decision decision)
    {
        var after = decision.Order;
        Observed(before, decision, after);
        Numbered(before, decision, after);
        Published(before, decision, after);
        Pending(before, decision, after);

        Assert.Equal(Lifecycle.StatusOf(after), after.Status);
        Assert.True(!after.Final || after.Status.IsTerminal(), "final, yet not ended");
        Assert.Equal(after.Final, after.ClosedAt is not null);
        Assert.True(before.Status is not OrderStatus.Closed || after.Status is OrderStatus.Closed, "Closed was left");
        Assert.True(after.Timeline.Length <= 64, "the timeline grows without end");
    }

    static void Observed(Order before, Decision decision, Order after)
    {
        Assert.True(after.CumQty.Value >= before.CumQty.Value, "the cumulative quantity fell");
        var (known, now) = (TradeIds(before), TradeIds(after));
        Assert.Equal(known.Order(), known.Intersect(now).Order());
        Assert.Equal(Told(before).Concat(decision.NewTrades.Select(entry => entry.Trade.TradeId)).Order(), Told(after).Order());   // each new one told once, none lost, none told again
        Assert.Equal(now.Distinct(), now);
        Assert.All(after.VenueOrders, venue => Assert.True(venue.CumQty.Value >= venue.TradedQty.Value, "trades that the cumulative quantity does not count"));
    }

    static void Numbered(Order before, Decision decision, Order after)
    {
        int[] given = [.. decision.Effects.Select(effect => effect.Seq), .. decision.Replies.Select(reply => reply.Seq), .. decision.RecordEffect is { } record ? new[] { record } : [], .. decision.MarkoutEffect is { } markout ? new[] { markout } : []];
        Assert.Equal(Enumerable.Range(before.EffectSeq + 1, after.EffectSeq - before.EffectSeq), given.Order());
        Assert.Equal(before.RecordSeq + (decision.RecordEffect is null ? 0 : 1), after.RecordSeq);
        Assert.True(decision.RecordEffect is not null || (decision.Events.IsEmpty && decision.NewTrades.IsEmpty && before.Status == after.Status), "something happened and is not recorded");
    }

    static void Published(Order before, Decision decision, Order after)
    {
        Assert.Equal(before.ResultSeq + (decision.Result is null ? 0 : 1), after.ResultSeq);
        Assert.Equal(decision.Result is null ? null : before.Published is { Final: true } final ? final.Seq : null, decision.Corrects);
        if (decision.Result is { } line)
        {
            Assert.Equal((after.ResultSeq, after.Wire(), after.CumQty, after.Final), (line.Seq, line.Status, line.CumQty, line.Final));
            if (line.Final || line.Status is "FILLED" or "CANCELED" or "EXPIRED" or "REJECTED")
                Assert.All(after.VenueOrders, venue => Assert.True(!venue.IsAlive && venue.PlaceSeq is null && venue.TradedQty == venue.CumQty, "an end was published that is not proven"));
        }
        // Others never lag behind what is final, and are told of everything that they see change.
        if (after.Final) Assert.Equal((after.Wire(), after.CumQty, true), (after.Published?.Status, after.Published?.CumQty, after.Published?.Final));
        Assert.Equal(decision.Result is null, before.Published == after.Published);
    }

    static void Pending(Order before, Decision decision, Order after)
    {
        foreach (var effect in decision.Effects)
        {
            var venue = Assert.Single(after.VenueOrders, venue => venue.ClientOrderId == ((VenueEffect)effect).ClientOrderId);
            if (effect is CancelEffect cancel)
            {
                Assert.True(after.CancelAsked && venue.Status.IsWorking() && venue.CancelSeq == cancel.Seq, "a cancel for an order that is not known to work");
                Assert.StartsWith(venue.ClientOrderId, cancel.CancelId);
            }
            if (effect is QueryEffect query) Assert.True(venue.QuerySeq == query.Seq && venue.Status is not VenueStatus.None, "a query for a placement that is not acknowledged");
            if (effect is PlaceEffect) Assert.Empty(before.VenueOrders);
        }
        Assert.All(after.VenueOrders, venue =>
        {
            Assert.True(!after.CancelAsked || !venue.Status.IsWorking() || venue.CancelSeq is not null, "a cancel was asked for, the order works, and no cancel is under way");
            Assert.True(venue.CancelSeq is null || !venue.Status.IsTerminal(), "a cancel is pending for an order that has ended");
        });
        Assert.Equal(after.VenueOrders.Any(venue => !venue.IsAlive && !venue.IsProven), after.ProbeAt is not null);
        Assert.True(!after.Final || after.Waiters.IsEmpty, "somebody waits for what is final");
        Assert.All(decision.Replies, reply => Assert.DoesNotContain(reply.To, after.Waiters));
    }

    /// <summary>What the record has: a fill of an order whose placement is unanswered waits for the answer.</summary>
    static IEnumerable<string> Told(Order order) => order.VenueOrders.Where(venue => venue.PlaceSeq is null || venue.SentAt is not null).SelectMany(venue => venue.Trades, (_, trade) => trade.TradeId);

    static List<string> TradeIds(Order order) => [.. order.VenueOrders.SelectMany(venue => venue.Trades, (_, trade) => trade.TradeId)];
}
