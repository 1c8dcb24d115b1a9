using System.Text.Json.Nodes;

namespace Chimera.S4.ArangoStandIn;

/// <summary>A refusal as the manual words it: <c>{error, code, errorNum, errorMessage}</c>. https://docs.arangodb.com/stable/develop/error-codes-and-meanings/</summary>
public sealed class ArangoError(int status, int number, string message) : Exception(message)
{
    public int Status => status;
    public int Number => number;

    public JsonObject Body => new() { ["error"] = true, ["code"] = status, ["errorNum"] = number, ["errorMessage"] = Message };

    /// <summary>Inside an array of documents there is no HTTP status.</summary>
    public JsonObject InLine => new() { ["error"] = true, ["errorNum"] = number, ["errorMessage"] = Message };

    public static ArangoError BadParameter(string what) => new(400, 10, what);
    public static ArangoError Unauthorized() => new(401, 11, "not authorized to execute this request");
    public static ArangoError NotFound() => new(404, 404, "unknown path");
    public static ArangoError CorruptedJson(string what) => new(400, 600, what);
    public static ArangoError Conflict() => new(409, 1200, "write-write conflict");
    public static ArangoError Precondition() => new(412, 1200, "conflict, _rev values do not match");
    public static ArangoError DocumentNotFound() => new(404, 1202, "document not found");
    public static ArangoError CollectionNotFound(string name) => new(404, 1203, $"collection or view not found: {name}");
    public static ArangoError DuplicateName() => new(409, 1207, "duplicate name");
    public static ArangoError IllegalName() => new(400, 1208, "illegal name");
    public static ArangoError UniqueConstraint(string index, string key) => new(409, 1210, $"unique constraint violated - in index {index}; conflicting key: {key}");
    public static ArangoError IndexNotFound() => new(404, 1212, "index not found");
    public static ArangoError KeyBad() => new(400, 1221, "illegal document key");
    public static ArangoError TypeInvalid() => new(400, 1227, "invalid document type");
    public static ArangoError DatabaseNotFound() => new(404, 1228, "database not found");
    public static ArangoError CursorNotFound() => new(404, 1600, "cursor not found");

    /// <summary>Ours: no manual says this. The stand-in knows no AQL but some texts.</summary>
    public static ArangoError UnknownText(string text) => new(501, 9, $"the stand-in does not know this AQL text, and runs no other than those of AqlTexts: {text}");
}
