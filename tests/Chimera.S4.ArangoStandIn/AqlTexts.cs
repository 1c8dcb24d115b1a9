using System.Globalization;
using System.Text.Json.Nodes;

namespace Chimera.S4.ArangoStandIn;

/// <summary>The AQL texts that this stand-in can run: the two that S4 sends, and one by which tests read. Compared by their words; any other is answered with 501.</summary>
static class AqlTexts
{
    /// <summary>S4's, written here once more: were it worded anew there, nothing would go through until somebody has read here what it does.</summary>
    const string Forward = """
        FOR row IN @rows
          UPSERT { _key: row._key }
          INSERT row
          REPLACE OLD.seq < row.seq ? MERGE(row, { _rev: OLD._rev }) : OLD
          IN orders OPTIONS { ignoreRevs: false, waitForSync: true }
        """;

    /// <summary>S4's, for what curves are learnt from.</summary>
    const string Since = "FOR row IN @@rows FILTER row.@time >= @since RETURN row";

    const string ReadAll = "FOR row IN @@collection SORT row._key RETURN row";

    public static IReadOnlyList<JsonObject> Run(Database database, string text, JsonObject bound, Action betweenLookupAndReplace)
    {
        switch (Words(text))
        {
            case var words when words == Words(Forward):
                MoveForward(database.Collection("orders"), bound["rows"] as JsonArray ?? throw new ArangoError(400, 1551, "no value specified for declared bind parameter 'rows'"), betweenLookupAndReplace);
                return [];
            case var words when words == Words(Since):
                var (time, since) = (Needed(bound, "time"), Needed(bound, "since"));
                return [.. database.Collection(Needed(bound, "@rows")).All.Where(row => string.CompareOrdinal((string?)row[time], since) >= 0)];
            case var words when words == Words(ReadAll):
                return [.. database.Collection((string?)bound["@collection"] ?? throw new ArangoError(400, 1551, "no value specified for declared bind parameter '@collection'")).All];
            default:
                throw ArangoError.UnknownText(text);
        }
    }

    static string Needed(JsonObject bound, string name) => (string?)bound[name] ?? throw new ArangoError(400, 1551, $"no value specified for declared bind parameter '{name}'");

    // All or nothing, as on a single server: what was written before a row failed is taken back. https://docs.arangodb.com/stable/aql/high-level-operations/upsert/#transactionality-and-limitations
    static void MoveForward(Collection orders, JsonArray rows, Action betweenLookupAndReplace)
    {
        var undo = new Stack<Action>();
        try
        {
            foreach (var row in rows.Cast<JsonObject>())
            {
                var key = (string?)row["_key"] ?? throw ArangoError.KeyBad();
                var old = orders.Find(key);
                betweenLookupAndReplace();
                if (old is null) orders.Insert(row);
                else orders.Replace(key, IsLess(old["seq"], row["seq"]) ? row : old, (string?)old["_rev"]);
                undo.Push(() =>
                {
                    orders.Remove(key, null);
                    if (old is not null) orders.Insert(old);
                });
            }
        }
        catch (ArangoError failure)
        {
            while (undo.TryPop(out var step)) step();
            // Inside a query a revision that no longer matches is a conflict, not a failed precondition.
            throw failure.Number == 1200 ? ArangoError.Conflict() : failure;
        }
    }

    // AQL compares values of any type, null first. https://docs.arangodb.com/stable/aql/fundamentals/type-and-value-order/
    static bool IsLess(JsonNode? one, JsonNode? other) => other is not null && (one is null || Number(one) < Number(other));

    static decimal Number(JsonNode value) => decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
