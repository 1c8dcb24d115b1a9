using System.Text.Json.Serialization;

namespace Chimera.S4.Contracts;

/// <summary>A row of <c>markouts</c>, append-only: where the market stood some time after a fill. A null mid has a reason; it is never a guess.</summary>
public sealed record MarkoutRecord
{
    /// <summary>Fill id and horizon, <c>…-5s</c>.</summary>
    [JsonPropertyName("_key")] public required string Key { get; init; }
    [JsonPropertyName("fill_id")] public required string FillId { get; init; }
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }
    [JsonPropertyName("client_order_id")] public required string ClientOrderId { get; init; }

    /// <summary>SPOT or FUT.</summary>
    [JsonPropertyName("market")] public required string Market { get; init; }
    [JsonPropertyName("symbol")] public required string Symbol { get; init; }

    /// <summary>BUY or SELL, of the fill.</summary>
    [JsonPropertyName("side")] public required string Side { get; init; }

    /// <summary>Quote units, of the fill.</summary>
    [JsonPropertyName("price"), JsonConverter(typeof(DecimalText))] public required decimal Price { get; init; }

    /// <summary>Seconds after the fill.</summary>
    [JsonPropertyName("horizon_s")] public required int HorizonS { get; init; }

    /// <summary>The instant that is asked about: fill and horizon, by S4's clock.</summary>
    [JsonPropertyName("due_at")] public required DateTimeOffset DueAt { get; init; }

    /// <summary>Quote units: middle of the book at <see cref="DueAt"/>; null: see <see cref="Reason"/>.</summary>
    [JsonPropertyName("mid"), JsonConverter(typeof(DecimalText))] public decimal? Mid { get; init; }

    /// <summary>When that book had been received. S4's clock; null with <see cref="Mid"/>.</summary>
    [JsonPropertyName("mid_at")] public DateTimeOffset? MidAt { get; init; }

    /// <summary>sign(side) · (mid − price) / price · 10⁴ in basis points, 4 digits, positive is a gain; null with <see cref="Mid"/>.</summary>
    [JsonPropertyName("markout_bps"), JsonConverter(typeof(DecimalText))] public decimal? MarkoutBps { get; init; }

    /// <summary>One of <see cref="MarkoutReasons"/> where there is no mid; null where there is one.</summary>
    [JsonPropertyName("reason")] public string? Reason { get; init; }
}

/// <summary>Why a markout has no mid.</summary>
public static class MarkoutReasons
{
    /// <summary>The replica that looked had not been following the market at that instant: it started later, or too long has passed.</summary>
    public const string NotWatched = "NOT_WATCHED";

    /// <summary>The latest book of that instant was older than <c>S4_QUOTE_MAX_AGE</c>.</summary>
    public const string Stale = "STALE_QUOTE";
}
