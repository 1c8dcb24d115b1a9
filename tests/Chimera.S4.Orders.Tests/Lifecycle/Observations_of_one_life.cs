using Xunit;

namespace Chimera.S4.Orders.Tests;

public class Observations_of_one_life
{
    [Fact]
    public void Come_to_the_same_order_whatever_sequence_and_however_often_they_arrive() => Seeds.Each(2000, random =>
    {
        var life = VenueLife.Any(random);
        var straight = Live(life.Order, life.Told);
        AssertTold(life, straight);
        for (var telling = 0; telling < 2; telling++)
        {
            var shuffled = Shuffled(life, random);
            var order = Live(life.Order, shuffled);
            AssertTold(life, order);
            if (Shape.Differ(Outcome.Of(straight), Outcome.Of(order)) is { } differ) Assert.Fail($"{differ}\ntold straight:\n{Story(life.Told)}told so:\n{Story(shuffled)}");
        }
    });

    /// <summary>Merging what others have already merged adds nothing: two readers of the same reports agree, and so does their union.</summary>
    [Fact]
    public void Told_again_from_the_beginning_add_nothing() => Seeds.Each(1000, random =>
    {
        var life = VenueLife.Any(random);
        var order = Live(life.Order, Shuffled(life, random));
        foreach (var seen in Shuffled(life, random))
        {
            var again = OrderDecider.OnReport(order, seen, MarketView.At(Sample.Start.AddHours(1)));
            Assert.True(order == again.Order, "equal, yet written again");
            Assert.True(again is { Result: null, RecordEffect: null, NewTrades.IsEmpty: true, Effects.IsEmpty: true });
        }
    });

    /// <summary>Also where a cancel, probes and the same intent come in between.</summary>
    [Fact]
    public void Come_to_the_same_fills_while_others_ask_for_things() => Seeds.Each(1500, random =>
    {
        var life = VenueLife.Any(random);
        var order = life.Order;
        foreach (var seen in Shuffled(life, random))
        {
            var (canceler, caller) = (Sample.Waiter(WaitsFor.Cancel, random.Next(40)), Sample.Waiter(WaitsFor.Answer, random.Next(40)));
            if (random.Chance(0.1)) order = Invariants.Decide(order, it => OrderDecider.OnCancel(it, null, "BY_HAND", canceler, MarketView.At(Sample.Start))).Order;
            if (random.Chance(0.1)) order = Invariants.Decide(order, it => OrderDecider.OnIntent(it, it.Intent, caller, Sample.Start)).Order;
            if (random.Chance(0.1)) order = Invariants.Decide(order, it => OrderDecider.OnProbe(it, MarketView.At(Sample.Start))).Order;
            order = Invariants.Decide(order, it => OrderDecider.OnReport(it, seen, MarketView.At(Sample.Start))).Order;
        }
        AssertFills(life, order);
        Assert.Equal(order.CancelAsked && !life.End.IsTerminal() ? OrderStatus.PendingCancel : life.End, order.Status);
        Assert.Equal(life.End.IsTerminal(), order.Final);
    });

    static Order Live(Order order, IEnumerable<Observation> told)
    {
        var seconds = 0;
        foreach (var seen in told)
        {
            var now = Sample.Start.AddSeconds(++seconds);
            order = Invariants.Decide(order, it => OrderDecider.OnReport(it, seen, MarketView.At(now))).Order;
            Assert.True(order == OrderDecider.OnReport(order, seen, MarketView.At(now.AddSeconds(1))).Order, "heard again at once, it is written again");
        }
        return order;
    }

    static void AssertTold(VenueLife life, Order order)
    {
        AssertFills(life, order);
        Assert.Equal((life.End, life.End.IsTerminal()), (order.Status, order.Final));
        Assert.Equal(order.Final, order.Published!.Final);
        Assert.Equal(order.Status is OrderStatus.Rejected ? ReasonCode.WouldTake : order.Intent.Qty == order.OrderQty ? null : ReasonCode.QtyRounded, order.Reason);
    }

    static void AssertFills(VenueLife life, Order order)
    {
        Assert.Equal(life.Trades.Sum(trade => trade.Qty.Value), order.CumQty.Value);
        Assert.Equal(life.Trades.OrderBy(trade => trade.TradeId), order.VenueOrders[0].Trades.OrderBy(trade => trade.TradeId));
        if (life.Trades.IsEmpty) Assert.Null(order.AvgPx);
        else Assert.Equal(life.Trades.Sum(trade => trade.Qty.Value * trade.Px.Value) / order.CumQty.Value, order.AvgPx);
    }

    static List<Observation> Shuffled(VenueLife life, Random random)
    {
        var copies = life.Told.SelectMany(seen => Enumerable.Repeat(seen, random.Next(1, 4))).ToArray();
        random.Shuffle(copies);
        return [.. copies];
    }

    static string Story(IEnumerable<Observation> told) =>
        string.Concat(told.Select(seen => $"{seen.Kind} {seen.Status} {seen.CumQty} [{string.Join(' ', seen.Trades.Select(trade => trade.TradeId))}] answers {seen.EffectSeq}\n"));
}
