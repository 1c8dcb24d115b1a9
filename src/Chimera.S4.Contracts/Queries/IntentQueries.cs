using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Reads one intent. Answered with <see cref="IntentView"/> or <see cref="IntentNotFound"/>.</summary>
[EntityName("s4-get-intent"), MessageUrn("s4-get-intent")]
public sealed record GetIntent
{
    public required string IntentId { get; init; }
}

[EntityName("s4-intent-view"), MessageUrn("s4-intent-view")]
public sealed record IntentView
{
    [JsonPropertyName("result")] public required OrderResult Result { get; init; }
    [JsonPropertyName("intent")] public required IntentSummary Intent { get; init; }

    /// <summary>In the order in which it happened. Of a very long life the middle may be missing; the record has it all.</summary>
    [JsonPropertyName("timeline")] public required TimelineEntry[] Timeline { get; init; }
}

/// <summary>One step in the life of an intent.</summary>
public sealed record TimelineEntry
{
    /// <summary>S4's clock; of a fill the venue's.</summary>
    [JsonPropertyName("at")] public required DateTimeOffset At { get; init; }

    /// <summary>RECEIVED, DECIDED, SENT, ACKNOWLEDGED, FILL, ENDED; an event of the record; or a status of the intent.</summary>
    [JsonPropertyName("what")] public required string What { get; init; }

    /// <summary>The order that it is about; absent: it is about the intent.</summary>
    [JsonPropertyName("client_order_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ClientOrderId { get; init; }
    [JsonPropertyName("detail"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Detail { get; init; }
}

[EntityName("s4-intent-not-found"), MessageUrn("s4-intent-not-found")]
public sealed record IntentNotFound
{
    public required string IntentId { get; init; }
}

/// <summary>Lists intents, newest first. Answered with <see cref="IntentPage"/>.</summary>
[EntityName("s4-list-intents"), MessageUrn("s4-list-intents")]
public sealed record ListIntents
{
    /// <summary>Wire status; null: any.</summary>
    public string? State { get; init; }
    public string? Symbol { get; init; }
    public string? Market { get; init; }

    /// <summary>Created at or after; null: no bound.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>1–500 inclusive.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Where the page before ended; null: from the newest.</summary>
    public string? Cursor { get; init; }
}

[EntityName("s4-intent-page"), MessageUrn("s4-intent-page")]
public sealed record IntentPage
{
    [JsonPropertyName("items")] public required IntentSummary[] Items { get; init; }

    /// <summary>Null on the last page.</summary>
    [JsonPropertyName("next_cursor")] public string? NextCursor { get; init; }
}

/// <summary>A line of the blotter.</summary>
public sealed record IntentSummary
{
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }
    [JsonPropertyName("market")] public required string Market { get; init; }
    [JsonPropertyName("symbol")] public required string Symbol { get; init; }
    [JsonPropertyName("side")] public required string Side { get; init; }
    [JsonPropertyName("type")] public required string Type { get; init; }

    /// <summary>What it asks for beyond one order: TWAP, MAKER_THEN_TAKER, OCO, GUARD_STOP, POST_FILL_ACTIONS, REPLACES, joined by <c>+</c>; null: nothing, or a line of before it was kept.</summary>
    [JsonPropertyName("policy")] public string? Policy { get; init; }
    [JsonPropertyName("status")] public required string Status { get; init; }
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public required decimal Qty { get; init; }
    [JsonPropertyName("filled_qty"), JsonConverter(typeof(DecimalText))] public required decimal FilledQty { get; init; }
    [JsonPropertyName("avg_price"), JsonConverter(typeof(DecimalText))] public decimal? AvgPrice { get; init; }

    /// <summary>Quote units: middle of the book when its first order was signed, which the slippage is measured from; null: none was known, or a line of before it was kept.</summary>
    [JsonPropertyName("mid_at_send"), JsonConverter(typeof(DecimalText))] public decimal? MidAtSend { get; init; }
    [JsonPropertyName("slippage_bps"), JsonConverter(typeof(DecimalText))] public decimal? SlippageBps { get; init; }
    [JsonPropertyName("code")] public string? Code { get; init; }
    [JsonPropertyName("created_at")] public required DateTimeOffset CreatedAt { get; init; }
    [JsonPropertyName("updated_at")] public required DateTimeOffset UpdatedAt { get; init; }
    [JsonPropertyName("final")] public required bool Final { get; init; }
}
