using System.Text.Json.Serialization;

namespace Chimera.S4.Contracts;

/// <summary>One entry of <c>ord:results</c> (design §5): appended by the commit that made it true, so exactly once and in order.</summary>
public sealed record ResultLine
{
    /// <summary>Saga id and sequence: the same for every copy of the same line.</summary>
    [JsonPropertyName("result_id")] public required string ResultId { get; init; }
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }

    /// <summary>From 1, without gaps, per intent.</summary>
    [JsonPropertyName("seq")] public required int Seq { get; init; }
    [JsonPropertyName("status")] public required string Status { get; init; }
    [JsonPropertyName("filled_qty"), JsonConverter(typeof(DecimalText))] public required decimal FilledQty { get; init; }
    [JsonPropertyName("avg_price"), JsonConverter(typeof(DecimalText))] public decimal? AvgPrice { get; init; }
    [JsonPropertyName("slippage_bps"), JsonConverter(typeof(DecimalText))] public decimal? SlippageBps { get; init; }
    [JsonPropertyName("code")] public string? Code { get; init; }

    /// <summary>The sequence of the final result that this one puts right; null for an ordinary line.</summary>
    [JsonPropertyName("corrects")] public int? Corrects { get; init; }
    [JsonPropertyName("ts")] public required DateTimeOffset Ts { get; init; }
}
