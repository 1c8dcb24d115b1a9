using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Asks what waits in the broker. Answered with <see cref="QueuesView"/>.</summary>
[EntityName("s4-get-queues"), MessageUrn("s4-get-queues")]
public sealed record GetQueues;

/// <summary>The router's queues as it last saw them, a few seconds ago at most.</summary>
[EntityName("s4-queues-view"), MessageUrn("s4-queues-view")]
public sealed record QueuesView
{
    /// <summary>RABBITMQ; or MEMORY, where nothing waits outside the process and no queue is told of.</summary>
    [JsonPropertyName("bus")] public required string Bus { get; init; }
    [JsonPropertyName("queues")] public required QueueView[] Queues { get; init; }

    /// <summary>What is wrong: a queue without a consumer, or a broker that does not answer; null: nothing.</summary>
    [JsonPropertyName("problem")] public string? Problem { get; init; }
}

public sealed record QueueView
{
    [JsonPropertyName("name")] public required string Name { get; init; }

    /// <summary>Messages that nobody has taken yet.</summary>
    [JsonPropertyName("ready")] public required long Ready { get; init; }
    [JsonPropertyName("consumers")] public required long Consumers { get; init; }

    /// <summary>Messages in its <c>_error</c> and <c>_skipped</c> queues, which must stay empty.</summary>
    [JsonPropertyName("errors")] public required long Errors { get; init; }
}
