namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>Tombstones that have lapsed. They are absent to every reader at once; the rows go a few at a time, on the way of later commits.</summary>
static class SqlitePurge
{
    const int AtATime = 10;

    /// <summary>Makes room for one id, if what is stored of it has lapsed.</summary>
    public static void Lapsed(SqliteSession db, string id, long now)
    {
        if (db.Number("SELECT 1 FROM s4_order WHERE id = $1 AND lapses_at <= $2", id, now) is not null) Order(db, id);
    }

    public static void Some(SqliteSession db, long now)
    {
        foreach (var id in db.Query("SELECT id FROM s4_order WHERE lapses_at <= $1 ORDER BY lapses_at LIMIT $2", row => row.GetString(0), now, AtATime)) Order(db, id);
    }

    static void Order(SqliteSession db, string id)
    {
        db.Execute("DELETE FROM s4_effect WHERE order_id = $1", id);
        db.Execute("DELETE FROM s4_venue_order WHERE order_id = $1", id);
        db.Execute("DELETE FROM s4_order WHERE id = $1", id);
    }

    public static void Placements(SqliteSession db, long now) =>
        db.Execute("DELETE FROM s4_placement WHERE client_order_id IN (SELECT client_order_id FROM s4_placement WHERE lapses_at <= $1 ORDER BY lapses_at LIMIT $2)", now, AtATime);
}
