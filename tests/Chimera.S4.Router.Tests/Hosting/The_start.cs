using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Stores;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Hosting;

public sealed class The_start : IAsyncLifetime
{
    readonly SqliteBackend backend = new();
    readonly StartupGate gate = new();
    readonly MarketFacts facts = new();
    readonly ScriptedVenue spot = new(Market.Spot, TimeProvider.System), futures = new(Market.Fut, TimeProvider.System);
    readonly ScriptedSettings settings = new();
    readonly StartupSequence start;
    volatile bool storeIsAway, busStarted, stopped;

    public The_start()
    {
        var store = Stub<IOrderStore>.Of((method, _) => storeIsAway && method.Name == nameof(IOrderStore.Ping) ? Task.FromException(new StoreUnavailableException("away")) : Stub.PassOn, backend.Orders);
        var buses = Stub<IBusDepot>.Of((method, _) =>
        {
            busStarted = method.Name == nameof(IBusDepot.Start);
            return Task.CompletedTask;
        });
        var life = Stub<IHostApplicationLifetime>.Of((method, _) =>
        {
            stopped |= method.Name == nameof(IHostApplicationLifetime.StopApplication);
            return null;
        });
        start = new StartupSequence(store, new DeploymentIdentity("paper"), facts, [spot, futures], settings.Requests, buses, gate, new AlertBell(new RouterMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>())), life, TimeProvider.System, NullLogger<StartupSequence>.Instance);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await start.StopAsync(CancellationToken.None);
        await backend.DisposeAsync();
    }

    Task Waits(string until) => Eventually.True(() => gate.Stage == $"waiting until {until}");

    [Fact]
    public async Task Waits_for_store_instruments_and_streams_in_that_order()
    {
        (storeIsAway, spot.StreamReconciledSince, futures.StreamReconciledSince) = (true, null, null);
        await start.StartAsync(CancellationToken.None);
        await Waits("the store answers");
        storeIsAway = false;
        await Waits("the instrument list of Spot is read");
        facts.SetInstruments(Market.Spot, []);
        await Waits("the instrument list of Fut is read");
        Assert.False(busStarted);                                 // intents wait in their queue rather than being denied
        settings.IsHedge = null;
        facts.SetInstruments(Market.Fut, []);
        await Waits("the position mode of the futures account is read");
        Assert.False(busStarted);
        settings.IsHedge = false;
        await Waits("the user stream of Spot is reconciled");
        Assert.True(busStarted);                                  // reconciling needs it
        await gate.BusStarted(CancellationToken.None);
        spot.StreamReconciledSince = TimeProvider.System.GetUtcNow();
        await Waits("the user stream of Fut is reconciled");
        Assert.False(gate.IsReady);
        futures.StreamReconciledSince = TimeProvider.System.GetUtcNow();
        await Eventually.True(() => gate.IsReady);
        Assert.False(stopped);
    }

    [Fact]
    public async Task Takes_its_own_store_again()
    {
        foreach (var market in new[] { Market.Spot, Market.Fut }) facts.SetInstruments(market, []);
        await backend.Orders.ClaimDeployment("paper", Given.Ever);
        await start.StartAsync(CancellationToken.None);
        await Eventually.True(() => gate.IsReady);
    }

    [Fact]
    public async Task Refuses_an_account_in_hedge_mode()
    {
        foreach (var market in new[] { Market.Spot, Market.Fut }) facts.SetInstruments(market, []);
        settings.IsHedge = true;
        await start.StartAsync(CancellationToken.None);
        await Eventually.True(() => stopped);
        Assert.False(busStarted);
        Environment.ExitCode = 0;                                 // the start sets it, and here it would be the test run's own
    }

    [Fact]
    public async Task Refuses_the_store_of_another_account()
    {
        var folder = Directory.CreateTempSubdirectory("s4-other-").FullName;
        using (var database = new SqliteDatabase(new DataOptions { Dir = folder }, TimeProvider.System))
            await new SqliteOrderStore(database, true).ClaimDeployment("binance testnet account 0123456789ab", Given.Ever);
        await using (var router = new RouterProcess(("S4_DATA_DIR", folder)))
        {
            Assert.Equal(1, await router.Exit());
            Assert.Contains("this store belongs to 'binance testnet account 0123456789ab', but the configuration says 'paper'", router.Output, StringComparison.Ordinal);
            Assert.Contains("Use another store, or the old configuration", router.Output, StringComparison.Ordinal);
        }
        Directory.Delete(folder, recursive: true);
    }
}
