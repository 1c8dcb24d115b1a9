using Chimera.S4.Router.Journal.Sqlite;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>The tables of <c>s4.db</c> and their history. A step, once released, is never changed: the next one is added below it.</summary>
static class SqliteSchema
{
    const string State = """
        CREATE TABLE s4_order(
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, document TEXT NOT NULL, line TEXT NOT NULL,
          status TEXT NOT NULL, symbol TEXT NOT NULL, market TEXT NOT NULL, created INTEGER NOT NULL, lapses_at INTEGER) STRICT;
        CREATE INDEX s4_order_created ON s4_order(created, id);
        CREATE INDEX s4_order_status ON s4_order(status, created, id);
        CREATE INDEX s4_order_symbol ON s4_order(symbol, created, id);
        CREATE INDEX s4_order_live ON s4_order(id) WHERE lapses_at IS NULL;
        CREATE INDEX s4_order_lapse ON s4_order(lapses_at) WHERE lapses_at IS NOT NULL;

        CREATE TABLE s4_effect(
          order_id TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL, due INTEGER NOT NULL,
          PRIMARY KEY(order_id, seq)) STRICT;
        CREATE INDEX s4_effect_due ON s4_effect(due);

        CREATE TABLE s4_timer(token TEXT PRIMARY KEY, due INTEGER NOT NULL, body TEXT NOT NULL, leased_until INTEGER) STRICT;
        CREATE INDEX s4_timer_due ON s4_timer(due) WHERE leased_until IS NULL;
        CREATE INDEX s4_timer_lease ON s4_timer(leased_until) WHERE leased_until IS NOT NULL;

        CREATE TABLE s4_result(
          pos INTEGER PRIMARY KEY AUTOINCREMENT, result_id TEXT NOT NULL, intent_id TEXT NOT NULL, seq INTEGER NOT NULL, status TEXT NOT NULL,
          filled_qty TEXT NOT NULL, avg_price TEXT, slippage_bps TEXT, code TEXT, corrects INTEGER, ts TEXT NOT NULL) STRICT;

        CREATE TABLE s4_venue_order(
          market TEXT NOT NULL, symbol TEXT NOT NULL, venue_order_id TEXT NOT NULL, order_id TEXT NOT NULL,
          PRIMARY KEY(market, symbol, venue_order_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX s4_venue_order_order ON s4_venue_order(order_id);

        CREATE TABLE s4_placement(
          client_order_id TEXT PRIMARY KEY, epoch INTEGER NOT NULL, entry TEXT NOT NULL, resolution TEXT, lapses_at INTEGER) STRICT;
        CREATE INDEX s4_placement_lapse ON s4_placement(lapses_at) WHERE lapses_at IS NOT NULL;

        CREATE TABLE s4_deployment(one INTEGER PRIMARY KEY CHECK(one = 1), identity TEXT NOT NULL) STRICT;
        """;

    const string TwapQueue = "CREATE TABLE s4_twap_queue(task TEXT PRIMARY KEY, due INTEGER NOT NULL) STRICT";

    /// <summary>Timers that nobody could read.</summary>
    const string ParkedTimers = "CREATE TABLE s4_timer_parked(token TEXT PRIMARY KEY, due INTEGER NOT NULL, body TEXT NOT NULL) STRICT";

    const string Guard = """
        CREATE TABLE s4_guard(
          order_id TEXT PRIMARY KEY, symbol TEXT NOT NULL, intent_id TEXT NOT NULL, armed_at TEXT NOT NULL, sl_px TEXT, tp_px TEXT) STRICT;
        """;

    /// <summary>The kill switch, and the breaker of each venue; and the intents that the last minute counts.</summary>
    const string Gates = """
        CREATE TABLE s4_gate(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE s4_order_slot(order_id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
        """;

    const string Alerts = """
        CREATE TABLE s4_alert(
          pos INTEGER PRIMARY KEY AUTOINCREMENT, condition TEXT NOT NULL, at INTEGER NOT NULL, alert_id TEXT NOT NULL, level TEXT NOT NULL, code TEXT NOT NULL, intent_id TEXT,
          text TEXT NOT NULL, runbook TEXT NOT NULL, ts TEXT NOT NULL) STRICT;
        CREATE INDEX s4_alert_condition ON s4_alert(condition, at);
        """;

    /// <summary>What one process at a time does, and the last word of whoever did it.</summary>
    const string Leases = """
        CREATE TABLE s4_lease(name TEXT PRIMARY KEY, holder TEXT NOT NULL, ends INTEGER NOT NULL) STRICT;
        CREATE TABLE s4_note(name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
        """;

    /// <summary>What a service keeps in <c>router:curves:{symbol}</c>.</summary>
    const string Curves = "CREATE TABLE s4_curve(symbol TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT";

    static readonly string[] Steps = [State + JournalTables.Create, TwapQueue, ParkedTimers, Guard, Gates, JournalTables.Add, Alerts, Leases, Curves];

    /// <exception cref="InvalidOperationException">The file is of a newer S4 than this one.</exception>
    public static void Open(SqliteSession session, string file)
    {
        session.Execute("PRAGMA journal_mode=WAL");
        session.Execute("PRAGMA synchronous=FULL");
        session.Execute("BEGIN IMMEDIATE");                       // two processes that start at once build it once
        var version = session.Number("PRAGMA user_version") ?? 0;
        if (version > Steps.Length) throw new InvalidOperationException($"{file} has schema {version}; this build knows {Steps.Length}: start the newer build, or another {DataOptions.DirVariable}");
        foreach (var step in Steps.Skip((int)version)) session.Execute(step);
        session.Execute($"PRAGMA user_version={Steps.Length}");
        session.Execute("COMMIT");
    }
}
