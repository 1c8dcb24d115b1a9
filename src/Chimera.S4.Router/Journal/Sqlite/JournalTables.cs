using Chimera.S4.Contracts;
using Chimera.S4.Router.Stores.Sqlite;

namespace Chimera.S4.Router.Journal.Sqlite;

/// <summary>The record of spec §4.1 as tables. A commit that holds the journal and <see cref="SqliteJournal"/> write through the same code.</summary>
/// <remarks>Decimals are TEXT with exact digits, times TEXT in UTC of one width. A released column is never changed: the next schema step adds.</remarks>
static class JournalTables
{
    const string Append = "ON CONFLICT(_key) DO NOTHING";

    /// <summary>Only a higher <c>seq</c> replaces a row: what comes late, or again, changes nothing.</summary>
    const string Forward = "ON CONFLICT(_key) DO UPDATE SET {columns} WHERE excluded.seq > orders.seq";

    static readonly JournalTable<OrderRecord> Orders = new("orders",
        Forward,
        new("_key", "TEXT PRIMARY KEY", row => row.Key), new("seq", "INTEGER NOT NULL", row => row.Seq),
        new("intent_id", "TEXT NOT NULL", row => row.IntentId), new("client_order_id", "TEXT NOT NULL", row => row.ClientOrderId), new("order_id", "TEXT", row => row.OrderId),
        new("market", "TEXT NOT NULL", row => row.Market), new("symbol", "TEXT NOT NULL", row => row.Symbol),
        new("side", "TEXT NOT NULL", row => row.Side), new("type", "TEXT NOT NULL", row => row.Type), new("time_in_force", "TEXT", row => row.TimeInForce),
        new("price", "TEXT", row => SqliteText.Of(row.Price)), new("qty", "TEXT NOT NULL", row => SqliteText.Of(row.Qty)), new("qty_requested", "TEXT NOT NULL", row => SqliteText.Of(row.QtyRequested)),
        new("filled_qty", "TEXT NOT NULL", row => SqliteText.Of(row.FilledQty)), new("avg_price", "TEXT", row => SqliteText.Of(row.AvgPrice)), new("slippage_bps", "TEXT", row => SqliteText.Of(row.SlippageBps)),
        new("reduce_only", "INTEGER NOT NULL", row => row.ReduceOnly), new("status", "TEXT NOT NULL", row => row.Status), new("final", "INTEGER NOT NULL", row => row.Final),
        new("code", "TEXT", row => row.Code), new("rejected_by", "TEXT", row => row.RejectedBy), new("message", "TEXT", row => row.Message),
        new("rcu_rev", "INTEGER NOT NULL", row => row.RcuRev), new("exec_policy", "TEXT", row => row.ExecPolicy),
        new("created_at", "TEXT NOT NULL", row => SqliteText.Of(row.CreatedAt)), new("updated_at", "TEXT NOT NULL", row => SqliteText.Of(row.UpdatedAt)), new("sent_at", "TEXT", row => SqliteText.Of(row.SentAt)),
        new("acknowledged_at", "TEXT", row => SqliteText.Of(row.AcknowledgedAt)), new("closed_at", "TEXT", row => SqliteText.Of(row.ClosedAt)),
        new("list_id", "TEXT", row => row.ListId, true), new("trigger_px", "TEXT", row => SqliteText.Of(row.TriggerPx), true), new("cancel_reason", "TEXT", row => row.CancelReason, true),
        new("leg", "INTEGER", row => row.Leg, true), new("purpose", "TEXT", row => row.Purpose, true), new("leg_qty", "TEXT", row => SqliteText.Of(row.LegQty), true), new("notional", "TEXT", row => SqliteText.Of(row.Notional), true),
        new("maker_wait_ms", "INTEGER", row => row.MakerWaitMs, true), new("explore_propensity", "TEXT", row => SqliteText.Of(row.ExplorePropensity), true),
        new("mid_at_publish", "TEXT", row => SqliteText.Of(row.MidAtPublish), true), new("mid_at_arrival", "TEXT", row => SqliteText.Of(row.MidAtArrival), true),
        new("mid_at_decide", "TEXT", row => SqliteText.Of(row.MidAtDecide), true), new("spread_at_decide", "TEXT", row => SqliteText.Of(row.SpreadAtDecide), true),
        new("bid_depth_at_decide", "TEXT", row => SqliteText.Of(row.BidDepthAtDecide), true), new("ask_depth_at_decide", "TEXT", row => SqliteText.Of(row.AskDepthAtDecide), true),
        new("mid_at_send", "TEXT", row => SqliteText.Of(row.MidAtSend), true),
        new("published_at", "TEXT", row => SqliteText.Of(row.PublishedAt), true), new("received_at", "TEXT", row => SqliteText.Of(row.ReceivedAt), true), new("decided_at", "TEXT", row => SqliteText.Of(row.DecidedAt), true),
        new("filled_at", "TEXT", row => SqliteText.Of(row.FilledAt), true), new("ended_at", "TEXT", row => SqliteText.Of(row.EndedAt), true));

    static readonly JournalTable<FillRecord> Fills = new("fills", Append,
        new("_key", "TEXT PRIMARY KEY", row => row.Key), new("fill_id", "TEXT NOT NULL", row => row.FillId), new("intent_id", "TEXT NOT NULL", row => row.IntentId),
        new("order_id", "TEXT", row => row.OrderId), new("client_order_id", "TEXT NOT NULL", row => row.ClientOrderId),
        new("market", "TEXT NOT NULL", row => row.Market), new("symbol", "TEXT NOT NULL", row => row.Symbol), new("side", "TEXT NOT NULL", row => row.Side), new("trade_id", "TEXT NOT NULL", row => row.TradeId),
        new("qty", "TEXT NOT NULL", row => SqliteText.Of(row.Qty)), new("price", "TEXT NOT NULL", row => SqliteText.Of(row.Price)),
        new("commission", "TEXT NOT NULL", row => SqliteText.Of(row.Commission)), new("commission_asset", "TEXT", row => row.CommissionAsset), new("maker", "INTEGER", row => row.Maker),
        new("mid_at_send", "TEXT", row => SqliteText.Of(row.MidAtSend)), new("book_top3", "TEXT", row => row.BookTop3), new("slippage_bps", "TEXT", row => SqliteText.Of(row.SlippageBps)),
        new("timestamp", "TEXT NOT NULL", row => SqliteText.Of(row.Timestamp)));

    static readonly JournalTable<StrategyEvent> Events = new("strategy_events", Append,
        new("_key", "TEXT PRIMARY KEY", row => row.Key), new("type", "TEXT NOT NULL", row => row.Type), new("intent_id", "TEXT NOT NULL", row => row.IntentId), new("seq", "INTEGER NOT NULL", row => row.Seq),
        new("client_order_id", "TEXT", row => row.ClientOrderId), new("code", "TEXT", row => row.Code), new("detail", "TEXT", row => row.Detail), new("timestamp", "TEXT NOT NULL", row => SqliteText.Of(row.Timestamp)),
        new("no", "INTEGER NOT NULL DEFAULT 0", row => row.No, true));

    static readonly JournalTable<MarkoutRecord> Markouts = new("markouts", Append,
        new("_key", "TEXT PRIMARY KEY", row => row.Key), new("fill_id", "TEXT NOT NULL", row => row.FillId), new("intent_id", "TEXT NOT NULL", row => row.IntentId), new("client_order_id", "TEXT NOT NULL", row => row.ClientOrderId),
        new("market", "TEXT NOT NULL", row => row.Market), new("symbol", "TEXT NOT NULL", row => row.Symbol), new("side", "TEXT NOT NULL", row => row.Side), new("price", "TEXT NOT NULL", row => SqliteText.Of(row.Price)),
        new("horizon_s", "INTEGER NOT NULL", row => row.HorizonS), new("due_at", "TEXT NOT NULL", row => SqliteText.Of(row.DueAt)), new("mid", "TEXT", row => SqliteText.Of(row.Mid)),
        new("mid_at", "TEXT", row => SqliteText.Of(row.MidAt)), new("markout_bps", "TEXT", row => SqliteText.Of(row.MarkoutBps)), new("reason", "TEXT", row => row.Reason));

    /// <summary>Tables, and the indexes that spec §4.1 suggests, plus those by which an intent's record is read.</summary>
    public static string Create => "\n" + Orders.Create + Fills.Create + Events.Create + """
        CREATE INDEX orders_order_id ON orders(order_id);
        CREATE INDEX orders_client_order_id ON orders(client_order_id);
        CREATE INDEX orders_symbol_created_at ON orders(symbol, created_at);
        CREATE INDEX orders_intent_id ON orders(intent_id);
        CREATE INDEX fills_fill_id ON fills(fill_id);
        CREATE INDEX fills_timestamp_order_id ON fills(timestamp, order_id);
        CREATE INDEX fills_intent_id ON fills(intent_id);
        CREATE INDEX strategy_events_intent_id ON strategy_events(intent_id, seq);
        """;

    /// <summary>What later builds record beyond that.</summary>
    public static string Add => Orders.Add + Events.Add + Markouts.Create + """
        CREATE INDEX markouts_fill_id ON markouts(fill_id);
        CREATE INDEX markouts_intent_id ON markouts(intent_id);
        CREATE INDEX orders_intent_leg ON orders(intent_id, leg);
        """;

    public static void Write(SqliteSession db, JournalBatch batch)
    {
        foreach (var row in batch.Orders) Orders.Write(db, row);
        foreach (var row in batch.Fills) Fills.Write(db, row);
        foreach (var row in batch.Events) Events.Write(db, row);
        foreach (var row in batch.Markouts) Markouts.Write(db, row);
    }
}
