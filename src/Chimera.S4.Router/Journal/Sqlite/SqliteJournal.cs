using Chimera.S4.Contracts;
using Chimera.S4.Router.Stores.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chimera.S4.Router.Journal.Sqlite;

/// <summary>The record in <c>s4.db</c>: all batches of a call in one transaction.</summary>
sealed class SqliteJournal(SqliteDatabase database) : IJournal
{
    public Task Write(IReadOnlyList<JournalBatch> batches, CancellationToken cancel) => JournalRows.Write(batches, some => Take(some, cancel));

    async Task Take(IReadOnlyList<JournalBatch> batches, CancellationToken cancel)
    {
        try
        {
            await database.Write(db =>
            {
                foreach (var batch in batches) JournalTables.Write(db, batch);
                return batches.Count;
            }, cancel);
        }
        // What the file cannot take now is StoreUnavailableException; this it never will.
        catch (SqliteException mistake)
        {
            throw new JournalRefusedException($"{database.Options.File} refuses the record of {batches[0].IntentId}: {mistake.Message}");
        }
    }

    public Task Ping(CancellationToken cancel) => database.Ping(cancel);
}
