using Chimera.S4.Contracts;
using MassTransit;

namespace Chimera.S4.Router.Journal;

/// <summary>Writes records, off the latency path. While the database is away they wait in the queue.</summary>
public sealed class JournalBatchConsumer(IJournal journal, JournalMetrics metrics) : IConsumer<JournalBatch>
{
    public Task Consume(ConsumeContext<JournalBatch> context) => metrics.Write(journal, [context.Message], context.CancellationToken);
}
