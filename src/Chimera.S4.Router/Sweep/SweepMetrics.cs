using System.Diagnostics.Metrics;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Sweep;

/// <summary>What the sweeps have found.</summary>
public sealed class SweepMetrics
{
    readonly Counter<long> failed, mismatches;
    readonly Gauge<double> consistency;
    readonly Gauge<long> orders;

    public SweepMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RouterMetrics.MeterName);
        consistency = meter.CreateGauge<double>("s4.sweep.jaccard", description: "Open orders with our prefix at the venue and those believed open: the share that is both, before repair; 1 where there is neither");
        orders = meter.CreateGauge<long>("s4.sweep.orders", description: "What the last residual sweep found, by market and kind");
        failed = meter.CreateCounter<long>("s4.sweep.failed", description: "Residual sweeps that were not completed");
        mismatches = meter.CreateCounter<long>("s4.sweep.position_mismatch", description: "Looks at a futures position that is smaller than what live intents hold");
    }

    public void Found(MarketSweep found)
    {
        var market = new KeyValuePair<string, object?>("market", found.Market);
        consistency.Record((double)found.Jaccard, market);
        foreach (var (kind, count) in new[]
                 {
                     ("open", found.Open), ("believed", found.BelievedOpen), ("foreign", found.Foreign), ("orphan", found.Orphans), ("young", found.Young), ("told", found.Told), ("missing", found.Missing),
                     ("overdue", found.Overdue), ("unreadable", found.Unreadable),
                 })
            orders.Record(count, market, new("kind", kind));
    }

    public void Failed() => failed.Add(1);
    public void PositionMismatch(string symbol) => mismatches.Add(1, new KeyValuePair<string, object?>("symbol", symbol));
}
