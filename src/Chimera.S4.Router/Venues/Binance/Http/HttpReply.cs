using System.Collections.Frozen;
using System.Text.Json;

namespace Chimera.S4.Router.Venues.Binance;

enum HttpFailure
{
    None,

    /// <summary>No byte of the request can have reached the venue.</summary>
    NotSent,

    /// <summary>It may have reached the venue; no complete answer came back.</summary>
    Broken,

    /// <summary>The rate budget did not let it go.</summary>
    Held,
}

/// <summary>What came back over HTTP, if anything.</summary>
sealed record HttpReply
{
    public HttpFailure Failure { get; init; }

    /// <summary>Zero without an answer.</summary>
    public int Status { get; init; }
    public string Body { get; init; } = "";

    /// <summary>Header <c>Retry-After</c>, in seconds on the wire.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The venue's own counts, by the end of their headers: <c>USED-WEIGHT-1M</c>, <c>ORDER-COUNT-10S</c> (<c>X-MBX-…</c>).</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = FrozenDictionary<string, long>.Empty;

    public bool IsSuccess => Failure is HttpFailure.None && Status is >= 200 and < 300;

    /// <summary>The body as JSON; null: it is none.</summary>
    public JsonElement? Json
    {
        get
        {
            if (Body.Length == 0) return null;
            try { return JsonSerializer.Deserialize<JsonElement>(Body); }
            catch (JsonException) { return null; }
        }
    }

    /// <summary>The error that the venue wrote as <c>{"code":-1121,"msg":"…"}</c>; null: the body is something else.</summary>
    public (int Code, string Text)? Error =>
        !IsSuccess && Json is { ValueKind: JsonValueKind.Object } json && json.Number("code") is { } code ? ((int)code, json.Text("msg") ?? "") : null;
}
