using Chimera.S4.Router.Journal.Sqlite;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>One commit inside the writer's transaction.</summary>
static class SqliteCommit
{
    public static CommitOutcome Run(SqliteSession db, OrderCommit commit, long now, bool holdsJournal, int resultsMaxLength)
    {
        var id = commit.Id.ToString();
        SqlitePurge.Lapsed(db, id, now);
        var stored = db.Number("SELECT version FROM s4_order WHERE id = $1", id);
        if (stored != commit.ExpectedVersion) return CommitOutcome.Conflict;

        Document(db, id, commit, now);
        foreach (var seq in commit.DoneEffects) db.Execute("DELETE FROM s4_effect WHERE order_id = $1 AND seq = $2", id, seq);
        foreach (var effect in commit.Effects) Effect(db, id, effect, now);
        foreach (var token in commit.Disarm) db.Execute("DELETE FROM s4_timer WHERE token = $1", token.ToString());
        foreach (var timer in commit.Arm)
            db.Execute("INSERT OR REPLACE INTO s4_timer(token, due, body) VALUES($1, $2, $3)", timer.Token.ToString(), Moment.Ceiling(timer.Due), timer.Body);
        foreach (var order in commit.VenueOrders)
            db.Execute("INSERT OR REPLACE INTO s4_venue_order(market, symbol, venue_order_id, order_id) VALUES($1, $2, $3, $4)", order.Market, order.Symbol, order.VenueOrderId, id);
        foreach (var slice in commit.Unqueued) db.Execute("DELETE FROM s4_twap_queue WHERE task = $1", slice.Task);
        foreach (var slice in commit.Queued) db.Execute("INSERT OR REPLACE INTO s4_twap_queue(task, due) VALUES($1, $2)", slice.Task, Moment.Ceiling(slice.Due));
        if (commit.Guard is not null) SqliteGuards.Put(db, id, commit.Guard);
        if (commit.Result is not null) SqliteResults.Append(db, commit.Result, resultsMaxLength);
        if (commit.Record is not null)
        {
            if (holdsJournal) JournalTables.Write(db, commit.Record);
            else Effect(db, id, RecordEffect.Of(commit.RecordSeq, commit.Record), now);
        }
        if (commit.TombstoneTtl is not null) SqlitePurge.Some(db, now);
        return CommitOutcome.Committed;
    }

    static void Document(SqliteSession db, string id, OrderCommit commit, long now)
    {
        var line = commit.Line.Summary;
        db.Execute("""
            INSERT INTO s4_order(id, version, document, line, status, symbol, market, created, lapses_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT(id) DO UPDATE SET version = excluded.version, document = excluded.document, line = excluded.line, status = excluded.status,
              symbol = excluded.symbol, market = excluded.market, created = excluded.created, lapses_at = excluded.lapses_at
            """,
            id, (commit.ExpectedVersion ?? 0) + 1, commit.Document, StoredJson.Write(line), line.Status, line.Symbol, line.Market, Moment.Floor(line.CreatedAt),
            commit.TombstoneTtl is { } ttl ? now + Moment.Ceiling(ttl) : null);
    }

    static void Effect(SqliteSession db, string id, NewEffect effect, long now) =>
        db.Execute("INSERT OR IGNORE INTO s4_effect(order_id, seq, kind, payload, due) VALUES($1, $2, $3, $4, $5)",
            id, effect.Seq, effect.Kind, effect.Payload, now + Moment.Ceiling(effect.Lease));
}
