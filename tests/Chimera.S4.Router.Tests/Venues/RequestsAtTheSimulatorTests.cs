using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Simulator;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Requests beyond plain orders against the simulator, which was written from the same facts by other hands: best bid 89,999, best ask 90,001.</summary>
public sealed class A_venue_request_at_the_simulator : SimulatorTest
{
    readonly NotingSink sink = new();
    Rig rig = null!;
    UserStream? stream;

    async Task Up()
    {
        rig = new(Simulator.Address, new UriBuilder(Simulator.Address) { Scheme = "ws" }.Uri,
            change: options => (options.Key, options.Secret, options.ReceiveWindow) = ("paper-api-key", "paper-api-secret", TimeSpan.FromSeconds(5)));
        await rig.SpotApi.SyncClock(default);
        await rig.FuturesApi.SyncClock(default);
    }

    public override async Task DisposeAsync()
    {
        if (stream is not null) await stream.StopAsync(default);
        rig?.Dispose();
        await base.DisposeAsync();
    }

    async Task<RequestAnswer> Send(VenueRequest request, VenueOutcome outcome = VenueOutcome.Known)
    {
        IVenueRequests venue = request.Market is Chimera.S4.Orders.Market.Fut ? rig.FuturesRequests : rig.SpotRequests;
        var answer = await venue.Send(request, venue.Sign(request), default);
        Assert.True(outcome == answer.Outcome, $"{request}: {answer.Outcome} {answer.Answer.VenueCode} {answer.Answer.VenueText}");
        return answer;
    }

    static StopOrderRequest Stop(string id) => new("BTCUSDT", id) { Side = Side.Sell, Kind = TriggerKind.Stop, Qty = new(0.01m), TriggerPrice = new(88_000m) };

    static OrderListRequest Oco(string id) => new("BTCUSDT", id)
    {
        Kind = OrderListKind.Oco, Side = Side.Sell, Qty = new(0.01m), Above = new(id + "-tp", LegType.LimitMaker) { Price = new(95_000m) },
        Below = new(id + "-sl", LegType.StopLossLimit) { Price = new(87_900m), TriggerPrice = new(88_000m) },
    };

    static AlgoOrderRequest Algo(string id, decimal trigger = 88_000m) =>
        new("BTCUSDT", id) { Side = Side.Sell, Kind = TriggerKind.Stop, TriggerPrice = new(trigger), Qty = new(0.01m), ReduceOnly = true };

    [Fact]
    public async Task Places_and_finds_spot_stops()
    {
        await Up();
        Assert.Equal(VenueStatus.New, (await Send(Stop("s1"))).Answer.Order!.Status);
        await Send(Stop("s2") with { Price = new(87_900m) });
        await Send(Stop("s3") with { Kind = TriggerKind.TakeProfit, TriggerPrice = new(95_000m) });
        await Send(Stop("s4") with { Kind = TriggerKind.TakeProfit, TriggerPrice = new(95_000m), Price = new(94_900m), SelfTrade = SelfTrade.ExpireMaker });
        Assert.Equal(ReasonCode.WouldTrigger, (await Send(Stop("s5") with { TriggerPrice = new(95_000m) }, VenueOutcome.Rejected)).Answer.Reason);
        Assert.Equal(4, (await rig.Spot.OpenOrders(default)).Orders.Count);
    }

    [Fact]
    public async Task Works_spot_lists()
    {
        await Up();
        var placed = await Send(Oco("l1"));
        Assert.Equal((OrderListStatus.Executing, 2), (placed.List!.Status, placed.Orders.Count));
        var entry = new OrderListEntry("l2-in", Side.Buy, new(0.01m), new(89_000m));
        await Send(Oco("l2") with { Kind = OrderListKind.Otoco, Entry = entry });
        await Send(Oco("l3") with { Kind = OrderListKind.Opoco, Qty = null, Entry = entry with { ClientOrderId = "l3-in", PostOnly = true } });
        Assert.Equal(3, (await rig.SpotRequests.OpenLists(default)).Lists.Count);
        await Send(new CancelListRequest("BTCUSDT", "l1", "l1c0"));
        Assert.Equal(OrderListStatus.AllDone, (await rig.SpotRequests.QueryList("BTCUSDT", "l1", default)).List!.Status);
        Assert.Equal(2, (await rig.SpotRequests.OpenLists(default)).Lists.Count);
        await Send(new CancelListRequest("BTCUSDT", "l1", "l1c1"), VenueOutcome.NotOpen);
    }

    [Fact]
    public async Task Replaces_and_amends_spot_orders()
    {
        await Up();
        var place = new PlaceEffect(1, Chimera.S4.Orders.Market.Spot, "BTCUSDT", "a") { Side = Side.Buy, Type = OrderType.Limit, Qty = new(0.01m), Price = new(89_000m) };
        await rig.Spot.Place(rig.Spot.Sign(place), default);
        Assert.Equal("a", (await Send(new AmendOrderRequest("BTCUSDT", "a") { NewQty = new(0.005m) })).Answer.Order!.ClientOrderId);
        var replace = new ReplaceOrderRequest("BTCUSDT", "b") { CancelClientOrderId = "a", CancelId = "ac0", Side = Side.Buy, Type = OrderType.LimitMaker, Qty = new(0.01m), Price = new(89_500m) };
        var both = await Send(replace);
        Assert.Equal((VenueStatus.Canceled, "a", VenueStatus.New, "b"), (both.Cancel!.Order!.Status, both.Cancel.Order.ClientOrderId, both.Place!.Order!.Status, both.Place.Order.ClientOrderId));
        var half = await Send(replace with { ClientOrderId = "c", CancelClientOrderId = "b", CancelId = "bc0", Price = new(95_000m) }, VenueOutcome.Partial);
        Assert.Equal((VenueOutcome.Known, ReasonCode.WouldTake), (half.Cancel!.Outcome, half.Place!.Reason));
        await Send(replace with { ClientOrderId = "d", CancelClientOrderId = "b", CancelId = "bc1" }, VenueOutcome.NotOpen);
    }

    [Fact]
    public async Task Works_futures_limit_orders()
    {
        await Up();
        var limit = new LimitOrderRequest("BTCUSDT", "f1") { Side = Side.Buy, Qty = new(0.01m), Price = new(89_000m), GoodTill = TimeProvider.System.GetUtcNow().AddHours(1) };
        await Send(limit);
        await Send(limit with { ClientOrderId = "f2", GoodTill = null, Price = null, PriceMatch = PriceMatch.Queue, PostOnly = true });
        await Send(new ModifyOrderRequest("BTCUSDT", "f1") { Side = Side.Buy, Qty = new(0.02m), Price = new(89_100m) });
        await Send(new ModifyOrderRequest("BTCUSDT", "f1") { Side = Side.Buy, Qty = new(0.02m), Price = new(89_100m) });
        await Send(new CountdownRequest("BTCUSDT", TimeSpan.FromMinutes(1)));
        await Send(new LeverageRequest("BTCUSDT", 20));
        Assert.Equal(-4047, (await Send(new MarginTypeRequest("BTCUSDT", true), VenueOutcome.Rejected)).Answer.VenueCode);
        await Send(new MarginTypeRequest("ETHUSDT", true));
        await Send(new MarginTypeRequest("ETHUSDT", true));
        Assert.Equal(20, (await rig.FuturesRequests.Settings("BTCUSDT", default)).Leverage);
        Assert.False((await rig.FuturesRequests.PositionMode(default)).IsHedge);
    }

    [Fact]
    public async Task Works_algo_orders()
    {
        await Up();
        await FuturesMarket("BUY", "0.1");
        Assert.Equal(AlgoStatus.New, (await Send(Algo("s1"))).Algo!.Status);
        await Send(Algo("s2") with { Qty = null, ReduceOnly = false });
        await Send(Algo("s3") with { Kind = TriggerKind.TakeProfit, TriggerPrice = new(95_000m), Price = new(94_900m) });
        Assert.Equal(ReasonCode.WouldTrigger, (await Send(Algo("s4", 95_000m), VenueOutcome.Rejected)).Answer.Reason);
        Assert.Equal(3, (await rig.FuturesRequests.OpenAlgos(default)).Algos.Count);
        await Send(new CancelAlgoRequest("BTCUSDT", "s1"));
        Assert.Equal(AlgoStatus.Canceled, (await rig.FuturesRequests.QueryAlgo("BTCUSDT", "s1", default)).Algo!.Status);
        await Send(new CancelAlgoRequest("BTCUSDT", "s1"), VenueOutcome.NotOpen);
        await Send(new CancelAllAlgosRequest("BTCUSDT"));
        Assert.Empty((await rig.FuturesRequests.OpenAlgos(default)).Algos);
        Assert.Equal(3, (await rig.FuturesRequests.AllAlgos("BTCUSDT", TimeProvider.System.GetUtcNow().AddMinutes(-5), default)).Algos.Count);
        Assert.Equal(0.1m, Assert.Single((await rig.FuturesRequests.Positions(default)).Positions).Amount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("child-before-algo-update")]
    [InlineData("algo-child-renamed")]
    public async Task Tells_the_fills_of_an_algo_orders_child_under_its_own_id(string fault)
    {
        await Up();
        stream = rig.FuturesStream(sink);
        await stream.StartAsync(default);
        await Until(() => Task.FromResult(rig.Futures.StreamReconciledSince is not null));
        await FuturesMarket("BUY", "0.01");
        if (fault.Length > 0) await Fault(new { kind = fault, venue = "FUT" });
        await Send(Algo("s1"));
        await Market(new { venue = "FUT", symbol = "BTCUSDT", mid = "87000" });
        var notes = new List<string>();
        while (!notes.Exists(note => note.StartsWith("s1 ", StringComparison.Ordinal) && note.EndsWith("Filled 0.01", StringComparison.Ordinal))) notes.Add(await sink.Next());
        var child = (await rig.FuturesRequests.QueryAlgo("BTCUSDT", "s1", default)).Algo!.ChildOrderId;
        Assert.Contains($"s1 {child} Filled 0.01", notes);
    }
}
