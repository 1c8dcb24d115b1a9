using Chimera.S4.Router.Stores.Sqlite;

namespace Chimera.S4.Router.Recalibration;

/// <summary>S4's own record in <c>s4.db</c>, page by page, since no answer of the file may take long.</summary>
sealed class SqliteTca(SqliteDatabase database) : ITcaSource
{
    const int Page = 5_000;

    const string Orders = """
        SELECT _key, json_object('intent_id', intent_id, 'client_order_id', client_order_id, 'market', market, 'symbol', symbol, 'side', side, 'type', type, 'filled_qty', filled_qty, 'avg_price', avg_price,
          'slippage_bps', slippage_bps, 'code', code, 'rcu_rev', rcu_rev, 'exec_policy', exec_policy, 'leg', leg, 'purpose', purpose, 'leg_qty', leg_qty, 'notional', notional, 'maker_wait_ms', maker_wait_ms,
          'explore_propensity', explore_propensity, 'mid_at_publish', mid_at_publish, 'mid_at_arrival', mid_at_arrival, 'mid_at_decide', mid_at_decide, 'spread_at_decide', spread_at_decide,
          'bid_depth_at_decide', bid_depth_at_decide, 'ask_depth_at_decide', ask_depth_at_decide, 'mid_at_send', mid_at_send, 'decided_at', decided_at, 'ended_at', ended_at, 'closed_at', closed_at)
        FROM orders WHERE rowid > $1 AND rowid <= $2 AND created_at >= $3 AND leg IS NOT NULL AND purpose = 'ENTRY'
        """;

    const string Fills = """
        SELECT _key, json_object('fill_id', fill_id, 'client_order_id', client_order_id, 'qty', qty, 'price', price, 'commission', commission, 'commission_asset', commission_asset, 'timestamp', timestamp)
        FROM fills WHERE rowid > $1 AND rowid <= $2 AND timestamp >= $3
        """;

    const string Markouts = """
        SELECT _key, json_object('fill_id', fill_id, 'horizon_s', horizon_s, 'mid', mid, 'markout_bps', markout_bps) FROM markouts WHERE rowid > $1 AND rowid <= $2 AND due_at >= $3
        """;

    public string Name => "S4's own record in SQLite";

    public async Task<TcaReading> Read(DateTimeOffset since, CancellationToken cancel)
    {
        var refused = new List<TcaRefusal>();
        var orders = await All<RecordedOrder>("orders", Orders, since, refused, cancel);
        // An order is read before its fills: those that came in between are of a leg that was not over.
        var fills = await All<RecordedFill>("fills", Fills, since, refused, cancel);
        return LegRows.Of(orders, fills, await All<RecordedMarkout>("markouts", Markouts, since, refused, cancel), refused);
    }

    async Task<List<T>> All<T>(string table, string sql, DateTimeOffset since, List<TcaRefusal> refused, CancellationToken cancel) where T : class
    {
        var (rows, from) = (new List<T>(), SqliteText.Of(since));
        var last = await database.Read(db => db.Number($"SELECT max(rowid) FROM {table}") ?? 0, cancel);
        // So many rows of the table, old ones counted: a page that had to look for as many young ones might look through years.
        for (var after = 0L; after < last; after += Page)
        {
            var page = await database.Read(db => db.Query(sql, row => (Key: row.GetString(0), Json: row.GetString(1)), after, after + Page, from), cancel);
            rows.AddRange(page.Select(row => RecordedRows.Read<T>(table, row.Key, row.Json, refused)).OfType<T>());
        }
        return rows;
    }
}
