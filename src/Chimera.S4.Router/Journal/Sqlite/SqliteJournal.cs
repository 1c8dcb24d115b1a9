using Chimera.S4.Contracts;
using Chimera.S4.Router.Stores.Sqlite;

namespace Chimera.S4.Router.Journal.Sqlite;

/// <summary>The record in <c>s4.db</c>: all batches of a call in one transaction.</summary>
sealed class SqliteJournal(SqliteDatabase database) : IJournal
{
    public Task Write(IReadOnlyList<JournalBatch> batches, CancellationToken cancel) => batches.Count == 0 ? Task.CompletedTask : database.Write(db =>
    {
        foreach (var batch in batches) JournalTables.Write(db, batch);
        return batches.Count;
    }, cancel);

    public Task Ping(CancellationToken cancel) => database.Ping(cancel);
}
