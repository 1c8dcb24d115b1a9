using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Answers whoever sent an <see cref="OrderIntent"/> with a response address.</summary>
[EntityName("s4-intent-reply"), MessageUrn("s4-intent-reply")]
public sealed record IntentReply
{
    [JsonPropertyName("result")] public required OrderResult Result { get; init; }

    /// <summary>The HTTP status that design §7 gives this answer: one table, kept where the codes are.</summary>
    [JsonPropertyName("http_status")] public required int HttpStatus { get; init; }

    /// <summary>When to try again, for answers with status 503: for <c>BREAKER_OPEN</c> when the breaker lets probes in. At least 1 s. Null otherwise.</summary>
    [JsonPropertyName("retry_after")] public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Headers that a requester may put on an <see cref="OrderIntent"/> or a <see cref="CancelRequest"/>.</summary>
public static class ReplyHeaders
{
    /// <summary><see cref="Accepted"/>: answer as soon as the intent is durably accepted or denied. Absent or <see cref="Answer"/>: answer when it is terminal or armed.</summary>
    public const string When = "S4-Reply-When";
    public const string Accepted = "ACCEPTED";
    public const string Answer = "ANSWER";

    /// <summary>Who asks for a cancel, for the record; the REST adapter says which key. Absent: somebody on the bus.</summary>
    public const string By = "S4-By";
}
