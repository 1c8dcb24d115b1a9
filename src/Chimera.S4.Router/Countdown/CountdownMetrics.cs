using System.Diagnostics.Metrics;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Countdown;

/// <summary>How the dead-man's switch stands.</summary>
public sealed class CountdownMetrics
{
    readonly Gauge<long> armed;
    readonly Counter<long> looks;

    public CountdownMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RouterMetrics.MeterName);
        armed = meter.CreateGauge<long>("s4.dead_man.armed", description: "1 while the venue counts down for the symbol, else 0");
        looks = meter.CreateCounter<long>("s4.dead_man.looks", description: "Looks at whether a symbol's countdown may run, by symbol and outcome");
    }

    public void Looked(string symbol, DeadMan state)
    {
        var of = new KeyValuePair<string, object?>("symbol", symbol);
        armed.Record(state is DeadMan.Armed ? 1 : 0, of);
        looks.Add(1, of, new("outcome", state.ToString()));
    }
}
