using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Chimera.S4.Simulator;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using S4Market = Chimera.S4.Orders.Market;

namespace Chimera.S4.Router.Tests.Venues.Faults;

/// <summary>What the venue does by rule, and a router may not be surprised by.</summary>
public sealed class A_habit_of_the_venue : LiveVenueTest
{
    const int MostOpen = 6;

    protected override SimulatorOptions Options => base.Options with
    {
        SpotInstruments = [.. base.Options.SpotInstruments.Select(instrument => instrument with { MaxNumOrders = MostOpen })],
        FuturesInstruments = [.. base.Options.FuturesInstruments.Select(instrument => instrument with { MaxNumOrders = MostOpen })],
    };

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Is_to_take_an_id_again_once_its_order_has_closed(string market)
    {
        var first = (await Buy(market, "a", 90_001m)).Order!;
        var second = (await Buy(market, "a", 90_001m)).Order!;
        Assert.NotEqual(first.VenueOrderId, second.VenueOrderId);
        // So the id is no fence against a resend: it names the later one, and the first is found by the venue's own id alone.
        Assert.Equal(second.VenueOrderId, (await Query(market, "a")).Order!.VenueOrderId);
        Assert.Equal(first.VenueOrderId, (await Query(market, "a", first.VenueOrderId)).Order!.VenueOrderId);
        Assert.Equal(2, (await LedgerOrders("a")).Length);
    }

    [Theory]
    [InlineData("post-only, refused           -> Rejected WouldTake")]
    [InlineData("fill-or-kill, refused        -> Rejected FokNotFilled")]
    [InlineData("post-only, let in            -> Known Expired, er 11: post-only would take")]
    [InlineData("fill-or-kill, let in         -> Known Expired, er 10: fill-or-kill")]
    public async Task On_futures_is_to_refuse_what_may_not_rest_or_not_take_or_to_let_it_in_and_expire_it(string row)
    {
        await Listen("FUT");
        if (row.Contains("let in", StringComparison.Ordinal)) await Fault(new { kind = "accept-then-expire", venue = "FUT", count = 1 });
        var answer = await Place("FUT", row.StartsWith("post-only", StringComparison.Ordinal) ? Order("FUT", "a", 90_001m, type: OrderType.LimitMaker) : Order("FUT", "a", 89_000m, timeInForce: TimeInForce.Fok));
        var told = $"{answer.Outcome} {answer.Reason?.ToString() ?? answer.Order!.Status.ToString()}";
        if (answer.Outcome is VenueOutcome.Known)
        {
            await Until(() => Task.FromResult(Sink.Statuses.GetValueOrDefault("a") is VenueStatus.Expired));
            told += $", {Sink.Reports.Last().Remark}";
        }
        Assert.Equal(row.Split("-> ")[1], told);
        Assert.Empty(Sink.Trades);
    }

    [Theory]
    [InlineData("SPOT", -1013, "Filter failure: MAX_NUM_ORDERS")]
    [InlineData("FUT", -2025, "Reach max open order limit.")]
    public async Task Is_to_refuse_more_open_orders_than_it_allows(string market, int code, string text)
    {
        await new AccountReads(market is "SPOT" ? Rig.SpotApi : Rig.FuturesApi, Rig.Facts).Instruments(default);
        Assert.Equal(MostOpen, Rig.Facts.Instrument(Rig.Venue(market).Market, "BTCUSDT")!.Limits.Orders);
        for (var index = 0; index < MostOpen; index++) await Buy(market, $"a{index}", 89_000m);
        var refused = await Place(market, Order(market, "more", 89_000m));
        Assert.Equal((VenueOutcome.Rejected, ReasonCode.VenueTooManyOrders, code, text), (refused.Outcome, refused.Reason, refused.VenueCode, refused.VenueText));
    }

    [Fact]
    public async Task On_spot_is_to_refuse_more_stops_than_it_allows()
    {
        for (var index = 0; index < 5; index++) Assert.Equal(VenueOutcome.Known, (await Request(Stop(index))).Outcome);
        var refused = await Request(Stop(5));
        Assert.Equal((VenueOutcome.Rejected, ReasonCode.VenueTooManyOrders, "Filter failure: MAX_NUM_ALGO_ORDERS"), (refused.Outcome, refused.Reason, refused.VenueText));

        static StopOrderRequest Stop(int index) => new("BTCUSDT", $"s{index}") { Side = Side.Sell, Kind = TriggerKind.Stop, Qty = new(0.01m), TriggerPrice = new(88_000m) };
    }

    [Fact]
    public async Task Is_to_refuse_one_way_orders_on_an_account_in_hedge_mode_which_can_be_told_beforehand()
    {
        Assert.Equal(new(VenueOutcome.Known, false), await Rig.FuturesRequests.PositionMode(default));
        Assert.Equal(VenueOutcome.Known, (await Request(new PositionModeRequest(true))).Outcome);
        Assert.Equal(VenueOutcome.Known, (await Request(new PositionModeRequest(true))).Outcome);
        Assert.Equal(new(VenueOutcome.Known, true), await Rig.FuturesRequests.PositionMode(default));
        var refused = await Place("FUT", Order("FUT", "a", 89_000m));
        Assert.Equal((VenueOutcome.Rejected, ReasonCode.VenueRejected, -4061), (refused.Outcome, refused.Reason, refused.VenueCode));
        var algo = await Request(new AlgoOrderRequest("BTCUSDT", "s") { Side = Side.Sell, Kind = TriggerKind.Stop, TriggerPrice = new(88_000m) });
        Assert.Equal((VenueOutcome.Rejected, -4061), (algo.Outcome, algo.VenueCode));
    }

    [Fact]
    public async Task Is_to_keep_a_market_stream_open_that_says_nothing_and_its_prices_then_grow_old()
    {
        using var feed = Rig.Feed(Rig.SpotApi);
        await feed.StartAsync(default);
        await Until(() => Task.FromResult(Age() < TimeSpan.FromMilliseconds(500)));
        await Fault(new { kind = "silent-market", venue = "SPOT" });
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", mid = "95000" });
        await Until(() => Task.FromResult(Age() > TimeSpan.FromSeconds(1)));
        Assert.Equal(90_000m, Rig.Facts.Quote(S4Market.Spot, "BTCUSDT")!.Mid);
        await NoFaults();
        await Until(() => Task.FromResult(Rig.Facts.Quote(S4Market.Spot, "BTCUSDT")!.Mid == 95_000m));
        await feed.StopAsync(default);

        TimeSpan Age() => TimeProvider.System.GetUtcNow() - (Rig.Facts.Quote(S4Market.Spot, "BTCUSDT")?.At ?? default);
    }
}

/// <summary>On a clock that stands, so that no window of the venue's ends in between.</summary>
public sealed class The_venues_count_of_unfilled_orders : LiveVenueTest
{
    readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());

    protected override TimeProvider Time => time;

    [Fact]
    public async Task Is_believed_also_where_fills_have_given_some_back()
    {
        for (var index = 0; index < 30; index++) await Buy("SPOT", $"rest{index}", 89_999.5m);
        Assert.Equal(30, Count);
        // A taker's fill gives its one back.
        for (var index = 0; index < 10; index++) await Buy("SPOT", $"take{index}", 90_001m);
        Assert.Equal(30, Count);
        // A maker's gives five: two resting orders fill, and the next answer tells.
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", trade = new { side = "SELL", qty = "0.02" } });
        await Buy("SPOT", "next", 88_000m);
        Assert.Equal(30 - 10 + 1, Count);
    }

    long Count => Rig.SpotApi.Budget.Tell().Windows["ORDER-COUNT-10S"].Told;
}
