using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Simulator;
using Chimera.S4.Router.Venues;
using Xunit;
using S4Market = Chimera.S4.Orders.Market;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Orders that wait for a price, on both markets alike: mid 90,000, and on futures 0.01 BTC to be protected.</summary>
public sealed class A_stop_at_the_simulator : SimulatorTest
{
    static readonly DateTimeOffset Since = TimeProvider.System.GetUtcNow().AddMinutes(-1);

    Rig rig = null!;

    async Task<IVenue> Up(string market, bool held = true)
    {
        rig = new(Simulator.Address, new UriBuilder(Simulator.Address) { Scheme = "ws" }.Uri,
            change: options => (options.Key, options.Secret, options.ReceiveWindow) = ("paper-api-key", "paper-api-secret", TimeSpan.FromSeconds(20)));
        await rig.SpotApi.SyncClock(default);
        await rig.FuturesApi.SyncClock(default);
        if (held && market == "FUT") await FuturesMarket("BUY", "0.01");
        return rig.Venue(market);
    }

    public override async Task DisposeAsync()
    {
        rig?.Dispose();
        await base.DisposeAsync();
    }

    static PlaceEffect Stop(IVenue venue, string id = "s1", OrderType type = OrderType.Stop, decimal trigger = 88_000m, decimal? price = null) => new(1, venue.Market, "BTCUSDT", id)
    {
        Side = Side.Sell, Type = type, Qty = new(0.01m), TriggerPx = new(trigger), Price = price is { } limit ? new Price(limit) : null, ReduceOnly = true,
    };

    static CancelEffect Cancel(IVenue venue, string id = "s1") => new(2, venue.Market, "BTCUSDT", id) { CancelId = id + "c", IsConditional = true };
    static OrderRef Ref(string id = "s1") => new("BTCUSDT", id, CancelId: id + "c", IsConditional: true);
    static Task<VenueAnswer> Send(IVenue venue, PlaceEffect place) => venue.Place(venue.Sign(place), default);

    static async Task<VenueOrderState> Waits(IVenue venue, PlaceEffect place)
    {
        var answer = await Send(venue, place);
        Assert.True(answer.Order?.Status is VenueStatus.New, $"{answer.Outcome} {answer.VenueCode} {answer.VenueText}");
        return answer.Order;
    }

    /// <summary>Moves the market, and waits until the order is so.</summary>
    async Task<VenueOrderState> Becomes(IVenue venue, VenueStatus status, string? mid = "87000")
    {
        if (mid is not null) await Market(new { symbol = "BTCUSDT", mid });
        VenueOrderState? state = null;
        await Until(async () => (state = (await venue.Query(Ref(), default)).Order)?.Status == status);
        return state!;
    }

    public static TheoryData<string> Markets => ["SPOT", "FUT"];

    [Theory]
    [InlineData("SPOT", OrderType.Stop, 88_000, null, "STOP_LOSS")]
    [InlineData("SPOT", OrderType.Stop, 88_000, 87_900, "STOP_LOSS_LIMIT")]
    [InlineData("SPOT", OrderType.TakeProfit, 95_000, null, "TAKE_PROFIT")]
    [InlineData("SPOT", OrderType.TakeProfit, 95_000, 94_900, "TAKE_PROFIT_LIMIT")]
    [InlineData("FUT", OrderType.Stop, 88_000, null, "STOP_MARKET MARK_PRICE")]
    [InlineData("FUT", OrderType.Stop, 88_000, 87_900, "STOP MARK_PRICE")]
    [InlineData("FUT", OrderType.TakeProfit, 95_000, null, "TAKE_PROFIT_MARKET MARK_PRICE")]
    [InlineData("FUT", OrderType.TakeProfit, 95_000, 94_900, "TAKE_PROFIT MARK_PRICE")]
    public async Task Waits_and_is_found_wherever_it_is_looked_for(string market, OrderType type, int trigger, int? price, string kind)
    {
        var venue = await Up(market);
        var placed = await Waits(venue, Stop(venue, type: type, trigger: trigger, price: price));
        var asked = (await venue.Query(Ref(), default)).Order!;
        Assert.Equal(("s1", placed.VenueOrderId, VenueStatus.New, market == "FUT"), (asked.ClientOrderId, asked.VenueOrderId, asked.Status, asked.IsConditional));
        Assert.Equal("s1", (await venue.Query(new("BTCUSDT", "", placed.VenueOrderId), default)).Order!.ClientOrderId);
        Assert.Equal("s1", Assert.Single((await venue.OpenOrders(default)).Orders).ClientOrderId);
        Assert.Equal(VenueStatus.New, (await venue.LookEverywhere(Ref(), Since, default)).Order!.Status);
        var trades = await venue.Trades(Ref(), Since, default);
        Assert.Equal((VenueOutcome.Known, 0), (trades.Outcome, trades.Trades.Count));
        var told = market == "FUT" ? await Client.Signed("GET", "/fapi/v1/algoOrder", "clientAlgoId=s1") : await SpotOrder("s1");
        Assert.Equal(kind, market == "FUT" ? $"{told["orderType"]} {told["workingType"]}" : told["type"]);
    }

    [Theory]
    [MemberData(nameof(Markets))]
    public async Task Is_canceled_and_seen_to_be(string market)
    {
        var venue = await Up(market);
        await Waits(venue, Stop(venue));
        Assert.Equal(("s1", VenueStatus.Canceled), (await venue.Cancel(Cancel(venue), default)).Order is { } ended ? (ended.ClientOrderId, ended.Status) : default);
        Assert.Equal(VenueStatus.Canceled, (await venue.Query(Ref(), default)).Order!.Status);
        Assert.Empty((await venue.OpenOrders(default)).Orders);
    }

    [Theory]
    [InlineData("SPOT", "")]
    [InlineData("FUT", "")]
    [InlineData("FUT", "algo-child-renamed")]
    public async Task Triggers_and_fills_under_its_own_id(string market, string fault)
    {
        var venue = await Up(market);
        if (fault.Length > 0) await Fault(new { kind = fault, venue = "FUT" });
        await Waits(venue, Stop(venue));
        var filled = await Becomes(venue, VenueStatus.Filled);
        Assert.Equal(("s1", 0.01m), (filled.ClientOrderId, filled.CumQty.Value));
        var trades = await venue.Trades(Ref(), Since, default);
        Assert.Equal(0.01m, trades.Trades.Sum(trade => trade.Qty.Value));
        Assert.True(trades.Trades.All(trade => trade.Px.Value < 88_000m));
        Assert.Empty((await venue.OpenOrders(default)).Orders);
    }

    [Theory]
    [InlineData("SPOT", false)]
    [InlineData("FUT", false)]
    [InlineData("SPOT", true)]
    [InlineData("FUT", true)]
    public async Task Whose_reply_was_lost_is_found_again_in_its_book(string market, bool triggered)
    {
        var venue = await Up(market);
        await Fault(new { kind = "accept-then-drop-response", venue = market, method = "POST", path = market == "FUT" ? "/fapi/v1/algoOrder" : "/api/v3/order" });
        Assert.Equal(VenueOutcome.Unknown, (await Send(venue, Stop(venue))).Outcome);
        await NoFaults();
        if (triggered) await Becomes(venue, VenueStatus.Filled);
        var found = await venue.LookEverywhere(Ref(), Since, default);
        Assert.Equal(("s1", triggered ? VenueStatus.Filled : VenueStatus.New), (found.Order!.ClientOrderId, found.Order.Status));
        if (market == "FUT" && !triggered) Assert.Equal(VenueOutcome.NotFound, (await venue.Query(Ref() with { IsConditional = false }, default)).Outcome);
    }

    [Theory]
    [MemberData(nameof(Markets))]
    public async Task Hidden_from_its_own_look_is_found_in_the_lists(string market)
    {
        var venue = await Up(market);
        await Fault(new { kind = "hide-order", venue = market, method = "POST", path = "*", seconds = 3600 });
        await Send(venue, Stop(venue));
        Assert.Equal(VenueOutcome.NotFound, (await venue.Query(Ref(), default)).Outcome);
        Assert.Equal(VenueStatus.New, (await venue.LookEverywhere(Ref(), Since, default)).Order!.Status);
    }

    [Theory]
    [MemberData(nameof(Markets))]
    public async Task That_was_never_placed_is_nowhere(string market)
    {
        var venue = await Up(market);
        Assert.Equal(VenueOutcome.NotFound, (await venue.LookEverywhere(Ref("s0"), Since, default)).Outcome);
    }

    [Theory]
    [MemberData(nameof(Markets))]
    public async Task Past_its_price_is_refused(string market)
    {
        var venue = await Up(market);
        var answer = await Send(venue, Stop(venue, trigger: 95_000m));
        Assert.Equal((VenueOutcome.Rejected, ReasonCode.WouldTrigger), (answer.Outcome, answer.Reason));
    }

    [Theory]
    [InlineData("SPOT", false)]
    [InlineData("FUT", false)]
    [InlineData("SPOT", true)]
    [InlineData("FUT", true)]
    public async Task Canceled_after_its_trigger_is_canceled_as_what_it_became(string market, bool inBetween)
    {
        var venue = await Up(market);
        // Once triggered it rests, far above the market.
        await Waits(venue, Stop(venue, price: 95_000m));
        if (inBetween) await Fault(new { kind = "trigger-before-cancel", venue = market });
        else
        {
            await Market(new { symbol = "BTCUSDT", mid = "87000" });
            await Until(async () => market == "SPOT" || (await rig.FuturesRequests.QueryAlgo("BTCUSDT", "s1", default)).Algo!.ChildOrderId is not null);
            Assert.Equal("s1", Assert.Single((await venue.OpenOrders(default)).Orders).ClientOrderId);
        }
        for (var status = VenueStatus.None; status is not VenueStatus.Canceled; status = (await venue.Query(Ref(), default)).Order!.Status) await venue.Cancel(Cancel(venue), default);
        Assert.Empty((await venue.OpenOrders(default)).Orders);
        Assert.DoesNotContain((await Ledger()).GetProperty("trades").EnumerateArray(), trade => trade.GetProperty("side").GetString() == "SELL");
    }

    [Fact]
    public async Task Refused_by_the_engine_at_its_trigger_has_expired_with_the_reason()
    {
        var venue = await Up("FUT");
        await Waits(venue, Stop(venue));
        await FuturesMarket("SELL", "0.01");
        var ended = await Becomes(venue, VenueStatus.Expired);
        Assert.Equal(0, ended.CumQty.Value);
    }
}
