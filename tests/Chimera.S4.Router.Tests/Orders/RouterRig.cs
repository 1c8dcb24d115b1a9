using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Countdown;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Curves;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Levers;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Timers;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Chimera.S4.Router.Venues.Gateway;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Chimera.S4.Router.Tests.Orders;

/// <summary>The router as it is composed, on the in-memory bus and a SQLite file; only the venues are scripted, the clock is the test's, and the recurring jobs run when it says so.</summary>
sealed class RouterRig : IAsyncDisposable
{
    public static readonly CancellationToken Ever = CancellationToken.None;

    readonly string folder = Directory.CreateTempSubdirectory("s4-router-").FullName;
    readonly ServiceProvider services;
    readonly LaneWorkers workers;

    RouterRig(Action<IServiceCollection>? change)
    {
        Spot = new ScriptedVenue(Market.Spot, Clock);
        Futures = new ScriptedVenue(Market.Fut, Clock);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["S4_DATA_DIR"] = folder, ["S4_MAX_SPREAD_BPS"] = "1000", ["S4_MAX_SLIPPAGE_BPS"] = "1000" }).Build();
        var collection = new ServiceCollection();
        collection.AddLogging(logs => logs.ClearProviders()).AddSingleton<TimeProvider>(Clock);
        collection.AddStores(configuration).AddIntake(configuration).AddSingleton<RouteTable>().AddGates(configuration).AddOrders().AddGateway(configuration).AddSweep(configuration).AddDeadMan(configuration).AddShutdown(configuration).AddOps().AddLevers().AddAlerts().AddSingleton<StartupGate>().AddSingleton(Replica.New());
        collection.AddSingleton(Facts).AddSingleton<IMarketFacts>(Facts).AddSingleton<IVenue>(Spot).AddSingleton<IVenue>(Futures).AddSingleton(Settings.Requests).AddOptions<BinanceOptions>();
        collection.AddMessaging(configuration);
        collection.AddSingleton(Stub<IHostApplicationLifetime>.Of((method, _) => method.ReturnType == typeof(CancellationToken) ? CancellationToken.None : null));
        change?.Invoke(collection);
        services = collection.BuildServiceProvider();
        workers = ActivatorUtilities.CreateInstance<LaneWorkers>(services);
    }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());
    public ScriptedVenue Spot { get; }
    public ScriptedVenue Futures { get; }
    public ScriptedSettings Settings { get; } = new();
    public MarketFacts Facts { get; } = new();
    public IOrderStore Store => services.GetRequiredService<IOrderStore>();
    public EffectDispatcher Dispatcher => services.GetRequiredService<EffectDispatcher>();
    public IBusControl Bus => services.GetRequiredService<IBusControl>();
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<RouterRig> Start(Action<IServiceCollection>? change = null)
    {
        var rig = new RouterRig(change);
        foreach (var market in new[] { Market.Spot, Market.Fut })
        {
            rig.Facts.SetInstruments(market, [Bitcoin(market)]);
            rig.Facts.SetQuote(market, "BTCUSDT", new Quote([new BookLevel(99, 1)], [new BookLevel(101, 1)], rig.Clock.GetUtcNow()));
        }
        await rig.Bus.StartAsync();
        await rig.workers.StartAsync(Ever);
        return rig;
    }

    static Instrument Bitcoin(Market market) => new()
    {
        Market = market, Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", IsTrading = true, Prices = new PriceGrid(0.01m), Lots = new LotGrid(0.001m, 0.001m, 9000), MinNotional = 5,
    };

    public static OrderIntent Intent(string id, string type = "MARKET", decimal? price = null, decimal qty = 1) =>
        new() { IntentId = id, Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", Qty = qty, Type = type, Price = price };

    public static string ClientOrderIdOf(string intentId) => new ClientOrderId("s4", SagaIds.Of(intentId), 0, 0).ToString();

    public async Task Send<T>(T message, string queue = "s4-orders") where T : class => await (await Bus.GetSendEndpoint(new Uri($"exchange:{queue}"))).Send(message);
    public Task Ask(OrderIntent intent) => Send(intent, "s4-intents");
    public IRequestClient<T> Client<T>(string queue) where T : class => Bus.CreateRequestClient<T>(new Uri($"exchange:{queue}"), TimeSpan.FromSeconds(10));

    /// <summary>Tells an order a state of it, as the user stream would.</summary>
    public Task Report(string intentId, VenueOrderState state) => Send(VenueReports.Of(SagaIds.Of(intentId), Finding.Known(Finding.Stream, state.ClientOrderId, state)));

    public async Task<Order?> Order(string intentId) => await Store.Load(SagaIds.Of(intentId), Ever) is { } stored ? OrderDocument.Read(stored).Order : null;
    public async Task<int?> Version(string intentId) => (await Store.Load(SagaIds.Of(intentId), Ever))?.Version;
    public async Task<string[]> Pending(string intentId) => [.. (await Store.PendingEffects(SagaIds.Of(intentId), Ever)).Select(effect => effect.Kind)];
    public Task Until(string intentId, Func<Order, bool> holds) => Eventually.True(async () => await Order(intentId) is { } order && holds(order));

    public async Task Sweep() => await new OutboxSweepJob(Store, Dispatcher, Get<DispatchOptions>(), Get<Leaving>(), Get<ILogger<OutboxSweepJob>>()).Execute(null!, Ever);
    public async Task DeliverTimers() => await new TimerJob(Store, Get<BoundedSends>(), Get<Leaving>(), Get<RouterMetrics>(), Get<AlertBell>(), Get<ILogger<TimerJob>>()).Execute(null!, Ever);
    public async Task ReapTimers() => await new TimerReapJob(Store, Get<RouterMetrics>(), TimeProvider.System, Get<ILogger<TimerReapJob>>()).Execute(null!, Ever);

    public async ValueTask DisposeAsync()
    {
        // A test that has failed leaves requests behind that nobody answers.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await workers.StopAsync(patience.Token);
        await Bus.StopAsync(TimeSpan.FromSeconds(5));
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
