using System.Diagnostics.Metrics;
using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Countdown;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tracing;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Stores;
using Chimera.S4.Router.Venues.Gateway;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Chimera.S4.Router.Tests.Gateway;

/// <summary>The gateway's protocols on a real file, between a scripted venue and a wire, with a clock that the test moves.</summary>
sealed class GatewayRig : IAsyncDisposable
{
    public const int Seq = 1;
    public static readonly CancellationToken Ever = CancellationToken.None;

    readonly SqliteBackend stores;
    readonly ServiceProvider meters = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public GatewayRig()
    {
        stores = new SqliteBackend(clock: Clock);
        Venue = new ScriptedVenue(Market.Spot, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    public IOrderStore Store => stores.Orders;
    public IPlacementJournal Journal => stores.Placements;
    public ScriptedVenue Venue { get; }
    public Wire Wire { get; } = new();
    public MarketFacts Facts { get; } = new();
    public GatewayOptions Options { get; } = new();
    public ScriptedSettings Settings { get; } = new();
    public SymbolSetup Setup => field ??= new(Settings.Requests, Options, NullLogger<SymbolSetup>.Instance);
    public IGateStore GateStore => field ??= new SqliteGateStore(stores.Database);
    public SharedBreaker Breaker => field ??= new(GateStore, new BreakerOptions(), Metrics, Bell, NullLogger<SharedBreaker>.Instance);
    public SendGates Gates => new(new GateBoard(GateStore, new GateLimits(), Breaker.Options, Clock), Breaker, Metrics);
    public AlertBell Bell => field ??= new(Metrics);
    public Countdowns Countdowns => new(Settings.Requests, new LiveDocuments(Store, NullLogger<LiveDocuments>.Instance), new SqliteLeases(stores.Database), new IntakeOptions(), new DeadManOptions(), Clock,
        new CountdownMetrics(meters.GetRequiredService<IMeterFactory>()), Bell, NullLogger<Countdowns>.Instance);
    public RouterMetrics Metrics => new(meters.GetRequiredService<IMeterFactory>());
    public KnownIntents Known { get; } = new();
    public CommitNotes Notes => field ??= new(new OrderMetrics(meters.GetRequiredService<IMeterFactory>(), Facts), Metrics, new NakedOrders(), Known, NullLogger<CommitNotes>.Instance);
    public JournalMetrics JournalMetrics => field ??= new(meters.GetRequiredService<IMeterFactory>(), Clock);

    /// <summary>Records go over the wire, as with a broker that keeps them.</summary>
    public RecordWriter Records => new(Wire.Sends, null!, new BusOptions(new Uri("amqp://localhost")), JournalMetrics, TimeProvider.System);

    public Guid OrderId { get; } = SagaIds.Of("an intent");
    public string ClientOrderId => new ClientOrderId("s4", OrderId, 0, 0).ToString();

    public PlaceEffect Placement => new(Seq, Market.Spot, "BTCUSDT", ClientOrderId) { Side = Side.Buy, Type = OrderType.Limit, Qty = new Quantity(1), Price = new Price(100), TimeInForce = TimeInForce.Gtc };
    public CancelEffect Ending => new(Seq, Market.Spot, "BTCUSDT", ClientOrderId) { CancelId = Chimera.S4.Orders.ClientOrderId.CancelId(ClientOrderId, 0) };

    /// <summary>A gateway as a process that has just started would have it.</summary>
    public VenueGateway NewProcess(IPlacementJournal? journal = null) => new([Venue], Driver(journal), NullLogger<VenueGateway>.Instance);

    public ProtocolDriver Driver(IPlacementJournal? journal = null) =>
        new(journal ?? Journal, Store, Facts, new ReportSender(Wire.Sends), Records, Setup, Countdowns, Gates, Bell, Options, Clock, Metrics, NullLogger<ProtocolDriver>.Instance);

    /// <summary>Stores the order with its placement pending.</summary>
    public async Task<GatewayRig> WithPending()
    {
        await Store.Commit(Given.Step(OrderId, null, Clock.GetUtcNow(), document: Document(isCanceled: false)) with { Effects = [Given.Effect(Seq)] }, Ever);
        return this;
    }

    /// <summary>The order is asked to end while its placement is pending.</summary>
    public Task AskToEnd() => Store.Commit(Given.Step(OrderId, 1, Clock.GetUtcNow(), document: Document(isCanceled: true)), Ever);

    string Document(bool isCanceled)
    {
        var now = Clock.GetUtcNow();
        var order = new Order
        {
            Id = OrderId, Status = OrderStatus.PendingNew, CreatedAt = now, UpdatedAt = now, CancelAsked = isCanceled,
            Intent = new Intent { IntentId = "an intent", Market = Market.Spot, Symbol = "BTCUSDT", Side = Side.Buy, Qty = new(1), Type = OrderType.Limit, PublishedAt = now, ReceivedAt = now, ContentHash = "" },
            VenueOrders = [new VenueOrder { ClientOrderId = ClientOrderId, Type = OrderType.Limit, OrderQty = new(1), PlaceSeq = Seq }],
        };
        return JsonSerializer.Serialize(new OrderDocument(order, null), OrderDocument.Options);
    }

    public Task<Handled> Run(VenueGateway? process = null, VenueEffect? effect = null, bool hasWaited = false) => (process ?? NewProcess()).Receive(OrderId, effect ?? Placement, hasWaited, Ever);

    /// <summary>One run, to its end, through the waits inside it.</summary>
    public async Task<Handled> RunWhileTimePasses()
    {
        var run = Run();
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, Task.Delay(20));
            if (!run.IsCompleted) Clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        return await run;
    }

    public Task<PlacementEntry?> Entry() => Journal.Load(ClientOrderId, Ever);

    public async ValueTask DisposeAsync()
    {
        await stores.DisposeAsync();
        await meters.DisposeAsync();
    }
}
