using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Quartz;

namespace Chimera.S4.Router.Recalibration;

/// <summary>Once a day, by whichever replica comes first. It looks more often, so that a day is not lost when nobody was up at its hour.</summary>
[DisallowConcurrentExecution]
sealed class RecalibrationJob(
    CurveRecalibration work, RecalibrationDays days, ILeases leases, Replica replica, RecalibrationOptions options, TimeProvider clock, RecalibrationMetrics metrics, ILogger<RecalibrationJob> log) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    const string Lease = "recalibration";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancel) => await Look(cancel);

    internal async Task Look(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (options.At is not { } at || now.TimeOfDay < at || days.Last == today) return;
        try
        {
            // A document that says of itself that the day is done is what keeps it from being done twice; the lease only spares the others the reading.
            if (!await leases.Hold(Lease, replica.Id, Every, cancel)) return;
            Tell(await work.Run(today, dryRun: false, cancel));
            days.Last = today;
        }
        catch (StoreUnavailableException away)
        {
            metrics.Failed();
            log.LogWarning("The curves were not recalibrated, and will be within {Every}: {Why}", Every, away.Message);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            metrics.Failed();
            log.LogError(failure, "The curves were not recalibrated; the next look follows in {Every}", Every);
        }
    }

    void Tell(RecalibrationReport report)
    {
        foreach (var symbol in report.Symbols) log.LogInformation("Curves of {Symbol} from {Legs} legs: {Said}", symbol.Symbol, symbol.Rows.Count, string.Join("; ", symbol.Said));
        if (report.Refused.Count > 0)
            log.LogWarning("{Count} rows of {Source} could not be learnt from, such as {Examples}", report.Refused.Count, report.Source, string.Join("; ", report.Refused.Take(3).Select(one => $"{one.Row}: {one.Why}")));
    }
}

/// <summary>The last day that this process has seen to; a job lives no longer than its turn.</summary>
sealed class RecalibrationDays
{
    public DateOnly? Last { get; set; }
}
