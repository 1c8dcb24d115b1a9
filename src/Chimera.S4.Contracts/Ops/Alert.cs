using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>A condition that a person has to know of. Published once when it comes to be, and again only if it still holds after a while; the same is appended to the stream <c>alerts</c>.</summary>
[EntityName("s4-alert"), MessageUrn("s4-alert")]
public sealed record Alert
{
    [JsonPropertyName("alert_id")] public required Guid AlertId { get; init; }

    /// <summary>ERROR: trade is held up. FATAL: something is at risk, or can go no further, until a person acts.</summary>
    [JsonPropertyName("level")] public required string Level { get; init; }

    /// <summary>Stable; the name of its runbook page.</summary>
    [JsonPropertyName("code")] public required string Code { get; init; }

    /// <summary>Null: it is not about one intent.</summary>
    [JsonPropertyName("intent_id")] public string? IntentId { get; init; }
    [JsonPropertyName("text")] public required string Text { get; init; }

    /// <summary>Path in the project: what it means, what to look at, what to do.</summary>
    [JsonPropertyName("runbook")] public required string Runbook { get; init; }
    [JsonPropertyName("ts")] public required DateTimeOffset Ts { get; init; }
}

/// <summary>Reads the alerts that are kept. Answered with <see cref="AlertsPage"/>.</summary>
[EntityName("s4-list-alerts"), MessageUrn("s4-list-alerts")]
public sealed record ListAlerts
{
    /// <summary>Alerts after this position; null: from the oldest kept.</summary>
    public string? After { get; init; }

    /// <summary>1–1000 inclusive.</summary>
    public int Limit { get; init; } = 100;
}

[EntityName("s4-alerts-page"), MessageUrn("s4-alerts-page")]
public sealed record AlertsPage
{
    [JsonPropertyName("items")] public required Alert[] Items { get; init; }
    [JsonPropertyName("next_after")] public string? NextAfter { get; init; }
}
