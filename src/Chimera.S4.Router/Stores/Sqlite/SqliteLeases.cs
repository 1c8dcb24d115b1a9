namespace Chimera.S4.Router.Stores.Sqlite;

sealed class SqliteLeases(SqliteDatabase database) : ILeases, INotes
{
    public Task<bool> Hold(string name, string holder, TimeSpan span, CancellationToken cancel) => database.Write(db => db.Execute("""
        INSERT INTO s4_lease(name, holder, ends) VALUES($1, $2, $3)
        ON CONFLICT(name) DO UPDATE SET holder = excluded.holder, ends = excluded.ends WHERE s4_lease.holder = excluded.holder OR s4_lease.ends <= $4
        """, name, holder, database.Now + Moment.Ceiling(span), database.Now) == 1, cancel);

    public Task Release(string name, string holder, CancellationToken cancel) =>
        database.Write(db => db.Execute("DELETE FROM s4_lease WHERE name = $1 AND holder = $2", name, holder), cancel);

    public async Task<IReadOnlyList<string>> Held(string prefix, CancellationToken cancel) =>
        await database.Read(db => db.Query("SELECT name FROM s4_lease WHERE ends > $1 AND substr(name, 1, length($2)) = $2", row => row.GetString(0), database.Now, prefix), cancel).ConfigureAwait(false);

    public Task Write(string name, string text, CancellationToken cancel) =>
        database.Write(db => db.Execute("INSERT INTO s4_note(name, text) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET text = excluded.text", name, text), cancel);

    public Task<bool> TryReplace(string name, string? before, string after, CancellationToken cancel) => database.Write(db => before is null
        ? db.Execute("INSERT INTO s4_note(name, text) VALUES($1, $2) ON CONFLICT(name) DO NOTHING", name, after) == 1
        : db.Execute("UPDATE s4_note SET text = $2 WHERE name = $1 AND text = $3", name, after, before) == 1, cancel);

    public Task<string?> Read(string name, CancellationToken cancel) => database.Read(db => db.Text("SELECT text FROM s4_note WHERE name = $1", name), cancel);
}
