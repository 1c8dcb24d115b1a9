using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Ends what is alive of an intent, named by exactly one of the three ids (spec §2.3, design §7).</summary>
[EntityName("order-cancel"), MessageUrn("order-cancel")]
public sealed record CancelRequest
{
    [JsonPropertyName("intent_id")] public string? IntentId { get; init; }
    [JsonPropertyName("client_order_id")] public string? ClientOrderId { get; init; }

    /// <summary>Venue order id; needs <c>market</c> and <c>symbol</c>, because order ids repeat between symbols.</summary>
    [JsonPropertyName("order_id")] public string? OrderId { get; init; }

    [JsonPropertyName("market")] public string? Market { get; init; }
    [JsonPropertyName("symbol")] public string? Symbol { get; init; }

    /// <summary>Default true. False on a native list is denied: the venue itself ends the other leg.</summary>
    [JsonPropertyName("cascade_oco")] public bool? CascadeOco { get; init; }

    /// <summary><c>[A-Z_]{1,32}</c>, such as <c>REBALANCE</c>, <c>RISK</c>, <c>ORPHAN</c>; kept in the record.</summary>
    [JsonPropertyName("reason")] public string? Reason { get; init; }
}
