using Chimera.S4.Router.Stores.Sqlite;

namespace Chimera.S4.Router.Journal.Sqlite;

/// <summary>A table whose columns are told once: name, type and the value that fills it.</summary>
/// <param name="onConflict">What a row with a known <c>_key</c> does; <c>{columns}</c> stands for setting them all.</param>
sealed class JournalTable<T>(string name, string onConflict, params JournalTable<T>.Column[] columns)
{
    /// <param name="Added">The column came with the second step of the schema's history, so that a file of before has it empty in its old rows.</param>
    public sealed record Column(string Name, string Type, Func<T, object?> Value, bool Added = false);

    readonly string insert =
        $"INSERT INTO {name}({string.Join(", ", columns.Select(column => column.Name))}) VALUES({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))}) " +
        onConflict.Replace("{columns}", string.Join(", ", columns.Select(column => $"{column.Name} = excluded.{column.Name}")), StringComparison.Ordinal);

    public string Create => $"CREATE TABLE {name}({string.Join(", ", columns.Where(column => !column.Added).Select(column => $"{column.Name} {column.Type}"))}) STRICT;\n";

    public string Add => string.Concat(columns.Where(column => column.Added).Select(column => $"ALTER TABLE {name} ADD COLUMN {column.Name} {column.Type};\n"));

    public void Write(SqliteSession db, T row) => db.Execute(insert, [.. columns.Select(column => column.Value(row))]);
}
