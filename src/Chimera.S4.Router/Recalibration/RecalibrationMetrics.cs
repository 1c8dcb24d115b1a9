using System.Diagnostics.Metrics;

namespace Chimera.S4.Router.Recalibration;

/// <summary>What the daily job did.</summary>
public sealed class RecalibrationMetrics
{
    readonly Counter<long> revisions, refused, failed;

    public RecalibrationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RouterMetrics.MeterName);
        revisions = meter.CreateCounter<long>("s4.curves.revisions", description: "Revisions of router:curves that the recalibration has written, by symbol");
        refused = meter.CreateCounter<long>("s4.tca.refused", description: "Rows to learn from that could not be used");
        failed = meter.CreateCounter<long>("s4.recalibration.failed", description: "Recalibrations that were not completed");
    }

    public void Revision(string symbol) => revisions.Add(1, new KeyValuePair<string, object?>("symbol", symbol));
    public void Refused(int rows) => refused.Add(rows);
    public void Failed() => failed.Add(1);
}
