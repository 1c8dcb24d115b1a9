using Chimera.S4.System.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace Chimera.S4.System.Tests.Check;

/// <summary>The questions of <c>infra/queries</c>, put to a record that a router has written.</summary>
static class Questions
{
    public static IEnumerable<string> All => Directory.EnumerateFiles(Folder, "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)!).Order();

    /// <returns>One text a row, its columns parted by blanks; what is null is a dash.</returns>
    public static IReadOnlyList<string> Ask(string question, string database, string intentId = "")
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = File.ReadAllText(Path.Combine(Folder, $"{question}.sql"));
        foreach (var (name, value) in new[] { ("$since", "2000-01-01"), ("$intent_id", intentId) })
            if (command.CommandText.Contains(name, StringComparison.Ordinal)) command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "-" : Convert.ToString(reader.GetValue(column), global::System.Globalization.CultureInfo.InvariantCulture))));
        return rows;
    }

    static string Folder => Path.Combine(Executables.Root, "infra", "queries");
}
