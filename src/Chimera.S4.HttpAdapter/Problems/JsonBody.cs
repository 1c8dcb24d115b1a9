using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chimera.S4.HttpAdapter.Problems;

/// <summary>Reads a JSON body, or says what is wrong with it: the field, its value and what is allowed.</summary>
static class JsonBody
{
    public const int MaxBytes = 64 * 1024;

    // Names match whatever their case, as they do on the bus; so "qty" and "QTY" in one body are the same field twice, which is refused.
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The body, or the problem to answer with. Unknown fields are kept where the contract has a place for them (the router denies them by name) and refused elsewhere.</summary>
    public static async Task<(T? Value, IResult? Problem)> Read<T>(HttpRequest request) where T : class
    {
        // Only JSON: a web page can send other content types to a loopback address without asking, and would place orders.
        if (!request.HasJsonContentType())
            return (null, Problem.Of(415, "CONTENT_TYPE", "Unsupported content type", $"Content-Type is {request.ContentType ?? "absent"}; allowed: application/json."));
        if (await ReadBytes(request) is not { } bytes)
            return (null, Problem.Of(413, "BODY_TOO_LARGE", "Body too large", $"The body is above {MaxBytes} bytes; allowed: at most {MaxBytes}."));
        return Parse<T>(bytes);
    }

    static async Task<ReadOnlyMemory<byte>?> ReadBytes(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes) return null;
        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > MaxBytes) return null;
        return buffer.AsMemory(0, length);
    }

    static (T?, IResult?) Parse<T>(ReadOnlyMemory<byte> bytes) where T : class
    {
        if (bytes.IsEmpty) return (null, Problem.Field("BODY_MISSING", "body", null, "a JSON object"));
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return (null, Problem.Field("JSON_TYPE", "body", document.RootElement.GetRawText(), "a JSON object"));
            return (document.RootElement.Deserialize<T>(Options), null);
        }
        catch (JsonException wrong)
        {
            return (null, Explain<T>(bytes, wrong));
        }
    }

    static IResult Explain<T>(ReadOnlyMemory<byte> bytes, JsonException wrong)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var hint = Hints.For<T>(document.RootElement, wrong.Path);
            return Problem.Field(hint.Code, hint.Field, hint.Value, hint.Allowed);
        }
        catch (JsonException)
        {
            return Problem.Of(400, "MALFORMED_JSON", "Malformed request", $"The body is not JSON: line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}; allowed: one JSON object.");
        }
    }
}
