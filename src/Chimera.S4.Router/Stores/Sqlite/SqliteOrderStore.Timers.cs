namespace Chimera.S4.Router.Stores.Sqlite;

sealed partial class SqliteOrderStore
{
    public Task<IReadOnlyList<DueTimer>> ClaimDueTimers(TimeSpan lease, int max, CancellationToken cancel) => database.Write<IReadOnlyList<DueTimer>>(db =>
    {
        var now = database.Now;
        var due = db.Query("SELECT token, due, body FROM s4_timer WHERE leased_until IS NULL AND due <= $1 ORDER BY due, token LIMIT $2",
            row => new DueTimer(Guid.Parse(row.GetString(0)), Moment.At(row.GetInt64(1)), row.GetString(2)), now, max);
        foreach (var timer in due) db.Execute("UPDATE s4_timer SET leased_until = $2 WHERE token = $1", timer.Token.ToString(), now + Moment.Ceiling(lease));
        return due;
    }, cancel);

    public Task<int> ReapTimers(CancellationToken cancel) =>
        database.Write(db => db.Execute("UPDATE s4_timer SET leased_until = NULL WHERE leased_until <= $1", database.Now), cancel);

    public Task DropTimer(Guid token, CancellationToken cancel) => database.Write(db => db.Execute("DELETE FROM s4_timer WHERE token = $1", token.ToString()), cancel);

    public Task ParkTimer(Guid token, CancellationToken cancel) => database.Write(db =>
    {
        db.Execute("INSERT OR REPLACE INTO s4_timer_parked(token, due, body) SELECT token, due, body FROM s4_timer WHERE token = $1", token.ToString());
        return db.Execute("DELETE FROM s4_timer WHERE token = $1", token.ToString());
    }, cancel);

    public Task<int> ReturnParkedTimers(CancellationToken cancel) => database.Write(db =>
    {
        db.Execute("INSERT OR REPLACE INTO s4_timer(token, due, body) SELECT token, due, body FROM s4_timer_parked");
        return db.Execute("DELETE FROM s4_timer_parked");
    }, cancel);

    public async Task<DateTimeOffset?> NextTimerDue(CancellationToken cancel) =>
        await database.Read(db => db.Number("SELECT min(due) FROM s4_timer WHERE leased_until IS NULL"), cancel).ConfigureAwait(false) is { } due ? Moment.At(due) : null;
}
