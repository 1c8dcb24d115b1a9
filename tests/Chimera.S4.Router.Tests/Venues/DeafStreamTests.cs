using System.Collections.Concurrent;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Simulator;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Xunit;
using S4Market = Chimera.S4.Orders.Market;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Takes what streams hand over, and reconciles as the gateway does: by open orders, by id, by trades.</summary>
sealed class TruthSink(Func<S4Market, IVenue> venue) : IUserStreamSink
{
    readonly ConcurrentDictionary<string, bool> placed = new();

    public ConcurrentDictionary<string, Trade> Trades { get; } = new();
    public ConcurrentDictionary<string, VenueStatus> Statuses { get; } = new();
    public int Reconciliations { get; private set; }
    public int Heards { get; private set; }

    public void Placed(string clientOrderId) => placed[clientOrderId] = true;

    public Task Heard(S4Market market, VenueOrderState order, CancellationToken cancel)
    {
        Heards++;
        return Take(order);
    }

    public Task Heard(S4Market market, AlgoOrderState algo, CancellationToken cancel) => Take(algo.AsOrder());

    public async Task Reconcile(S4Market market, CancellationToken cancel)
    {
        Assert.Equal(VenueOutcome.Known, (await venue(market).OpenOrders(cancel)).Outcome);
        foreach (var id in placed.Keys)
        {
            var answer = await venue(market).Query(new("BTCUSDT", id, CancelId: id + "c0"), cancel);
            if (answer.Order is not { } order) continue;
            await Take(order with { Trades = (await venue(market).Trades(new("BTCUSDT", id, order.VenueOrderId), TimeProvider.System.GetUtcNow().AddMinutes(-5), cancel)).Trades });
        }
        Reconciliations++;
    }

    Task Take(VenueOrderState order)
    {
        foreach (var trade in order.Trades) Trades[trade.TradeId] = trade;
        Statuses.AddOrUpdate(order.ClientOrderId, order.Status, (_, known) => known > order.Status ? known : order.Status);
        return Task.CompletedTask;
    }
}

/// <summary>Streams that are up and do not tell, against the simulator: Shown by 5.</summary>
// Waits on real clocks for half a minute: not for the quick loop.
[Trait("Category", "Services")]
public sealed class A_deaf_stream : SimulatorTest
{
    Rig rig = null!;
    TruthSink sink = null!;
    UserStream? stream;

    async Task<IVenue> Up(string market)
    {
        var ws = new UriBuilder(Simulator.Address) { Scheme = "ws" }.Uri;
        rig = new(Simulator.Address, ws, change: options => (options.Key, options.Secret, options.ReceiveWindow) = ("paper-api-key", "paper-api-secret", TimeSpan.FromSeconds(5)));
        sink = new(which => which is S4Market.Spot ? rig.Spot : rig.Futures);
        await (market is "SPOT" ? rig.SpotApi : rig.FuturesApi).SyncClock(default);
        stream = market is "SPOT" ? rig.SpotStream(sink) : rig.FuturesStream(sink);
        await stream.StartAsync(default);
        await Until(() => Task.FromResult(rig.Venue(market).StreamReconciledSince is not null));
        // What REST tells of the first quarter of a second is not held against the stream.
        await Task.Delay(400);
        return rig.Venue(market);
    }

    public override async Task DisposeAsync()
    {
        if (stream is not null) await stream.StopAsync(default);
        rig?.Dispose();
        await base.DisposeAsync();
    }

    async Task<VenueAnswer> Buy(string market, string id, decimal price, decimal qty = 0.01m)
    {
        var venue = rig.Venue(market);
        sink.Placed(id);
        var place = new PlaceEffect(1, venue.Market, "BTCUSDT", id) { Side = Side.Buy, Type = OrderType.Limit, Qty = new(qty), Price = new(price), TimeInForce = TimeInForce.Gtc };
        var answer = await venue.Place(venue.Sign(place), default);
        Assert.Equal(VenueOutcome.Known, answer.Outcome);
        return answer;
    }

    static async Task<TimeSpan> Took(Func<bool> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Until(() => Task.FromResult(holds()));
        return TimeProvider.System.GetElapsedTime(started);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Is_found_within_five_seconds_of_a_REST_action(string market)
    {
        await Up(market);
        await Fault(new { kind = "silent-stream", venue = market });
        await Buy(market, "a", 89_000m);
        var took = await Took(() => sink.Reconciliations >= 2);
        Assert.True(took < TimeSpan.FromSeconds(5), $"took {took}");
        Assert.Equal(0, sink.Heards);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Is_found_within_ten_seconds_of_a_fill_of_a_resting_order(string market)
    {
        await Up(market);
        await Buy(market, "a", 89_999.5m);
        await Until(() => Task.FromResult(sink.Statuses.ContainsKey("a")));
        await Fault(new { kind = "silent-stream", venue = market });
        await Market(new { venue = market, symbol = "BTCUSDT", trade = new { side = "SELL", qty = "0.5" } });
        var took = await Took(() => sink.Statuses["a"] is VenueStatus.Filled);
        Assert.True(took < TimeSpan.FromSeconds(10), $"took {took}");
        Assert.Equal(0.01m, sink.Trades.Values.Sum(trade => trade.Qty.Value));
    }

    [Fact]
    public async Task Is_not_suspected_while_it_tells()
    {
        await Up("SPOT");
        for (var round = 0; round < 8; round++)
        {
            var order = await Buy("SPOT", $"a{round}", 89_000m);
            if (round % 2 == 0) await rig.Spot.Cancel(new CancelEffect(2, S4Market.Spot, "BTCUSDT", $"a{round}") { VenueOrderId = order.Order!.VenueOrderId, CancelId = $"a{round}c0" }, default);
            await Task.Delay(900);
        }
        Assert.Equal(1, sink.Reconciliations);
    }

    [Theory]
    [InlineData("SPOT", "disconnect-streams")]
    [InlineData("FUT", "disconnect-streams")]
    [InlineData("FUT", "expire-listen-key")]
    [InlineData("SPOT", "server-shutdown")]
    public async Task Or_one_that_was_cut_off_loses_none_of_twenty_fills_and_counts_each_once(string market, string how)
    {
        await Up(market);
        for (var index = 0; index < 20; index++) await Buy(market, $"a{index}", 89_999.5m);
        await Until(() => Task.FromResult(sink.Statuses.Count == 20));
        // The stream goes, and the fills come before it can be back.
        await Fault(new { kind = how, venue = market });
        await Market(new { venue = market, symbol = "BTCUSDT", trade = new { side = "SELL", qty = "0.2" } });
        await Took(() => sink.Statuses.Values.All(status => status is VenueStatus.Filled));
        Assert.Equal((20, 0.2m), (sink.Trades.Count, sink.Trades.Values.Sum(trade => trade.Qty.Value)));
    }

    [Fact]
    public async Task Or_one_that_drops_events_loses_no_fill()
    {
        await Up("SPOT");
        await Fault(new { kind = "drop-events", venue = "SPOT", probability = 0.2 });
        for (var index = 0; index < 25; index++) await Buy("SPOT", $"a{index}", 90_001m);
        await Took(() => sink.Statuses.Count == 25 && sink.Statuses.Values.All(status => status is VenueStatus.Filled));
        Assert.Equal(0.25m, sink.Trades.Values.Sum(trade => trade.Qty.Value));
    }
}
