using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>An operator's word on what S4 can prove neither way: the way out of NEEDS_REVIEW. Answered with <see cref="ResolveReply"/>.</summary>
[EntityName("s4-resolve-intent"), MessageUrn("s4-resolve-intent")]
public sealed record ResolveIntent
{
    public required string IntentId { get; init; }

    /// <summary>The venue's order id of the order that was found; null: it never came to be (ABSENT).</summary>
    public string? OrderId { get; init; }
    public required string Reason { get; init; }

    /// <summary>Who asked: the role of the key and the beginning of its digest.</summary>
    public required string By { get; init; }
}

[EntityName("s4-resolve-reply"), MessageUrn("s4-resolve-reply")]
public sealed record ResolveReply
{
    [JsonPropertyName("result")] public required ResolveResult Result { get; init; }
    [JsonPropertyName("http_status")] public required int HttpStatus { get; init; }
}

public sealed record ResolveResult
{
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }

    /// <summary>What became of each placement that was in review.</summary>
    [JsonPropertyName("placements")] public ResolvedPlacement[] Placements { get; init; } = [];

    /// <summary>Why it was refused; null where it was not.</summary>
    [JsonPropertyName("code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Code { get; init; }
    [JsonPropertyName("message"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Message { get; init; }
}

/// <summary>A placement, by the client order id of its order or list.</summary>
public sealed record ResolvedPlacement
{
    [JsonPropertyName("client_order_id")] public required string ClientOrderId { get; init; }

    /// <summary>SENT_AGAIN: absent, the same placement goes out again. ENDED: absent, and not wanted any more. FOUND: the venue shows it. NOT_IN_REVIEW, OTHER_ORDER, SILENT: nothing has changed.</summary>
    [JsonPropertyName("outcome")] public required string Outcome { get; init; }
}
