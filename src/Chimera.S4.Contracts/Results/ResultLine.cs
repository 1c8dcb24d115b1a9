using System.Text.Json.Serialization;

namespace Chimera.S4.Contracts;

/// <summary>One entry of <c>ord:results</c> (design §5): appended by the commit that made it true, so exactly once and in order.</summary>
public sealed record ResultLine
{
    /// <summary>Saga id and sequence: the same for every copy of the same line.</summary>
    [JsonPropertyName("result_id")] public required string ResultId { get; init; }

    /// <summary>As its sender named it.</summary>
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }

    /// <summary>From 1, without gaps, per intent.</summary>
    [JsonPropertyName("seq")] public required int Seq { get; init; }

    /// <summary>Of the intent: ACCEPTED, NEW, PARTIALLY_FILLED, FILLED, CANCELED, REJECTED, EXPIRED or UNKNOWN.</summary>
    [JsonPropertyName("status")] public required string Status { get; init; }

    /// <summary>Base units, of the intent; what protects it is not counted.</summary>
    [JsonPropertyName("filled_qty"), JsonConverter(typeof(DecimalText))] public required decimal FilledQty { get; init; }

    /// <summary>Quote units, 10 digits; null: nothing is filled.</summary>
    [JsonPropertyName("avg_price"), JsonConverter(typeof(DecimalText))] public decimal? AvgPrice { get; init; }

    /// <summary>sign(side) · (average price − mid at send) / mid at send · 10⁴ in basis points, 4 digits, positive is a cost; null: nothing is filled, or no mid was known.</summary>
    [JsonPropertyName("slippage_bps"), JsonConverter(typeof(DecimalText))] public decimal? SlippageBps { get; init; }

    /// <summary>A reason code; null: nothing to remark.</summary>
    [JsonPropertyName("code")] public string? Code { get; init; }

    /// <summary>The sequence of the final result that this one puts right; null for an ordinary line.</summary>
    [JsonPropertyName("corrects")] public int? Corrects { get; init; }

    /// <summary>When it was decided to tell it. S4's clock.</summary>
    [JsonPropertyName("ts")] public required DateTimeOffset Ts { get; init; }
}
