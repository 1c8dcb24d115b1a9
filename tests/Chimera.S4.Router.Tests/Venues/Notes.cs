using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Keeps what was logged.</summary>
sealed class NotingLog : ILogger
{
    readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    /// <summary>The levels of the lines that hold this text, in order.</summary>
    public LogLevel[] Of(string text) => [.. lines.Where(line => line.Text.Contains(text, StringComparison.Ordinal)).Select(line => line.Level)];

    public bool IsEnabled(LogLevel logLevel) => true;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((logLevel, formatter(state, exception)));
}

/// <summary>What the adapter counts while it lives, by instrument and word or event. Other tests may count at the same time.</summary>
sealed class NotedCounts : IDisposable
{
    readonly ConcurrentQueue<(string Instrument, string? Word)> counts = new();
    readonly MeterListener listener;

    public NotedCounts()
    {
        listener = new() { InstrumentPublished = (instrument, self) => { if (instrument.Name.StartsWith("s4.venue.", StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            foreach (var tag in tags) if (tag.Key is "word" or "event") counts.Enqueue((instrument.Name, tag.Value as string));
        });
        listener.Start();
    }

    public IReadOnlyCollection<(string Instrument, string? Word)> All => counts;

    public void Dispose() => listener.Dispose();
}
