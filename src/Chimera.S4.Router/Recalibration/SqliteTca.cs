using Chimera.S4.Router.Stores.Sqlite;

namespace Chimera.S4.Router.Recalibration;

/// <summary>S4's own record in <c>s4.db</c>, page by page, so that nobody waits long for the file.</summary>
sealed class SqliteTca(SqliteDatabase database) : ITcaSource
{
    const int Page = 5_000;

    const string Orders = """
        SELECT rowid, _key, json_object('intent_id', intent_id, 'client_order_id', client_order_id, 'market', market, 'symbol', symbol, 'side', side, 'type', type, 'filled_qty', filled_qty, 'avg_price', avg_price,
          'slippage_bps', slippage_bps, 'code', code, 'rcu_rev', rcu_rev, 'exec_policy', exec_policy, 'leg', leg, 'purpose', purpose, 'leg_qty', leg_qty, 'notional', notional, 'maker_wait_ms', maker_wait_ms,
          'explore_propensity', explore_propensity, 'mid_at_publish', mid_at_publish, 'mid_at_arrival', mid_at_arrival, 'mid_at_decide', mid_at_decide, 'spread_at_decide', spread_at_decide,
          'bid_depth_at_decide', bid_depth_at_decide, 'ask_depth_at_decide', ask_depth_at_decide, 'mid_at_send', mid_at_send, 'decided_at', decided_at, 'ended_at', ended_at, 'closed_at', closed_at)
        FROM orders WHERE rowid > $1 AND created_at >= $2 AND leg IS NOT NULL AND purpose = 'ENTRY' ORDER BY rowid LIMIT $3
        """;

    const string Fills = """
        SELECT rowid, _key, json_object('fill_id', fill_id, 'client_order_id', client_order_id, 'qty', qty, 'price', price, 'commission', commission, 'commission_asset', commission_asset, 'timestamp', timestamp)
        FROM fills WHERE rowid > $1 AND timestamp >= $2 ORDER BY rowid LIMIT $3
        """;

    const string Markouts = """
        SELECT rowid, _key, json_object('fill_id', fill_id, 'horizon_s', horizon_s, 'mid', mid, 'markout_bps', markout_bps) FROM markouts WHERE rowid > $1 AND due_at >= $2 ORDER BY rowid LIMIT $3
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
        var (rows, after, from) = (new List<T>(), 0L, SqliteText.Of(since));
        while (true)
        {
            var page = await database.Read(db => db.Query(sql, row => (Id: row.GetInt64(0), Key: row.GetString(1), Json: row.GetString(2)), after, from, Page), cancel);
            rows.AddRange(page.Select(row => RecordedRows.Read<T>(table, row.Key, row.Json, refused)).OfType<T>());
            if (page.Count < Page) return rows;
            after = page[^1].Id;
        }
    }
}
