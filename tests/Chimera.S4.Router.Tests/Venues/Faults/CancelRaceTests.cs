using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues.Faults;

/// <summary>Something happens at the venue while a cancel is on its way: what the cancel reports, and what a look reports after it.</summary>
public sealed class A_cancel_that_comes_too_late : LiveVenueTest
{
    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Because_the_order_filled_is_not_open_and_the_fill_is_found(string market)
    {
        await Listen(market);
        await Buy(market, "a", 89_000m);
        await Fault(new { kind = "fill-before-cancel", venue = market, count = 1 });
        Assert.Equal(VenueOutcome.NotOpen, (await Cancel(market, "a")).Outcome);
        var found = (await Query(market, "a")).Order!;
        Assert.Equal(("a", VenueStatus.Filled, 0.01m), (found.ClientOrderId, found.Status, found.CumQty.Value));
        await Until(() => Task.FromResult(Sink.Statuses.GetValueOrDefault("a") is VenueStatus.Filled));
        Assert.Equal(0.01m, Assert.Single(Sink.Trades.Values).Qty.Value);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task For_a_part_of_the_order_cancels_the_rest_and_says_how_much_had_filled(string market)
    {
        await Listen(market);
        var placed = await Buy(market, "a", 89_000m);
        await Fault(new { kind = "fill-before-cancel", venue = market, count = 1, ratio = 0.4 });
        var canceled = await Cancel(market, "a");
        Assert.Equal((VenueOutcome.Known, "a", VenueStatus.Canceled, 0.004m), (canceled.Outcome, canceled.Order!.ClientOrderId, canceled.Order.Status, canceled.Order.CumQty.Value));
        var trades = await Rig.Venue(market).Trades(new("BTCUSDT", "a", placed.Order!.VenueOrderId), TimeProvider.System.GetUtcNow().AddMinutes(-1), default);
        Assert.Equal((0.004m, (bool?)true), (Assert.Single(trades.Trades).Qty.Value, trades.Trades[0].Maker));
        await Until(() => Task.FromResult(Sink.Statuses.GetValueOrDefault("a") is VenueStatus.Canceled));
        Assert.Equal(trades.Trades[0].TradeId, Assert.Single(Sink.Trades).Key);
        Assert.All(Sink.Reports.Where(report => report.Status is VenueStatus.Canceled), report => Assert.Equal(0.004m, report.CumQty.Value));
    }

    [Fact]
    public async Task Because_a_spot_stop_triggered_after_a_look_is_not_open_and_the_stop_has_filled()
    {
        await Request(new StopOrderRequest("BTCUSDT", "s") { Side = Side.Sell, Kind = TriggerKind.Stop, Qty = new(0.01m), TriggerPrice = new(88_000m) });
        await Fault(new { kind = "trigger-before-cancel", venue = "SPOT", count = 1 });
        Assert.Equal(VenueStatus.New, (await Query("SPOT", "s")).Order!.Status);
        Assert.Equal(VenueOutcome.NotOpen, (await Cancel("SPOT", "s")).Outcome);
        Assert.Equal((VenueStatus.Filled, 0.01m), (await Query("SPOT", "s")).Order is { } order ? (order.Status, order.CumQty.Value) : default);
    }

    [Fact]
    public async Task Because_a_leg_triggered_is_not_open_and_either_leg_tells_its_end()
    {
        await Request(new OrderListRequest("BTCUSDT", "l")
        {
            Kind = OrderListKind.Oco, Side = Side.Sell, Qty = new(0.01m), Above = new("tp", LegType.LimitMaker) { Price = new(95_000m) }, Below = new("sl", LegType.StopLoss) { TriggerPrice = new(88_000m) },
        });
        await Fault(new { kind = "trigger-before-cancel", venue = "SPOT", count = 1 });
        Assert.Equal(OrderListStatus.Executing, (await Rig.SpotRequests.QueryList("BTCUSDT", "l", default)).List!.Status);
        Assert.Equal(VenueOutcome.NotOpen, (await Request(new CancelListRequest("BTCUSDT", "l", "lc0"))).Outcome);
        Assert.Equal(OrderListStatus.AllDone, (await Rig.SpotRequests.QueryList("BTCUSDT", "l", default)).List!.Status);
        Assert.Equal((VenueStatus.Filled, VenueStatus.Expired), ((await Query("SPOT", "sl")).Order!.Status, (await Query("SPOT", "tp")).Order!.Status));
    }

    [Fact]
    public async Task Because_an_algo_order_triggered_is_not_open_and_names_the_child_that_filled()
    {
        await Listen("FUT");
        await Buy("FUT", "in", 90_001m);
        await Request(new AlgoOrderRequest("BTCUSDT", "s") { Side = Side.Sell, Kind = TriggerKind.Stop, TriggerPrice = new(88_000m), Qty = new(0.01m), ReduceOnly = true });
        await Fault(new { kind = "trigger-before-cancel", venue = "FUT", count = 1 });
        Assert.Equal(AlgoStatus.New, (await Rig.FuturesRequests.QueryAlgo("BTCUSDT", "s", default)).Algo!.Status);
        Assert.Equal(VenueOutcome.NotOpen, (await Request(new CancelAlgoRequest("BTCUSDT", "s"))).Outcome);
        var algo = (await Rig.FuturesRequests.QueryAlgo("BTCUSDT", "s", default)).Algo!;
        Assert.Equal(AlgoStatus.Finished, algo.Status);
        Assert.Equal((VenueStatus.Filled, 0.01m), (await Query("FUT", "s", algo.ChildOrderId)).Order is { } child ? (child.Status, child.CumQty.Value) : default);
        await Until(() => Task.FromResult(Sink.Statuses.GetValueOrDefault("s") is VenueStatus.Filled));
    }
}
