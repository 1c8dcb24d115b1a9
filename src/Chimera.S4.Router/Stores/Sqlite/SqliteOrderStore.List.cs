using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores.Sqlite;

sealed partial class SqliteOrderStore
{
    public Task<IntentPage> List(ListIntents query, CancellationToken cancel)
    {
        var at = ListCursor.Of(query);
        var where = new List<string> { "(lapses_at IS NULL OR lapses_at > $1)" };
        var values = new List<object?> { database.Now, query.Limit + 1 };
        // Only the conditions asked for: then SQLite takes the narrowest of the three indexes, each of which ends in (created, id).
        void And(string condition, object? value)
        {
            if (value is null) return;
            values.Add(value);
            where.Add(condition.Replace("$?", $"${values.Count}", StringComparison.Ordinal));
        }
        And("symbol = $?", query.Symbol);
        And("status = $?", query.State);
        And("market = $?", query.Market);
        And("created >= $?", query.Since is { } since ? Moment.Floor(since) : null);
        And("created <= $?", at?.CreatedMs);
        if (at is { } place)
        {
            values.AddRange([place.CreatedMs, place.Id]);
            where.Add($"(created < ${values.Count - 1} OR id < ${values.Count})");
        }
        var sql = $"SELECT created, id, line FROM s4_order WHERE {string.Join(" AND ", where)} ORDER BY created DESC, id DESC LIMIT $2";
        return database.Read(db =>
        {
            var rows = db.Query(sql, row => (Place: new ListCursor(row.GetInt64(0), row.GetString(1)), Line: row.GetString(2)), [.. values]);
            var items = rows.Take(query.Limit).ToList();
            return new IntentPage
            {
                Items = [.. items.Select(row => StoredJson.Read<IntentSummary>(row.Line))],
                NextCursor = rows.Count > query.Limit ? items[^1].Place.ToString() : null,
            };
        }, cancel);
    }
}
