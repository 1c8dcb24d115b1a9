using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Answers a <see cref="CancelRequest"/> (spec §2.3).</summary>
[EntityName("s4-cancel-reply"), MessageUrn("s4-cancel-reply")]
public sealed record CancelReply
{
    [JsonPropertyName("result")] public required CancelResult Result { get; init; }
    [JsonPropertyName("http_status")] public required int HttpStatus { get; init; }
}

public sealed record CancelResult
{
    /// <summary>Status of the intent after the cancel: CANCELED, FILLED, …; PENDING while unproven; NOT_FOUND where S4 knows no such order.</summary>
    [JsonPropertyName("status")] public required string Status { get; init; }

    /// <summary>Client order ids of the orders that this intent has canceled; the same at every repeat.</summary>
    [JsonPropertyName("canceled_ids")] public string[] CanceledIds { get; init; } = [];

    [JsonPropertyName("intent_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? IntentId { get; init; }
    [JsonPropertyName("filled_qty"), JsonConverter(typeof(DecimalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public decimal? FilledQty { get; init; }
    /// <summary>What the intents had filled whose place this one took, one after the other: of the same quantity, and beside <see cref="FilledQty"/>. Null: nothing.</summary>
    [JsonPropertyName("replaced_filled_qty"), JsonConverter(typeof(DecimalText)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public decimal? ReplacedFilledQty { get; init; }

    /// <summary>Of what <see cref="FilledQty"/> tells: BUY or SELL; null: no intent is stored for it.</summary>
    [JsonPropertyName("side"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Side { get; init; }
    [JsonPropertyName("code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Code { get; init; }
    [JsonPropertyName("message"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Message { get; init; }
}
