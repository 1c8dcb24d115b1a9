namespace Chimera.S4.Router.Stores.Sqlite;

sealed partial class SqliteOrderStore
{
    public Task<IReadOnlyList<PendingEffect>> PendingEffects(Guid id, CancellationToken cancel) => database.Read<IReadOnlyList<PendingEffect>>(db =>
        db.Query("SELECT seq, kind, payload FROM s4_effect WHERE order_id = $1 ORDER BY seq",
            row => new PendingEffect(id, row.GetInt32(0), row.GetString(1), row.GetString(2)), id.ToString()), cancel);

    public Task<IReadOnlyList<PendingEffect>> ClaimDueEffects(TimeSpan lease, int max, CancellationToken cancel) => database.Write<IReadOnlyList<PendingEffect>>(db =>
    {
        var now = database.Now;
        var due = db.Query("SELECT order_id, seq, kind, payload FROM s4_effect WHERE due <= $1 ORDER BY due, order_id, seq LIMIT $2",
            row => new PendingEffect(Guid.Parse(row.GetString(0)), row.GetInt32(1), row.GetString(2), row.GetString(3)), now, max);
        foreach (var effect in due) Postpone(db, effect.OrderId, effect.Seq, now + Moment.Ceiling(lease));
        return due;
    }, cancel);

    public Task PostponeEffect(Guid id, int seq, TimeSpan delay, CancellationToken cancel) =>
        database.Write(db => Postpone(db, id, seq, database.Now + Moment.Ceiling(delay)), cancel);

    public Task CompleteEffects(Guid id, IReadOnlyCollection<int> seqs, CancellationToken cancel) => seqs.Count == 0 ? Task.CompletedTask : database.Write(db =>
    {
        foreach (var seq in seqs) db.Execute("DELETE FROM s4_effect WHERE order_id = $1 AND seq = $2", id.ToString(), seq);
        return true;
    }, cancel);

    public Task<bool> IsPending(Guid id, int seq, CancellationToken cancel) =>
        database.Read(db => db.Number("SELECT 1 FROM s4_effect WHERE order_id = $1 AND seq = $2", id.ToString(), seq) is not null, cancel);

    static int Postpone(SqliteSession db, Guid id, int seq, long due) =>
        db.Execute("UPDATE s4_effect SET due = $3 WHERE order_id = $1 AND seq = $2", id.ToString(), seq, due);
}
