using System.Diagnostics.Metrics;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router;

/// <summary>What the broker says of our queues. On the in-memory bus there is nothing to tell.</summary>
public sealed class QueueMetrics
{
    readonly Gauge<long> messages, consumers, failed;

    public QueueMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RouterMetrics.MeterName);
        messages = meter.CreateGauge<long>("s4.queue.messages", description: "Messages that wait in a queue, by queue");
        consumers = meter.CreateGauge<long>("s4.queue.consumers", description: "Consumers of a queue, by queue");
        failed = meter.CreateGauge<long>("s4.queue.failed", description: "Messages in the _error and _skipped queues of a queue, which must stay empty, by queue");
    }

    public void Found(QueueView seen)
    {
        var of = new KeyValuePair<string, object?>("queue", seen.Name);
        messages.Record(seen.Ready, of);
        consumers.Record(seen.Consumers, of);
        failed.Record(seen.Errors, of);
    }
}
