using Chimera.S4.Router.Stores;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Journal.Arango;

/// <summary>Database, collections and indexes of spec §4.1, made where they are not there yet; replicas may do so at the same time.</summary>
sealed class ArangoSchema(ArangoHttp http, IOptions<ArangoOptions> options) : IDisposable
{
    public const string Orders = "orders", Fills = "fills", Events = "strategy_events", Markouts = "markouts";

    /// <summary>Those that spec §4.1 suggests (its hash and skiplist are <c>persistent</c> today), and those by which an intent's record is read: the same as in the SQLite record.</summary>
    static readonly (string Collection, string[] Fields)[] Indexes =
    [
        (Orders, ["order_id"]), (Orders, ["client_order_id"]), (Orders, ["symbol", "created_at"]), (Orders, ["intent_id"]),
        (Fills, ["fill_id"]), (Fills, ["timestamp", "order_id"]), (Fills, ["intent_id"]),
        (Events, ["intent_id", "seq"]),
        (Markouts, ["fill_id"]),
    ];

    readonly SemaphoreSlim one = new(1);
    volatile bool made;

    string Path(string rest) => $"/_db/{options.Value.Database}/_api/{rest}";

    /// <exception cref="StoreUnavailableException">Not now.</exception>
    public async Task Ensure(CancellationToken cancel)
    {
        if (made) return;
        await one.WaitAsync(cancel);
        try
        {
            if (!made) await Make(cancel);
            made = true;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Somebody has dropped it: look again before the next write.</summary>
    public void Forget() => made = false;

    // Each is looked for before it is made: a user who may write here need not be allowed to make anything.
    async Task Make(CancellationToken cancel)
    {
        // https://docs.arangodb.com/stable/develop/http-api/databases/
        await Make(Path("database/current"), "/_db/_system/_api/database", new { name = options.Value.Database }, cancel);
        // https://docs.arangodb.com/stable/develop/http-api/collections/ — type 2 is a document collection.
        foreach (var name in new[] { Orders, Fills, Events, Markouts }) await Make(Path($"collection/{name}"), Path("collection"), new Dictionary<string, object> { ["name"] = name, ["type"] = 2, ["waitForSync"] = true }, cancel);
        // https://docs.arangodb.com/stable/develop/http-api/indexes/persistent/ — 200 where the same index exists, 201 where it was made.
        foreach (var (collection, fields) in Indexes)
            await Ask(HttpMethod.Post, Path($"index?collection={collection}"), new Dictionary<string, object>
            {
                ["type"] = "persistent", ["name"] = $"{collection}_{string.Join('_', fields)}", ["fields"] = fields, ["unique"] = false, ["sparse"] = false, ["inBackground"] = true,
            }, cancel);
    }

    async Task Make(string look, string make, object what, CancellationToken cancel)
    {
        if (!await Ask(HttpMethod.Get, look, null, cancel)) await Ask(HttpMethod.Post, make, what, cancel);
    }

    /// <summary>False: not there.</summary>
    async Task<bool> Ask(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        var reply = await http.Send(method, path, body is null ? null : ArangoJson.Write(body), cancel);
        return reply.Outcome switch
        {
            ArangoOutcome.Done or ArangoOutcome.AlreadyThere => true,
            ArangoOutcome.Absent when method == HttpMethod.Get => false,
            // Whatever is wrong here is wrong with the server or its settings, not with a record: records wait.
            _ => throw new StoreUnavailableException($"ArangoDB: {method} {path}: {reply}"),
        };
    }

    public void Dispose() => one.Dispose();
}
