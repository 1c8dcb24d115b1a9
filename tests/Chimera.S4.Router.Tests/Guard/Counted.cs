using System.Diagnostics.Metrics;
using Chimera.S4.Router.Tests.Orders;

namespace Chimera.S4.Router.Tests.Guard;

/// <summary>What one counter of a rig has come to.</summary>
sealed class Counted : IDisposable
{
    readonly MeterListener listener = new();
    long total;

    public Counted(RouterRig rig, string name)
    {
        var scope = rig.Get<IMeterFactory>();
        listener.InstrumentPublished = (instrument, watched) =>
        {
            // Rigs run beside each other.
            if (instrument.Name == name && instrument.Meter.Scope == scope) watched.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref total, value));
        listener.Start();
    }

    public long Total => Interlocked.Read(ref total);
    public void Dispose() => listener.Dispose();
}
