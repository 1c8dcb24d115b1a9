using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Sweep;

/// <summary>Sweeps every so often, one replica at a time: whoever holds the lease. When its holder dies another takes it over with its next try.</summary>
sealed class SweepLoop(
    ResidualSweep sweep, PositionSweep positions, ILeases leases, Replica replica, IEnumerable<IVenue> venues, StartupGate gate, SweepOptions options, TimeProvider clock, SweepMetrics metrics, AlertBell bell, ILogger<SweepLoop> log)
    : BackgroundService
{
    const string Lease = "residual-sweep";

    /// <summary>A venue that is away for a moment is nobody's business.</summary>
    const int MostIncomplete = 3;
    int incomplete;

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

    internal async Task Once(CancellationToken stop)
    {
        try
        {
            // Longer than the pause, so that the holder keeps it, and shorter than two, so that one that died is missed soon.
            if (!await leases.Hold(Lease, replica.Id, options.Every * 1.5, stop))
            {
                incomplete = 0;
                return;
            }
            var untold = new List<string>();
            foreach (var venue in venues.Where(venue => venue.StreamReconciledSince is not null))
                if (await sweep.Run(venue, stop) is null) untold.Add($"the open orders of {Words.Of(venue.Market)}");
            if (!await positions.Run(stop)) untold.Add("the futures positions");
            if (untold.Count == 0) incomplete = 0;
            else Incomplete($"the venue does not tell {string.Join(" and ", untold)}");
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "A residual sweep was not completed; the next one follows in {Every}", options.Every);
            Incomplete(failure.Message);
        }
    }

    void Incomplete(string why)
    {
        metrics.Failed();
        if (++incomplete >= MostIncomplete) bell.Raise(AlertCode.SweepFailed, Lease, $"{incomplete} residual sweeps in a row were not completed: {why}");
    }
}
