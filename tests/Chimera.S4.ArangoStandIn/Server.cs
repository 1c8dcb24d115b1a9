using System.Text.Json.Nodes;

namespace Chimera.S4.ArangoStandIn;

/// <summary>Databases with their collections and cursors. Everything happens under one lock: a request is one transaction.</summary>
public sealed class Server
{
    readonly Dictionary<string, Database> databases = [];

    public Server() => databases["_system"] = new Database("_system");

    public Lock Gate { get; } = new();
    public Revisions Revisions { get; } = new();
    public IEnumerable<string> Databases => databases.Keys.Order(StringComparer.Ordinal);

    public Database Database(string name) => databases.GetValueOrDefault(name) ?? throw ArangoError.DatabaseNotFound();

    public void Create(string? name)
    {
        if (string.IsNullOrEmpty(name) || !char.IsAsciiLetter(name[0])) throw ArangoError.IllegalName();
        if (!databases.TryAdd(name, new Database(name))) throw ArangoError.DuplicateName();
    }

    public void Drop(string name)
    {
        if (name == "_system" || !databases.Remove(name)) throw ArangoError.DatabaseNotFound();
    }
}

public sealed class Database(string name)
{
    readonly Dictionary<string, Collection> collections = [];
    readonly Dictionary<string, Cursor> cursors = [];

    public string Name => name;
    public IEnumerable<Collection> Collections => collections.Values;

    public Collection Collection(string? name) => collections.GetValueOrDefault(name ?? "") ?? throw ArangoError.CollectionNotFound(name ?? "");

    public Collection Add(Collection collection) => collections.TryAdd(collection.Name, collection) ? collection : throw ArangoError.DuplicateName();

    public Collection Drop(string name)
    {
        var dropped = Collection(name);
        collections.Remove(name);
        return dropped;
    }

    public Cursor Cursor(string id) => cursors.GetValueOrDefault(id) ?? throw ArangoError.CursorNotFound();
    public void Open(Cursor cursor) => cursors[cursor.Id] = cursor;
    public void Close(string id) => cursors.Remove(Cursor(id).Id);
}

/// <summary>What a query found and has not been fetched yet, in batches numbered from 1. https://docs.arangodb.com/stable/develop/http-api/queries/aql-queries/#using-a-cursor</summary>
public sealed class Cursor(string id, IReadOnlyList<JsonObject> found, int batchSize, bool count, bool allowRetry)
{
    int handedOut;

    public string Id => id;
    public bool HasMore => handedOut * batchSize < found.Count;

    /// <summary>Once the last batch is fetched the server forgets the cursor, unless the batch may be asked for again.</summary>
    public bool Ends => !HasMore && !allowRetry;

    /// <param name="number">Null: the next. The one before may be asked for again where the query allowed it.</param>
    public JsonObject Batch(int? number, int status)
    {
        var wanted = number ?? handedOut + 1;
        if (wanted != handedOut + 1 && !(allowRetry && wanted == handedOut && wanted > 0)) throw ArangoError.CursorNotFound();
        handedOut = wanted;
        var body = new JsonObject
        {
            ["result"] = new JsonArray([.. found.Skip((wanted - 1) * batchSize).Take(batchSize).Select(row => row.DeepClone())]),
            ["hasMore"] = HasMore, ["cached"] = false, ["error"] = false, ["code"] = status, ["extra"] = new JsonObject { ["warnings"] = new JsonArray(), ["stats"] = new JsonObject() },
        };
        if (HasMore || allowRetry && found.Count > batchSize) body["id"] = id;
        if (HasMore) body["nextBatchId"] = wanted + 1;
        if (count) body["count"] = found.Count;
        return body;
    }
}
