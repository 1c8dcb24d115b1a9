using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Reads what a picture of one intent is drawn from. Answered with <see cref="IntentChart"/> or <see cref="IntentNotFound"/>.</summary>
[EntityName("s4-get-intent-chart"), MessageUrn("s4-get-intent-chart")]
public sealed record GetIntentChart
{
    public required string IntentId { get; init; }
}

/// <summary>One intent over time: where the market was, what was placed there, what it filled, and which slices are to come.</summary>
[EntityName("s4-intent-chart"), MessageUrn("s4-intent-chart")]
public sealed record IntentChart
{
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }

    /// <summary>Middle of the book, oldest first: what the decisions saw, and of the last five minutes what the router that answers has followed.</summary>
    [JsonPropertyName("mids")] public required ChartMid[] Mids { get; init; }
    [JsonPropertyName("orders")] public required ChartOrder[] Orders { get; init; }
    [JsonPropertyName("fills")] public required ChartFill[] Fills { get; init; }

    /// <summary>By number; empty where it is not sliced.</summary>
    [JsonPropertyName("slices")] public required ChartSlice[] Slices { get; init; }
}

public sealed record ChartMid
{
    [JsonPropertyName("at")] public required DateTimeOffset At { get; init; }

    /// <summary>Quote units.</summary>
    [JsonPropertyName("mid"), JsonConverter(typeof(DecimalText))] public required decimal Mid { get; init; }
}

/// <summary>One venue order, as long as it lived.</summary>
public sealed record ChartOrder
{
    [JsonPropertyName("client_order_id")] public required string ClientOrderId { get; init; }

    /// <summary>ENTRY, EXIT or REVERSAL.</summary>
    [JsonPropertyName("purpose")] public required string Purpose { get; init; }
    [JsonPropertyName("side")] public required string Side { get; init; }
    [JsonPropertyName("type")] public required string Type { get; init; }

    /// <summary>Quote units; null: at market.</summary>
    [JsonPropertyName("price"), JsonConverter(typeof(DecimalText))] public decimal? Price { get; init; }

    /// <summary>Quote units; null: it waits for no price.</summary>
    [JsonPropertyName("trigger_px"), JsonConverter(typeof(DecimalText))] public decimal? TriggerPx { get; init; }
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public required decimal Qty { get; init; }
    [JsonPropertyName("filled_qty"), JsonConverter(typeof(DecimalText))] public required decimal FilledQty { get; init; }
    [JsonPropertyName("status")] public required string Status { get; init; }

    /// <summary>When it was sent, else decided.</summary>
    [JsonPropertyName("from")] public required DateTimeOffset From { get; init; }

    /// <summary>Null: it may still trade.</summary>
    [JsonPropertyName("until")] public DateTimeOffset? Until { get; init; }

    /// <summary>Unproven for so long that a person has to look.</summary>
    [JsonPropertyName("needs_review")] public required bool NeedsReview { get; init; }
}

public sealed record ChartFill
{
    /// <summary>The venue's clock.</summary>
    [JsonPropertyName("at")] public required DateTimeOffset At { get; init; }
    [JsonPropertyName("price"), JsonConverter(typeof(DecimalText))] public required decimal Price { get; init; }
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public required decimal Qty { get; init; }

    /// <summary>BUY or SELL: of an exit the other side than the intent's.</summary>
    [JsonPropertyName("side")] public required string Side { get; init; }

    /// <summary>True: it rested. False: it took. Null: the venue did not say.</summary>
    [JsonPropertyName("maker")] public bool? Maker { get; init; }
    [JsonPropertyName("client_order_id")] public required string ClientOrderId { get; init; }
}

/// <summary>One slice of a TWAP.</summary>
public sealed record ChartSlice
{
    /// <summary>From 1.</summary>
    [JsonPropertyName("no")] public required int No { get; init; }

    /// <summary>WAITING: its time has not come. WORKING: it is being filled. DONE: it has ended. SKIPPED: it will not start.</summary>
    [JsonPropertyName("state")] public required string State { get; init; }

    /// <summary>When it started; of one that has not, when it is due.</summary>
    [JsonPropertyName("at")] public required DateTimeOffset At { get; init; }
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public required decimal Qty { get; init; }
    [JsonPropertyName("filled_qty"), JsonConverter(typeof(DecimalText))] public required decimal FilledQty { get; init; }
}
