using System.Text.Json.Serialization;

namespace Chimera.S4.Contracts;

/// <summary>Where an intent stands (spec §2.2, design §7): the REST answer, and the content of replies.</summary>
public sealed record OrderResult
{
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }

    /// <summary>ACCEPTED, NEW, PARTIALLY_FILLED, FILLED, CANCELED, REJECTED, EXPIRED or UNKNOWN.</summary>
    [JsonPropertyName("status")] public required string Status { get; init; }

    /// <summary>True: nothing of the intent is alive at the venue or in a timer, and no later result but a correction follows.</summary>
    [JsonPropertyName("final")] public bool Final { get; init; }

    [JsonPropertyName("order_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? OrderId { get; init; }
    [JsonPropertyName("client_order_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ClientOrderId { get; init; }
    [JsonPropertyName("oco_legs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OcoLeg[]? OcoLegs { get; init; }
    [JsonPropertyName("filled_qty"), JsonConverter(typeof(DecimalText))] public decimal FilledQty { get; init; }

    /// <summary>Volume-weighted price of the fills; null while nothing is filled.</summary>
    [JsonPropertyName("avg_price"), JsonConverter(typeof(DecimalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public decimal? AvgPrice { get; init; }

    /// <summary>sign(side) · (VWAP − mid at send) / mid at send · 10⁴; positive is a cost. Null while nothing is filled or when no mid was known.</summary>
    [JsonPropertyName("slippage_bps"), JsonConverter(typeof(DecimalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public decimal? SlippageBps { get; init; }

    /// <summary>What was asked, where <c>code</c> is QTY_ROUNDED; else absent.</summary>
    [JsonPropertyName("qty_requested"), JsonConverter(typeof(DecimalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public decimal? QtyRequested { get; init; }

    /// <summary>Stable code of a denial, a rejection or a remark; the table is in the Orders README.</summary>
    [JsonPropertyName("code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Code { get; init; }

    /// <summary>ROUTER: denied by S4. VENUE: rejected by the exchange.</summary>
    [JsonPropertyName("rejected_by"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RejectedBy { get; init; }

    [JsonPropertyName("message"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Message { get; init; }
}

/// <summary>One exit of an OCO at the venue.</summary>
public sealed record OcoLeg
{
    [JsonPropertyName("order_id")] public string? OrderId { get; init; }
    [JsonPropertyName("client_order_id")] public required string ClientOrderId { get; init; }
    [JsonPropertyName("type")] public required string Type { get; init; }

    /// <summary>Of a stop the trigger price; null: at market.</summary>
    [JsonPropertyName("price"), JsonConverter(typeof(DecimalText))] public decimal? Price { get; init; }

    /// <summary>PENDING_NEW before the venue is heard, then its own word.</summary>
    [JsonPropertyName("status")] public required string Status { get; init; }
}
