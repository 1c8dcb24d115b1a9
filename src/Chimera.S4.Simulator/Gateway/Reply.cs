using System.Text.Json;

namespace Chimera.S4.Simulator.Gateway;

/// <summary>A finished answer: status and body. Rendered under the venue's lock, so that it shows one moment.</summary>
internal sealed record Reply(int Status, ReadOnlyMemory<byte> Body, string ContentType = "application/json;charset=UTF-8")
{
    /// <summary>The venue's code when the request was refused, for the ledger.</summary>
    public int Code { get; init; }
    public long? RetryAfter { get; init; }
    public bool Succeeded => Status == 200;

    public static Reply Ok<T>(T state, Action<Utf8JsonWriter, T> write) => new(200, WireJson.Write(state, write));

    public static Reply Success { get; } = Ok(0, static (w, _) =>
    {
        w.WriteStartObject();
        w.WriteNumber("code", 200);
        w.WriteString("msg", "success");
        w.WriteEndObject();
    });

    public static Reply Empty { get; } = Ok(0, static (w, _) =>
    {
        w.WriteStartObject();
        w.WriteEndObject();
    });

    public static Reply Error(int status, int code, string text, long? retryAfter = null) =>
        new(status, WireJson.Write((code, text), static (w, error) =>
        {
            w.WriteStartObject();
            w.WriteNumber("code", error.code);
            w.WriteString("msg", error.text);
            w.WriteEndObject();
        })) { Code = code, RetryAfter = retryAfter };

    public static Reply Error(VenueError error) => Error(error.HttpStatus, error.Code, error.Message, error.RetryAfter);
}
