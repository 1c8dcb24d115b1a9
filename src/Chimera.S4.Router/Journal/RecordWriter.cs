using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;

namespace Chimera.S4.Router.Journal;

/// <summary>Takes records to the journal: over <c>s4-journal</c> where a broker keeps them, else straight into it, since an in-memory bus keeps nothing.</summary>
public sealed class RecordWriter(BoundedSends sends, IJournal journal, BusOptions bus, JournalMetrics metrics)
{
    public Task Write(JournalBatch batch, CancellationToken cancel) =>
        bus.IsDurable ? sends.Send(Queues.JournalExchange, batch, cancel) : metrics.Write(journal, [batch], cancel);
}
