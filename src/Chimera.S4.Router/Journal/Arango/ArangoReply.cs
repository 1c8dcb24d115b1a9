using System.Text.Json;

namespace Chimera.S4.Router.Journal.Arango;

/// <summary>What ArangoDB answered, and what it means for a caller that may ask again.</summary>
/// <param name="Error">The <c>errorNum</c> that counts, 0 where there is none. Of an answer about several documents: the worst of theirs.</param>
sealed record ArangoReply(int Status, int Error, string Text)
{
    /// <summary>As answered; empty where it is not JSON.</summary>
    public string Body { get; init; } = "";

    public ArangoOutcome Outcome => Status is >= 200 and < 300 && Error == 0 ? ArangoOutcome.Done : ArangoErrors.Outcome(Status, Error);

    public override string ToString() => $"{Status} {Error} {Text}".Trim();

    /// <remarks>Errors: https://docs.arangodb.com/stable/develop/error-codes-and-meanings/ — <c>{error, code, errorNum, errorMessage}</c>. Of an array of documents each is answered in its place,
    /// as a document or as such an error, and the status is that of success: https://docs.arangodb.com/stable/develop/http-api/documents/#multiple-document-operations</remarks>
    public static ArangoReply Read(int status, string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind is not JsonValueKind.Array) return One(json.RootElement) with { Body = body };
            var failed = json.RootElement.EnumerateArray().Where(IsError).Select(One).ToArray();
            return failed.Length == 0 ? new ArangoReply(status, 0, "") : failed.MaxBy(reply => reply.Outcome)!;
        }
        catch (JsonException)
        {
            return new ArangoReply(status, 0, body.Length > 200 ? body[..200] : body);
        }

        ArangoReply One(JsonElement json) => IsError(json)
            ? new ArangoReply(status, json.TryGetProperty("errorNum", out var number) ? number.GetInt32() : 0, json.TryGetProperty("errorMessage", out var message) ? message.GetString() ?? "" : "")
            : new ArangoReply(status, 0, "");
    }

    static bool IsError(JsonElement json) => json.ValueKind is JsonValueKind.Object && json.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.True;
}
