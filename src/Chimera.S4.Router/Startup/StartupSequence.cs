using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues;
using MassTransit;

namespace Chimera.S4.Router.Startup;

/// <summary>
/// Starts in the order that the promise needs (design §3): store, identity, instruments, then the bus, then the streams reconcile, and only then anything is placed.
/// Whatever is not there yet is waited for: intents wait in their queue rather than being denied for a cold start.
/// </summary>
public sealed class StartupSequence(
    IOrderStore store, DeploymentIdentity identity, IMarketFacts facts, IEnumerable<IVenue> venues, IFuturesRequests futures, IBusDepot buses,
    StartupGate gate, AlertBell bell, IHostApplicationLifetime life, TimeProvider clock, ILogger<StartupSequence> log)
    : BackgroundService
{
    // Asking for the position mode is dear (weight 30).
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100), PositionModeLook = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            await Until("the store answers", StoreAnswers, stop);
            await ClaimIdentity(stop);
            if (await store.ReturnParkedTimers(stop) is > 0 and var parked) log.LogWarning("{Count} parked timers are due again: this build may read them", parked);
            foreach (var venue in venues) await Until($"the instrument list of {venue.Market} is read", _ => Task.FromResult(facts.HasInstruments(venue.Market)), stop);
            await Until("the position mode of the futures account is read", IsOneWay, stop, PositionModeLook);
            gate.Enter("starting the bus");
            await buses.Start(stop);
            gate.MarkBusStarted();
            foreach (var venue in venues) await Until($"the user stream of {venue.Market} is reconciled", _ => Task.FromResult(venue.StreamReconciledSince is not null), stop);
            gate.Enter(StartupGate.Ready);
            log.LogInformation("Ready");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            bell.Raise(AlertCode.StartFailed, identity.Text, $"the start failed: {failure.Message}");
            log.LogCritical(failure, "The start failed: {Reason}", failure.Message);
            Environment.ExitCode = 1;
            life.StopApplication();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await buses.Stop(cancellationToken);
    }

    async Task<bool> StoreAnswers(CancellationToken stop)
    {
        try
        {
            await store.Ping(stop);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    async Task ClaimIdentity(CancellationToken stop)
    {
        var stored = await store.ClaimDeployment(identity.Text, stop);
        if (stored != identity.Text)
            throw new InvalidOperationException($"this store belongs to '{stored}', but the configuration says '{identity.Text}': orders of one account must not be mixed with another's. Use another store, or the old configuration");
    }

    /// <summary>In hedge mode every order would have to name a side, and closing would be able to open.</summary>
    async Task<bool> IsOneWay(CancellationToken stop)
    {
        var mode = await futures.PositionMode(stop);
        if (mode.IsHedge is true)
            throw new InvalidOperationException(
                "the futures account is in hedge mode, and S4 trades in one-way mode only: close its futures positions and orders, set its position mode to one-way, and start again");
        return mode.IsHedge is false;
    }

    async Task Until(string what, Func<CancellationToken, Task<bool>> holds, CancellationToken stop, TimeSpan? pace = null)
    {
        gate.Enter($"waiting until {what}");
        for (var looks = 0; !await holds(stop); looks++)
        {
            if (looks == (pace is null ? 20 : 2)) log.LogWarning("Still waiting until {What}", what);
            await Task.Delay(pace ?? Look, clock, stop);
        }
    }
}

/// <summary>Venue, network and account of this deployment, as stored at its first start. Holds no secret.</summary>
public sealed record DeploymentIdentity(string Text);
