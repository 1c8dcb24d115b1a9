using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Levers;

/// <summary>Goes on with what was asked for and is not done, one replica at a time; when that one dies another takes over.</summary>
sealed class CancelAllLoop(CancelAllWorker worker, ILeases leases, Replica replica, StartupGate gate, TimeProvider clock, ILogger<CancelAllLoop> log) : BackgroundService
{
    const string Lease = "cancel-all";
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(1), Busy = TimeSpan.FromMilliseconds(250), Held = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await gate.BusStarted(stoppingToken);
            while (true) await Task.Delay(await Once(stoppingToken) ? Busy : Idle, clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    async Task<bool> Once(CancellationToken stop)
    {
        try
        {
            return await leases.Hold(Lease, replica.Id, Held, stop) && await worker.GoOn(stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "A cancel of everything did not get on; it is tried again");
            return false;
        }
    }
}
