using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Journal;

/// <summary>How far the record is behind. A store that holds the record itself writes it in the commit, and is never behind.</summary>
public sealed class JournalMetrics
{
    /// <summary>A refused write is repeated every second; what has not been for so long is another replica's by now.</summary>
    static readonly TimeSpan Repeats = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Waiting> waiting = new();
    readonly Counter<long> written;
    readonly TimeProvider clock;

    public JournalMetrics(IMeterFactory meters, TimeProvider clock)
    {
        this.clock = clock;
        var meter = meters.Create(RouterMetrics.MeterName);
        written = meter.CreateCounter<long>("s4.journal.written", description: "Messages of records that the database has taken outside of a commit");
        meter.CreateObservableGauge("s4.journal.lag", () => Lag.TotalSeconds, "s", "Age of the oldest batch of records that was to be written and is not written yet; 0: none waits");
    }

    /// <summary>Runs a write, and remembers what it could not write until it has been.</summary>
    public async Task Write(IJournal journal, IReadOnlyList<JournalBatch> batches, CancellationToken cancel)
    {
        foreach (var batch in batches) waiting[Key(batch)] = new Waiting(At(batch), clock.GetUtcNow());
        try
        {
            await journal.Write(batches, cancel);
            written.Add(batches.Count);
        }
        // It never will be: it waits in the error queue for a person.
        catch (JournalRefusedException)
        {
            Forget();
            throw;
        }
        Forget();

        void Forget()
        {
            foreach (var batch in batches) waiting.TryRemove(Key(batch), out _);
        }
    }

    /// <param name="Of">When what it tells happened.</param>
    sealed record Waiting(DateTimeOffset Of, DateTimeOffset Tried);

    internal TimeSpan Lag
    {
        get
        {
            var now = clock.GetUtcNow();
            foreach (var (key, entry) in waiting)
                if (now - entry.Tried > Repeats) waiting.TryRemove(new(key, entry));
            return waiting.Values.Select(entry => now - entry.Of).DefaultIfEmpty().Max() is { Ticks: > 0 } lag ? lag : TimeSpan.Zero;
        }
    }

    static string Key(JournalBatch batch) => batch.Orders.FirstOrDefault() is { } order ? $"{order.Key}:{order.Seq}" : batch.Events.FirstOrDefault()?.Key ?? batch.Markouts.FirstOrDefault()?.Key ?? batch.IntentId;

    DateTimeOffset At(JournalBatch batch) => batch.Orders.Select(order => order.UpdatedAt).Concat(batch.Events.Select(told => told.Timestamp)).DefaultIfEmpty(clock.GetUtcNow()).Max();
}
