using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Sweep;

/// <summary>Sweeps every so often, one replica at a time: whoever holds the lease. When its holder dies another takes it over with its next try.</summary>
sealed class SweepLoop(
    ResidualSweep sweep, PositionSweep positions, ILeases leases, Replica replica, IEnumerable<IVenue> venues, StartupGate gate, SweepOptions options, TimeProvider clock, SweepMetrics metrics, ILogger<SweepLoop> log)
    : BackgroundService
{
    const string Lease = "residual-sweep";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await gate.BusStarted(stoppingToken);
            while (true)
            {
                // Not before the start's own look, which this one would only repeat.
                await Task.Delay(options.Every, clock, stoppingToken);
                await Once(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    async Task Once(CancellationToken stop)
    {
        try
        {
            // Longer than the pause, so that the holder keeps it, and shorter than two, so that one that died is missed soon.
            if (!await leases.Hold(Lease, replica.Id, options.Every * 1.5, stop)) return;
            foreach (var venue in venues.Where(venue => venue.StreamReconciledSince is not null)) await sweep.Run(venue, stop);
            await positions.Run(stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            metrics.Failed();
            log.LogError(failure, "A residual sweep was not completed; the next one follows in {Every}", options.Every);
        }
    }
}
