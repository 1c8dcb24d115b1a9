using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Asks a router how it is. Answered with <see cref="HealthReport"/>.</summary>
[EntityName("s4-get-health"), MessageUrn("s4-get-health")]
public sealed record GetHealth;

/// <summary>Spec §2.1: DOWN is HTTP 503, OK and DEGRADED are 200.</summary>
[EntityName("s4-health-report"), MessageUrn("s4-health-report")]
public sealed record HealthReport
{
    /// <summary>OK, DEGRADED or DOWN: the worst of the checks.</summary>
    [JsonPropertyName("status")] public required string Status { get; init; }

    /// <summary>redis, arango, exch (whose detail has the last residual sweep's Jaccard ratio, once there was one), cb_state, route_rev, bus.</summary>
    [JsonPropertyName("checks")] public required HealthCheck[] Checks { get; init; }
}

public sealed record HealthCheck
{
    [JsonPropertyName("name")] public required string Name { get; init; }
    [JsonPropertyName("status")] public required string Status { get; init; }
    [JsonPropertyName("detail"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Detail { get; init; }
}

/// <summary>Reads the newest lines of the results stream (<c>ord:results</c>). Answered with <see cref="ResultsPage"/>.</summary>
[EntityName("s4-list-results"), MessageUrn("s4-list-results")]
public sealed record ListResults
{
    /// <summary>Lines after this position; null: from the oldest kept.</summary>
    public string? After { get; init; }

    /// <summary>1–1000 inclusive.</summary>
    public int Limit { get; init; } = 100;
}

[EntityName("s4-results-page"), MessageUrn("s4-results-page")]
public sealed record ResultsPage
{
    [JsonPropertyName("items")] public required ResultLine[] Items { get; init; }
    [JsonPropertyName("next_after")] public string? NextAfter { get; init; }
}
