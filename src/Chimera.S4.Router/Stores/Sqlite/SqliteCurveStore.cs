using Chimera.S4.Router.Curves;

namespace Chimera.S4.Router.Stores.Sqlite;

sealed class SqliteCurveStore(SqliteDatabase database) : ICurveStore
{
    public async Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel) =>
        await database.Read(db => symbols.Select(symbol => db.Text("SELECT document FROM s4_curve WHERE symbol = $1", symbol)).ToArray(), cancel).ConfigureAwait(false);

    public Task<bool> Replace(string symbol, string? before, string after, CancellationToken cancel) => database.Write(db => (before is null
        ? db.Execute("INSERT INTO s4_curve(symbol, document) VALUES($1, $2) ON CONFLICT(symbol) DO NOTHING", symbol, after)
        : db.Execute("UPDATE s4_curve SET document = $3 WHERE symbol = $1 AND document = $2", symbol, before, after)) == 1, cancel);
}
