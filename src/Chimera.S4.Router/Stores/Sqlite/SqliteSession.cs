using Microsoft.Data.Sqlite;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>One connection and its prepared statements; used by one thread at a time. Parameters are <c>$1</c>, <c>$2</c>, … in order.</summary>
sealed class SqliteSession : IDisposable
{
    readonly SqliteConnection connection;
    readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    public SqliteSession(string file, bool readOnly)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,                                      // sessions are kept here, with their statements
            DefaultTimeout = 3,
        }.ToString());
        connection.Open();
    }

    /// <summary>Rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        using var reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    public long? Number(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteScalar() is long number ? number : null;

    public string? Text(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteScalar() as string;

    SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            prepared.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        connection.Dispose();
    }
}

static class SqliteRow
{
    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
