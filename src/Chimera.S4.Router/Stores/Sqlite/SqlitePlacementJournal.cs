using Chimera.S4.Orders;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>The journal of placements as rows. <c>idem:order:*</c> has no counterpart here: it is a word to other services, and a file has none.</summary>
sealed class SqlitePlacementJournal(SqliteDatabase database) : IPlacementJournal
{
    public Task<PlacementEntry?> Load(string clientOrderId, CancellationToken cancel) =>
        database.Read(db => db.Query("SELECT entry, resolution FROM s4_placement WHERE client_order_id = $1 AND (lapses_at IS NULL OR lapses_at > $2)",
            row => StoredJson.Read<PlacementEntry>(row.GetString(0)) with { Resolution = row.TextOrNull(1) }, clientOrderId, database.Now).SingleOrDefault(), cancel);

    public Task<bool> TryBegin(PlacementEntry entry, CancellationToken cancel) => database.Write(db =>
    {
        db.Execute("DELETE FROM s4_placement WHERE client_order_id = $1 AND lapses_at <= $2", entry.ClientOrderId, database.Now);
        return db.Execute("INSERT OR IGNORE INTO s4_placement(client_order_id, epoch, entry) VALUES($1, $2, $3)", entry.ClientOrderId, entry.Epoch, Json(entry)) == 1;
    }, cancel);

    public Task<bool> TryAdvance(PlacementEntry entry, CancellationToken cancel) => Replace(entry, entry.Epoch - 1, cancel);

    public Task NoteProbe(PlacementEntry entry, CancellationToken cancel) => Replace(entry, entry.Epoch, cancel);

    public Task<bool> Resolve(string clientOrderId, int? ofEpoch, string resolution, CancellationToken cancel) => database.Write(db =>
    {
        var now = database.Now;
        SqlitePurge.Placements(db, now);
        return db.Execute("""
            INSERT INTO s4_placement(client_order_id, epoch, entry, resolution, lapses_at) VALUES($1, 1, $2, $3, $4)
            ON CONFLICT(client_order_id) DO UPDATE SET resolution = excluded.resolution, lapses_at = excluded.lapses_at WHERE resolution IS NULL AND epoch = coalesce($5, epoch)
            """, clientOrderId, Json(PlacementRules.NeverBegun(clientOrderId)), resolution, now + Moment.Ceiling(PlacementRules.KeepResolved), ofEpoch) == 1;
    }, cancel);

    Task<bool> Replace(PlacementEntry entry, int epoch, CancellationToken cancel) => database.Write(db =>
        db.Execute("UPDATE s4_placement SET epoch = $3, entry = $4 WHERE client_order_id = $1 AND epoch = $2 AND resolution IS NULL",
            entry.ClientOrderId, epoch, entry.Epoch, Json(entry)) == 1, cancel);

    static string Json(PlacementEntry entry) => StoredJson.Write(entry with { Resolution = null });
}
