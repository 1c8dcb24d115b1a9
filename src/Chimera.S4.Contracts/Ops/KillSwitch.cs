using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Turns the kill switch on or off, for every replica at once. Answered with <see cref="GatesView"/> once it is stored.</summary>
[EntityName("s4-set-kill-switch"), MessageUrn("s4-set-kill-switch")]
public sealed record SetKillSwitch
{
    /// <summary>ON or OFF.</summary>
    public required string State { get; init; }
    public required string Reason { get; init; }

    /// <summary>Who asked: the role of the key and the beginning of its digest.</summary>
    public required string By { get; init; }
}

/// <summary>Asks how the gates before new exposure stand. Answered with <see cref="GatesView"/>.</summary>
[EntityName("s4-get-gates"), MessageUrn("s4-get-gates")]
public sealed record GetGates;

/// <summary>The gates that all replicas share, as stored now.</summary>
[EntityName("s4-gates-view"), MessageUrn("s4-gates-view")]
public sealed record GatesView
{
    /// <summary>ON or OFF. ON: only what reduces, protects or cancels passes.</summary>
    [JsonPropertyName("kill_switch")] public required string KillSwitch { get; init; }
    [JsonPropertyName("breakers")] public required BreakerView[] Breakers { get; init; }
}

/// <summary>The circuit breaker of one venue.</summary>
public sealed record BreakerView
{
    [JsonPropertyName("market")] public required string Market { get; init; }

    /// <summary>CLOSED: new exposure passes. OPEN: it does not. HALF: a few probes do.</summary>
    [JsonPropertyName("state")] public required string State { get; init; }

    /// <summary>Answers of the window, and how many of them failed: 5xx, 429, 418, none at all.</summary>
    [JsonPropertyName("answers")] public required long Answers { get; init; }
    [JsonPropertyName("failures")] public required long Failures { get; init; }
    [JsonPropertyName("since")] public required DateTimeOffset Since { get; init; }
}
