using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Chimera.S4.ArangoStandIn;

/// <summary>Documents by key, each with a revision; indexes, of which the unique ones are kept. https://docs.arangodb.com/stable/develop/http-api/documents/</summary>
public sealed partial class Collection(string name, Revisions revisions)
{
    readonly SortedDictionary<string, JsonObject> documents = new(StringComparer.Ordinal);

    public string Name => name;
    public string Id { get; } = revisions.Next().ToString(CultureInfo.InvariantCulture);
    public bool WaitForSync { get; init; }
    public List<Index> Indexes { get; } = [new("0", "primary", "primary", ["_key"], Unique: true, Sparse: false)];
    public int Count => documents.Count;
    public IEnumerable<JsonObject> All => documents.Values.Select(Copy);

    public JsonObject? Find(string key) => documents.TryGetValue(key, out var found) ? Copy(found) : null;

    public JsonObject Get(string key) => Find(key) ?? throw ArangoError.DocumentNotFound();

    public JsonObject Insert(JsonObject document)
    {
        var key = document["_key"] switch
        {
            null => revisions.Next().ToString(CultureInfo.InvariantCulture),
            JsonValue text when text.TryGetValue(out string? given) && KeyForm().IsMatch(given) => given,
            _ => throw ArangoError.KeyBad(),
        };
        if (documents.ContainsKey(key)) throw ArangoError.UniqueConstraint("primary of type primary over '_key'", key);
        return Store(key, document);
    }

    /// <param name="matching">The revision that the document must still have; null: any.</param>
    public JsonObject Replace(string key, JsonObject document, string? matching)
    {
        Match(key, matching);
        return Store(key, document);
    }

    public JsonObject Update(string key, JsonObject changes, string? matching, bool keepNull, bool mergeObjects)
    {
        var merged = Match(key, matching);
        Merge(merged, changes, keepNull, mergeObjects);
        return Store(key, merged);
    }

    public JsonObject Remove(string key, string? matching)
    {
        var old = Match(key, matching);
        documents.Remove(key);
        return old;
    }

    public void Truncate() => documents.Clear();

    JsonObject Match(string key, string? matching)
    {
        var old = Get(key);
        return matching is null || (string?)old["_rev"] == matching ? old : throw ArangoError.Precondition();
    }

    JsonObject Store(string key, JsonObject document)
    {
        var stored = new JsonObject { ["_key"] = key, ["_id"] = $"{name}/{key}", ["_rev"] = revisions.NextText() };
        foreach (var (field, value) in document)
            if (field is not ("_key" or "_id" or "_rev")) stored[field] = value?.DeepClone();
        foreach (var index in Indexes.Where(index => index.Unique && index.Id != "0"))
            if (documents.Values.FirstOrDefault(other => (string?)other["_key"] != key && index.Same(other, stored)) is { } taken)
                throw ArangoError.UniqueConstraint($"{index.Name} of type {index.Type} over '{string.Join(", ", index.Fields)}'", (string)taken["_key"]!);
        documents[key] = stored;
        return Copy(stored);
    }

    static void Merge(JsonObject into, JsonObject changes, bool keepNull, bool mergeObjects)
    {
        foreach (var (field, value) in changes)
        {
            if (value is null && !keepNull) into.Remove(field);
            else if (mergeObjects && value is JsonObject part && into[field] is JsonObject whole) Merge(whole, part, keepNull, mergeObjects);
            else into[field] = value?.DeepClone();
        }
    }

    static JsonObject Copy(JsonObject document) => (JsonObject)document.DeepClone();

    // https://docs.arangodb.com/stable/concepts/data-structure/documents/#user-specified-keys
    [GeneratedRegex(@"^[A-Za-z0-9_\-:.@()+,=;$!*'%]{1,254}$")]
    private static partial Regex KeyForm();
}

/// <summary>Numbers that only grow, for revisions and ids of all kinds.</summary>
public sealed class Revisions
{
    long last = 1_000_000;

    public long Next() => ++last;

    /// <summary>A revision is an opaque text that begins with an underscore.</summary>
    public string NextText() => $"_r{Next():x}";
}

/// <summary>https://docs.arangodb.com/stable/develop/http-api/indexes/persistent/</summary>
public sealed record Index(string Id, string Name, string Type, string[] Fields, bool Unique, bool Sparse)
{
    public bool Same(JsonObject one, JsonObject other) =>
        (!Sparse || Fields.All(field => one[field] is not null)) && Fields.All(field => JsonNode.DeepEquals(one[field], other[field]));

    public bool IsLike(Index other) => (Type, Unique, Sparse) == (other.Type, other.Unique, other.Sparse) && Fields.SequenceEqual(other.Fields);

    public JsonObject Json(string collection) => new()
    {
        ["id"] = $"{collection}/{Id}", ["name"] = Name, ["type"] = Type, ["fields"] = new JsonArray([.. Fields.Select(field => JsonValue.Create(field))]), ["unique"] = Unique, ["sparse"] = Sparse,
    };
}
