using System.Collections.Concurrent;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Simulator;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Chimera.S4.Simulator;
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

    /// <summary>What the stream told, as it came.</summary>
    public ConcurrentQueue<VenueOrderState> Reports { get; } = new();
    public ConcurrentQueue<AlgoOrderState> Algos { get; } = new();

    public void Placed(string clientOrderId) => placed[clientOrderId] = true;

    public Task Heard(S4Market market, VenueOrderState order, CancellationToken cancel)
    {
        Reports.Enqueue(order);
        return Take(order);
    }

    public Task Heard(S4Market market, AlgoOrderState algo, CancellationToken cancel)
    {
        Algos.Enqueue(algo);
        return Task.CompletedTask;
    }

    public Task Flat(Predicate<string> isFlat, DateTimeOffset seenAt, CancellationToken cancel) => Task.CompletedTask;

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

/// <summary>The adapter at a simulator of its own: REST at once, a user stream where a test begins one.</summary>
public abstract class LiveVenueTest : SimulatorTest
{
    private Rig? rig;
    private TruthSink? sink;
    private UserStream? stream;

    /// <summary>The clock of adapter and simulator.</summary>
    protected virtual TimeProvider Time => TimeProvider.System;

    protected override SimulatorOptions Options => base.Options with { Time = Time };

    private protected Rig Rig => rig ??= new(Simulator.Address, new UriBuilder(Simulator.Address) { Scheme = "ws" }.Uri, Time,
        options => (options.Key, options.Secret, options.ReceiveWindow) = ("paper-api-key", "paper-api-secret", TimeSpan.FromSeconds(5)));

    private protected TruthSink Sink => sink ??= new(market => market is S4Market.Spot ? Rig.Spot : Rig.Futures);

    public override async Task DisposeAsync()
    {
        if (stream is not null) await stream.StopAsync(default);
        rig?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Returns when the user stream is up and whole.</summary>
    private protected async Task Listen(string market)
    {
        await (market is "SPOT" ? Rig.SpotApi : Rig.FuturesApi).SyncClock(default);
        stream = market is "SPOT" ? Rig.SpotStream(Sink) : Rig.FuturesStream(Sink);
        await stream.StartAsync(default);
        await Until(() => Task.FromResult(Rig.Venue(market).StreamReconciledSince is not null));
    }

    private protected static PlaceEffect Order(string market, string id, decimal price, decimal qty = 0.01m, OrderType type = OrderType.Limit, TimeInForce timeInForce = TimeInForce.Gtc) =>
        new(1, market is "SPOT" ? S4Market.Spot : S4Market.Fut, "BTCUSDT", id)
        {
            Side = Side.Buy, Type = type, Qty = new(qty), Price = type is OrderType.Market ? null : new Price(price), TimeInForce = type is OrderType.Limit ? timeInForce : null,
        };

    private protected Task<VenueAnswer> Place(string market, PlaceEffect place)
    {
        Sink.Placed(place.ClientOrderId);
        return Rig.Venue(market).Place(Rig.Venue(market).Sign(place), default);
    }

    private protected async Task<VenueAnswer> Buy(string market, string id, decimal price, decimal qty = 0.01m)
    {
        var answer = await Place(market, Order(market, id, price, qty));
        Assert.Equal(VenueOutcome.Known, answer.Outcome);
        return answer;
    }

    private protected Task<VenueAnswer> Cancel(string market, string id) =>
        Rig.Venue(market).Cancel(new(2, market is "SPOT" ? S4Market.Spot : S4Market.Fut, "BTCUSDT", id) { CancelId = id + "c0" }, default);

    private protected Task<VenueAnswer> Query(string market, string id, string? venueOrderId = null) =>
        Rig.Venue(market).Query(new("BTCUSDT", id, venueOrderId, id + "c0"), default);

    private protected async Task<VenueAnswer> Request(VenueRequest request)
    {
        IVenueRequests venue = request.Market is S4Market.Fut ? Rig.FuturesRequests : Rig.SpotRequests;
        return (await venue.Send(request, venue.Sign(request), default)).Answer;
    }
}
