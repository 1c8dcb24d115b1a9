using System.Text.Json.Serialization;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Journal.Arango;

/// <summary>The one AQL text by which S4 writes: rows of <c>orders</c>, none of which replaces a later one.</summary>
static class OrdersForward
{
    // https://docs.arangodb.com/stable/aql/high-level-operations/upsert/
    //   "UPSERT searchExpression INSERT insertExpression REPLACE updateExpression IN collection", in a FOR over values, with an OPTIONS clause; "OLD" is the document found.
    //   Limitations: "The lookup and the insert/update/replace parts are executed one after another, so that other operations in other threads can happen in between", and duplicate key errors or
    //   conflicts may follow: "the application/client code can execute the same query again".
    //   ignoreRevs: "let ArangoDB compare the _rev value and only succeed if they still match"; "You need to add the _rev value in the updateExpression."
    // So a row is replaced only in the very revision whose seq was compared; else the query fails with 1200 and is sent again. A row that comes late puts back what is there.
    public const string Text = """
        FOR row IN @rows
          UPSERT { _key: row._key }
          INSERT row
          REPLACE OLD.seq < row.seq ? MERGE(row, { _rev: OLD._rev }) : OLD
          IN orders OPTIONS { ignoreRevs: false, waitForSync: true }
        """;

    public static byte[] Body(IReadOnlyList<OrderRecord> rows) => ArangoJson.Write(new Query(Text, new Rows(rows)));

    sealed record Query([property: JsonPropertyName("query")] string Text, [property: JsonPropertyName("bindVars")] Rows Bound);

    sealed record Rows([property: JsonPropertyName("rows")] IReadOnlyList<OrderRecord> All);
}
