using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;

namespace Chimera.S4.Router.Journal;

/// <summary>Takes records to the journal: over <c>s4-journal</c> where a broker keeps them, else straight into it, since an in-memory bus keeps nothing.</summary>
public sealed class RecordWriter(BoundedSends sends, IJournal journal, BusOptions bus, JournalMetrics metrics, TimeProvider clock)
{
    /// <summary>How long the first of them waits for others. Nobody waits for a record, and a message costs the broker more than a row does.</summary>
    static readonly TimeSpan Gathers = TimeSpan.FromMilliseconds(25);

    readonly Lock gate = new();
    List<JournalBatch> waiting = [];
    Task? sending;

    /// <summary>Returns once the broker, or the journal, has it.</summary>
    public Task Write(JournalBatch batch, CancellationToken cancel)
    {
        if (!bus.IsDurable) return metrics.Write(journal, [batch], cancel);
        lock (gate)
        {
            waiting.Add(batch);
            return (sending ??= SendTogether()).WaitAsync(cancel);
        }
    }

    // Fails for all that it gathered, and each is tried again by whoever brought it: written twice ends the same.
    async Task SendTogether()
    {
        await Task.Delay(Gathers, clock);
        List<JournalBatch> gathered;
        lock (gate) (gathered, waiting, sending) = (waiting, [], null);
        await sends.Send(Queues.JournalExchange, JournalRows.Together(gathered), CancellationToken.None);
    }
}
