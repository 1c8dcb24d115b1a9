using Xunit;

namespace Chimera.S4.Orders.Tests;

public class Two_reports_of_one_order
{
    /// <summary>Whatever came before, and in whichever order they tell: together is as one after the other, or they do not go together.</summary>
    [Fact]
    public void Come_to_the_same_together_as_one_after_the_other() => Seeds.Each(4_000, random =>
    {
        var venue = new VenueOrder { ClientOrderId = "s4-1", Type = OrderType.Limit, OrderQty = new(1m) };
        var before = random.Next(2) == 0 ? venue : venue.Merge(Seen(Told(random)));
        var (first, later) = (Told(random), Told(random));
        if (first.With(later) is not { } both)
        {
            Assert.True(later.Status < first.Status || later.CumQty.Value < first.CumQty.Value);
            return;
        }
        Assert.Equal(Shown(before.Merge(Seen(first)).Merge(Seen(later))), Shown(before.Merge(Seen(both))));
    });

    [Fact]
    public void Are_of_one_order_only()
    {
        var one = State(VenueStatus.New, 0);
        Assert.All([one with { ClientOrderId = "s4-2" }, one with { VenueOrderId = "w" }, one with { Symbol = "ETHUSDT" }, one with { IsConditional = true }], other => Assert.Null(one.With(other)));
        Assert.NotNull(one.With(one));
    }

    static string Shown(VenueOrder order) => string.Join('|', order with { Trades = [] }, string.Join(' ', order.Trades.Select(trade => trade.TradeId)));

    static Observation Seen(VenueOrderState state) => Finding.Known(Finding.Stream, state.ClientOrderId, state).Seen;

    static VenueOrderState Told(Random random)
    {
        var cum = random.Next(5) / 4m;
        var trades = Enumerable.Range(1, 4).Where(_ => random.Next(3) == 0).Select(number => new Trade($"t{number}", new(0.25m), new(100 + number), 0, null, true, Sample.Start));
        return State(random.Pick(VenueStatus.New, VenueStatus.PartiallyFilled, VenueStatus.Filled, VenueStatus.Canceled, VenueStatus.Expired), cum) with
        {
            CumQuote = random.Next(3) == 0 ? null : cum * 100, Trades = [.. trades], Remark = random.Pick(null, "a", "b"), Time = Sample.Start.AddSeconds(random.Next(3)),
        };
    }

    static VenueOrderState State(VenueStatus status, decimal cum) => new() { Symbol = "BTCUSDT", ClientOrderId = "s4-1", VenueOrderId = "v", Status = status, CumQty = new(cum) };
}
