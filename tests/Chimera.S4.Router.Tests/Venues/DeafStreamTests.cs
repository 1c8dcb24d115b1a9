using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Xunit;
using Xunit.Abstractions;
using S4Market = Chimera.S4.Orders.Market;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Streams that are up and do not tell, against the simulator: Shown by 5.</summary>
// Waits on real clocks for half a minute: not for the quick loop.
[Trait("Category", "Services")]
public sealed class A_deaf_stream(ITestOutputHelper output) : LiveVenueTest
{
    async Task Up(string market)
    {
        await Listen(market);
        // What REST tells of the first quarter of a second is not held against the stream.
        await Task.Delay(400);
    }

    /// <summary>Waits four times as long as it should take, or nearly; how long it does take to the tenth is <see cref="A_guard_over_a_stream"/>'s to show.</summary>
    async Task Comes(Func<bool> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Until(() => Task.FromResult(holds()));
        output.WriteLine($"took {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Is_found_soon_after_a_REST_action(string market)
    {
        await Up(market);
        await Fault(new { kind = "silent-stream", venue = market });
        await Buy(market, "a", 89_000m);
        await Comes(() => Sink.Reconciliations >= 2);
        Assert.Empty(Sink.Reports);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Is_found_soon_after_a_fill_of_a_resting_order(string market)
    {
        await Up(market);
        await Buy(market, "a", 89_999.5m);
        await Until(() => Task.FromResult(Sink.Statuses.ContainsKey("a")));
        await Fault(new { kind = "silent-stream", venue = market });
        await Market(new { venue = market, symbol = "BTCUSDT", trade = new { side = "SELL", qty = "0.5" } });
        await Comes(() => Sink.Statuses["a"] is VenueStatus.Filled);
        Assert.Equal(0.01m, Sink.Trades.Values.Sum(trade => trade.Qty.Value));
    }

    /// <summary>Nothing is in the ordinary book; what waits for its price is in another, and goes off unheard.</summary>
    [Fact]
    public async Task Is_found_soon_after_a_futures_stop_has_set_off()
    {
        await FuturesMarket("BUY", "0.01");
        await Up("FUT");
        var stop = new PlaceEffect(1, S4Market.Fut, "BTCUSDT", "stop") { Side = Side.Sell, Type = OrderType.Stop, Qty = new(0.01m), TriggerPx = new(88_000m), ReduceOnly = true };
        Assert.Equal(VenueOutcome.Known, (await Rig.Futures.Place(Rig.Futures.Sign(stop), default)).Outcome);
        await Until(() => Task.FromResult(Sink.Algos.Any(algo => algo.ClientAlgoId == "stop")));
        await Fault(new { kind = "silent-stream", venue = "FUT" });
        await Market(new { symbol = "BTCUSDT", mid = "87000" });
        await Comes(() => Sink.Reconciliations >= 2);
        Assert.DoesNotContain(Sink.Algos, algo => algo.Status is not AlgoStatus.New);
    }

    [Fact]
    public async Task Is_not_suspected_while_it_tells()
    {
        await Up("SPOT");
        for (var round = 0; round < 8; round++)
        {
            await Buy("SPOT", $"a{round}", 89_000m);
            if (round % 2 == 0) await Cancel("SPOT", $"a{round}");
            await Task.Delay(900);
        }
        Assert.Equal(1, Sink.Reconciliations);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Or_one_that_tells_too_late_is_begun_anew_and_its_fills_count_once(string market)
    {
        await Up(market);
        await Fault(new { kind = "delay-events", venue = market, ms = 4_000, count = 1 });
        await Buy(market, "a", 90_001m);
        await Comes(() => Sink.Reconciliations >= 2);
        await Comes(() => Sink.Statuses.GetValueOrDefault("a") is VenueStatus.Filled);
        Assert.Equal((1, 0.01m), (Sink.Trades.Count, Sink.Trades.Values.Sum(trade => trade.Qty.Value)));
    }

    [Theory]
    [InlineData("SPOT", "disconnect-streams")]
    [InlineData("FUT", "disconnect-streams")]
    [InlineData("FUT", "expire-listen-key")]
    [InlineData("SPOT", "server-shutdown")]
    [InlineData("FUT", "server-shutdown")]
    public async Task Or_one_that_was_cut_off_loses_none_of_twenty_fills_and_counts_each_once(string market, string how)
    {
        await Up(market);
        for (var index = 0; index < 20; index++) await Buy(market, $"a{index}", 89_999.5m);
        await Until(() => Task.FromResult(Sink.Statuses.Count == 20));
        // The stream goes, and the fills come before it can be back.
        await Fault(new { kind = how, venue = market });
        await Market(new { venue = market, symbol = "BTCUSDT", trade = new { side = "SELL", qty = "0.2" } });
        await Comes(() => Sink.Statuses.Values.All(status => status is VenueStatus.Filled));
        Assert.Equal((20, 0.2m), (Sink.Trades.Count, Sink.Trades.Values.Sum(trade => trade.Qty.Value)));
    }

    [Theory]
    [InlineData("SPOT", 0.01, 200)]
    [InlineData("FUT", 0.01, 200)]
    [InlineData("SPOT", 0.2, 25)]
    public async Task Or_one_that_drops_events_loses_no_fill(string market, double probability, int orders)
    {
        await Up(market);
        await Fault(new { kind = "drop-events", venue = market, probability });
        for (var index = 0; index < orders; index++) await Buy(market, $"a{index}", 90_001m);
        await Comes(() => Sink.Statuses.Count == orders && Sink.Statuses.Values.All(status => status is VenueStatus.Filled));
        Assert.Equal((orders, orders * 0.01m), (Sink.Trades.Count, Sink.Trades.Values.Sum(trade => trade.Qty.Value)));
    }
}
