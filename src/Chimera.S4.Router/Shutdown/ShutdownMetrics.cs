using System.Diagnostics.Metrics;

namespace Chimera.S4.Router.Shutdown;

/// <summary>What an orderly end has done and what it has left.</summary>
public sealed class ShutdownMetrics
{
    readonly Counter<long> makers, effects;

    public ShutdownMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RouterMetrics.MeterName);
        makers = meter.CreateCounter<long>("s4.shutdown.makers", description: "Makers that rested when the last replica left, by outcome: canceled, ended by themselves, or left");
        effects = meter.CreateCounter<long>("s4.shutdown.effects_left", description: "Effects in hand that were not carried out within the bound; they are pending in the store");
    }

    public void Withdrew(Withdrawn withdrawn)
    {
        makers.Add(withdrawn.Canceled, new KeyValuePair<string, object?>("outcome", "canceled"));
        makers.Add(withdrawn.Ended, new KeyValuePair<string, object?>("outcome", "ended"));
        makers.Add(withdrawn.Left.Count, new KeyValuePair<string, object?>("outcome", "left"));
    }

    public void LeftEffects(int count) => effects.Add(count);
}
