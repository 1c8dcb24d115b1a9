using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Asks every live intent to end, or those of a market or a symbol. What protects a quantity that is held stays. Answered with <see cref="CancelAllProgress"/> once all have been asked.</summary>
[EntityName("s4-cancel-all"), MessageUrn("s4-cancel-all")]
public sealed record CancelAll
{
    /// <summary>SPOT or FUT; null: both.</summary>
    public string? Market { get; init; }

    /// <summary>Null: every symbol.</summary>
    public string? Symbol { get; init; }
    public required string Reason { get; init; }

    /// <summary>Who asked: the role of the key and the beginning of its digest.</summary>
    public required string By { get; init; }
}

/// <summary>Asks how far the last <see cref="CancelAll"/> has come. Answered with <see cref="CancelAllProgress"/>.</summary>
[EntityName("s4-get-cancel-all"), MessageUrn("s4-get-cancel-all")]
public sealed record GetCancelAll;

/// <summary>How far the last cancel of everything has come.</summary>
[EntityName("s4-cancel-all-progress"), MessageUrn("s4-cancel-all-progress")]
public sealed record CancelAllProgress
{
    /// <summary>Null: none was ever asked for.</summary>
    [JsonPropertyName("request_id")] public Guid? RequestId { get; init; }
    [JsonPropertyName("at")] public DateTimeOffset? At { get; init; }
    [JsonPropertyName("by")] public string? By { get; init; }
    [JsonPropertyName("reason")] public string? Reason { get; init; }
    [JsonPropertyName("market")] public string? Market { get; init; }
    [JsonPropertyName("symbol")] public string? Symbol { get; init; }

    /// <summary>Intents that were asked to end.</summary>
    [JsonPropertyName("asked")] public int Asked { get; init; }

    /// <summary>Those of them that have not ended yet. What only protects any more is not counted.</summary>
    [JsonPropertyName("left")] public int Left { get; init; }
}
