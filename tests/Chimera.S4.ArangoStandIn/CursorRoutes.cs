using System.Globalization;
using System.Text.Json.Nodes;

namespace Chimera.S4.ArangoStandIn;

/// <summary>https://docs.arangodb.com/stable/develop/http-api/queries/aql-queries/</summary>
static class CursorRoutes
{
    public static Answer Handle(Request request, Database database, Revisions revisions, Faults faults)
    {
        switch (request.Method, request.Path)
        {
            case ("POST", [_, _]):
                return Run(request.Object, database, revisions, faults);
            case ("POST" or "PUT", [_, _, var id]):
                return Next(database, database.Cursor(id), null);
            case ("POST", [_, _, var id, var batch]) when int.TryParse(batch, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return Next(database, database.Cursor(id), number);
            case ("DELETE", [_, _, var id]):
                database.Close(id);
                return Answer.Ok(new JsonObject { ["id"] = id }, 202);
            default:
                throw ArangoError.NotFound();
        }
    }

    static Answer Run(JsonObject body, Database database, Revisions revisions, Faults faults)
    {
        if ((string?)body["query"] is not { Length: > 0 } text) throw new ArangoError(400, 1502, "query is empty");
        var batchSize = body["batchSize"]?.GetValue<int>() ?? 1000;
        if (batchSize <= 0) throw ArangoError.BadParameter("expecting a positive batchSize");
        if (faults.TakeConflict()) throw ArangoError.Conflict();
        var found = AqlTexts.Run(database, text, body["bindVars"] as JsonObject ?? [], faults.BetweenLookupAndReplace);
        var cursor = new Cursor(revisions.Next().ToString(CultureInfo.InvariantCulture), found, batchSize, body["count"]?.GetValue<bool>() ?? false, body["options"]?["allowRetry"]?.GetValue<bool>() ?? false);
        var first = cursor.Batch(null, 201);
        if (first["id"] is not null) database.Open(cursor);
        return new Answer(201, first, Writes: found.Count == 0);
    }

    static Answer Next(Database database, Cursor cursor, int? number)
    {
        var batch = cursor.Batch(number, 200);
        if (cursor.Ends) database.Close(cursor.Id);
        return new Answer(200, batch);
    }
}
