using System.Diagnostics.Metrics;

namespace Chimera.S4.Router.Tests.Ops;

/// <summary>What the instruments of one factory were told: sums for counters, the last word for gauges, by name and tags.</summary>
sealed class Measured : IDisposable
{
    readonly MeterListener listener = new();
    readonly Dictionary<string, double> values = [];
    readonly Lock gate = new();

    public Measured(IMeterFactory scope)
    {
        listener.InstrumentPublished = (instrument, watched) =>
        {
            if (instrument.Meter.Scope == scope) watched.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.Name;
        foreach (var tag in tags) key += $" {tag.Value}";
        var adds = instrument is Counter<long> or Counter<double> or Histogram<double>;
        lock (gate) values[key] = value + (adds ? values.GetValueOrDefault(key) : 0);
    }

    /// <param name="key">Name, then the values of the tags, separated by blanks. Null: never told.</param>
    public double? this[string key]
    {
        get
        {
            listener.RecordObservableInstruments();
            lock (gate) return values.TryGetValue(key, out var value) ? value : null;
        }
    }

    public void Dispose() => listener.Dispose();
}
