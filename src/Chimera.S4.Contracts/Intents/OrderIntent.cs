using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>What an upstream service wants done, once. One JSON shape on the bus (envelope or raw) and on REST (design §7).</summary>
/// <remarks>Words are text here and become types at intake, so that a wrong word is a denial that names it and never a poison message.</remarks>
[EntityName("order-intent"), MessageUrn("order-intent")]
public sealed record OrderIntent
{
    /// <summary>Idempotency key, 1–64 printable characters. The same id with the same content has the same result; with other content it is denied.</summary>
    [JsonPropertyName("intent_id")] public string? IntentId { get; init; }

    /// <summary>The nested form of spec §2.2, <c>intent.intent_id</c>. Used when the flat one is absent.</summary>
    [JsonPropertyName("intent")] public IntentHeader? Intent { get; init; }

    /// <summary>The key in whichever form it was given; null: missing, or not 1–64 printable ASCII characters.</summary>
    [JsonIgnore] public string? Id => (IntentId ?? Intent?.IntentId) is { Length: >= 1 and <= 64 } id && id.All(letter => letter is >= ' ' and <= '~') ? id : null;

    /// <summary><c>SPOT</c> or <c>FUT</c> (USDⓈ-M).</summary>
    [JsonPropertyName("market")] public string? Market { get; init; }

    /// <summary>Venue symbol, such as <c>BTCUSDT</c>.</summary>
    [JsonPropertyName("symbol")] public string? Symbol { get; init; }

    /// <summary><c>BUY</c> or <c>SELL</c>.</summary>
    [JsonPropertyName("side")] public string? Side { get; init; }

    /// <summary>Base-asset quantity, above zero. Rounded down to the lot grid, never up.</summary>
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public decimal? Qty { get; init; }

    /// <summary><c>MARKET</c> (default), <c>LIMIT</c>, <c>LIMIT_MAKER</c>, <c>STOP</c>, <c>TAKE_PROFIT</c>.</summary>
    [JsonPropertyName("type")] public string? Type { get; init; }

    /// <summary>Limit price on the tick grid; required for limit types, not allowed for <c>MARKET</c>.</summary>
    [JsonPropertyName("price"), JsonConverter(typeof(DecimalText))] public decimal? Price { get; init; }

    /// <summary>Trigger of <c>STOP</c> and <c>TAKE_PROFIT</c>.</summary>
    [JsonPropertyName("trigger_px"), JsonConverter(typeof(DecimalText))] public decimal? TriggerPx { get; init; }

    /// <summary><c>GTC</c> (default of limit types), <c>IOC</c>, <c>FOK</c>.</summary>
    [JsonPropertyName("time_in_force")] public string? TimeInForce { get; init; }

    /// <summary>True: may only shrink what is held.</summary>
    [JsonPropertyName("reduce_only")] public bool? ReduceOnly { get; init; }

    /// <summary>Not acted on at or after this instant. Null: <c>S4_INTENT_MAX_AGE</c> after publishing; reduce-only intents are exempt from that default.</summary>
    [JsonPropertyName("expires_at")] public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The earlier intent that this one takes the place of.</summary>
    [JsonPropertyName("replaces")] public IntentHeader? Replaces { get; init; }

    [JsonPropertyName("exec_policy")] public ExecPolicy? ExecPolicy { get; init; }
    [JsonPropertyName("post_fill_actions")] public PostFillActions? PostFillActions { get; init; }

    /// <summary>Fields that S4 does not know. Not empty: the intent is denied, since a misspelt <c>reduce_only</c> must not open a position.</summary>
    [JsonExtensionData] public UnknownFields? Unknown { get; init; }
}

/// <summary>An intent by its id.</summary>
public sealed record IntentHeader
{
    [JsonPropertyName("intent_id")] public string? IntentId { get; init; }
}

/// <summary>The fields of an intent that S4 does not know, by name.</summary>
/// <remarks>A type of its own, because MassTransit's serializer takes over every generic dictionary and then writes extension data as an object without a name, which nobody can read back.</remarks>
public sealed class UnknownFields : Dictionary<string, JsonElement>;
