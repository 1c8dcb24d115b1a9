using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Chimera.S4.ArangoStandIn;

/// <summary>A request to one database, as the routes read it.</summary>
sealed record Request(string Method, string Database, string[] Path, IReadOnlyDictionary<string, string> Query, string? IfMatch, string? IfNoneMatch, string Body)
{
    public bool Flag(string name, bool otherwise = false) => Query.TryGetValue(name, out var value) ? value is "true" or "1" : otherwise;
    public string? Word(string name) => Query.GetValueOrDefault(name);

    [JsonIgnore]
    public JsonNode? Json
    {
        get
        {
            try { return JsonNode.Parse(Body); }
            catch (JsonException broken) { throw ArangoError.CorruptedJson(broken.Message); }
        }
    }

    [JsonIgnore]
    public JsonObject Object => Json as JsonObject ?? throw ArangoError.BadParameter("expecting an object");
}

/// <param name="Writes">It changed what is stored.</param>
/// <param name="ErrorCodes"><c>X-Arango-Error-Codes</c>: how often each error occurred among the documents of one request.</param>
sealed record Answer(int Status, JsonNode? Body, bool Writes = false, string? Revision = null, string? ErrorCodes = null)
{
    public static Answer Of(ArangoError error) => new(error.Status, error.Body);

    /// <summary><c>{…, error: false, code}</c>.</summary>
    public static Answer Ok(JsonObject body, int status = 200, bool writes = false)
    {
        (body["error"], body["code"]) = (false, status);
        return new Answer(status, body, writes);
    }
}
