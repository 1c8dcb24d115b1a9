using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Tests.Stores;

namespace Chimera.S4.Router.Tests.Journal;

/// <summary>A place where the record is kept, as the contract suite sees it.</summary>
interface IRecordBackend : IAsyncDisposable
{
    IJournal Journal { get; }

    /// <summary>Another writer of the same record, as another replica has it.</summary>
    IJournal Other { get; }

    /// <summary>All of it, a row a line, each value under its name, names in order; booleans as 0 and 1, absent values as nothing: the same text wherever it is kept.</summary>
    Task<string> Rows();
}

sealed class SqliteRecord : IRecordBackend
{
    readonly SqliteBackend backend = new();

    public IJournal Journal => backend.Journal;
    public IJournal Other => backend.Journal;      // a file has one writer

    public Chimera.S4.Router.Stores.Sqlite.SqliteDatabase Database => backend.Database;

    public Task<string> Rows() => backend.Database.Read(db => string.Join('\n', new[] { "orders", "fills", "strategy_events" }.SelectMany(table =>
        db.Query($"SELECT * FROM {table} ORDER BY _key", row => RecordText.Line(table, Enumerable.Range(0, row.FieldCount).Select(i => (row.GetName(i), $"{row.GetValue(i)}")))))), Given.Ever);

    public ValueTask DisposeAsync() => backend.DisposeAsync();
}

static class RecordText
{
    public static string Line(string table, IEnumerable<(string Name, string Value)> fields) =>
        $"{table} {string.Join(' ', fields.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => $"{field.Name}={field.Value}"))}";
}
