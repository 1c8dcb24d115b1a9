using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Journal.Arango;
using Chimera.S4.Router.Stores;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Recalibration;

/// <summary>What is learnt from, in ArangoDB: S11's legs, a document each, or S4's own record.</summary>
/// <param name="collection">Null: S4's own record.</param>
sealed class ArangoTca(ArangoHttp http, IOptions<ArangoOptions> options, string? collection) : ITcaSource
{
    // https://docs.arangodb.com/stable/aql/fundamentals/bind-parameters/ — @@name stands for a collection, and doc.@name for an attribute's name. Times are text of one width, and compare as text.
    public const string Text = "FOR row IN @@rows FILTER row.@time >= @since RETURN row";
    const int Page = 1_000;

    public string Name => collection is null ? "S4's own record in ArangoDB" : $"collection {collection}";

    public async Task<TcaReading> Read(DateTimeOffset since, CancellationToken cancel)
    {
        var refused = new List<TcaRefusal>();
        if (collection is null)
        {
            var orders = await All<RecordedOrder>(ArangoSchema.Orders, "created_at", since, refused, cancel);
            var fills = await All<RecordedFill>(ArangoSchema.Fills, "timestamp", since, refused, cancel);
            return LegRows.Of(orders, fills, await All<RecordedMarkout>(ArangoSchema.Markouts, "due_at", since, refused, cancel), refused);
        }
        var rows = new List<(string, TcaRow)>();
        foreach (var (key, json) in await Documents(collection, "at", since, cancel))
        {
            if (TcaLine.Read(json, out var problem) is not { } read) refused.Add(new TcaRefusal($"document {key}", problem));
            else if (read.Row.At >= since) rows.Add(read);
        }
        return TcaReading.Of(rows, refused);
    }

    async Task<List<T>> All<T>(string table, string time, DateTimeOffset since, List<TcaRefusal> refused, CancellationToken cancel) where T : class =>
        [.. (await Documents(table, time, since, cancel)).Select(row => RecordedRows.Read<T>(table, row.Key, row.Json, refused)).OfType<T>()];

    // https://docs.arangodb.com/stable/develop/http-api/queries/aql-queries/#using-a-cursor — allowRetry: "to resume after a connection problem", a batch may be asked for again by its nextBatchId.
    async Task<List<(string Key, string Json)>> Documents(string name, string time, DateTimeOffset since, CancellationToken cancel)
    {
        var rows = new List<(string, string)>();
        var (path, body) = ("cursor", (byte[]?)ArangoJson.Write(new Query(Text, new Dictionary<string, object> { ["@rows"] = name, ["time"] = time, ["since"] = since }, Page, new Dictionary<string, bool> { ["allowRetry"] = true })));
        while (true)
        {
            var reply = await http.Send(HttpMethod.Post, $"/_db/{options.Value.Database}/_api/{path}", body, cancel);
            if (reply.Outcome is not ArangoOutcome.Done) throw new StoreUnavailableException($"ArangoDB: {name} cannot be read: {reply}");
            using var json = JsonDocument.Parse(reply.Body);
            rows.AddRange(json.RootElement.GetProperty("result").EnumerateArray().Select(row => (row.TryGetProperty("_key", out var key) ? key.GetString() ?? "" : "", row.GetRawText())));
            if (!json.RootElement.GetProperty("hasMore").GetBoolean()) return rows;
            (path, body) = ($"cursor/{json.RootElement.GetProperty("id").GetString()}/{json.RootElement.GetProperty("nextBatchId")}", null);
        }
    }

    sealed record Query(
        [property: System.Text.Json.Serialization.JsonPropertyName("query")] string Text, [property: System.Text.Json.Serialization.JsonPropertyName("bindVars")] Dictionary<string, object> Bound,
        [property: System.Text.Json.Serialization.JsonPropertyName("batchSize")] int Page, [property: System.Text.Json.Serialization.JsonPropertyName("options")] Dictionary<string, bool> Options);
}
