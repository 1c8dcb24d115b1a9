using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Journal.Sqlite;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Contracts;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

public class A_SQLite_journal : IAsyncLifetime
{
    readonly SqliteBackend backend = new();

    public Task InitializeAsync() => Task.CompletedTask;
    public async Task DisposeAsync() => await backend.DisposeAsync();

    static readonly string[] Tables = ["orders", "fills", "strategy_events", "markouts"];

    static Task<string> Rows(SqliteBackend of) => of.Database.Read(db => string.Join('\n', Tables.SelectMany(table =>
        db.Query($"SELECT * FROM {table} ORDER BY _key", row => $"{table} " + string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(i => $"{row.GetName(i)}={row.GetValue(i)}"))))), Given.Ever);

    [Fact]
    public async Task Writes_every_field_in_a_column_of_its_own()
    {
        var batch = Pins.All.Select(pin => pin.Sample).OfType<JournalBatch>().Single();
        await backend.Journal.Write([batch], Given.Ever);
        foreach (var (table, record) in Tables.Zip<string, object>([batch.Orders[0], batch.Fills[0], batch.Events[0], batch.Markouts[0]]))
        {
            var row = await backend.Database.Read(db => db.Query($"SELECT * FROM {table}", row => Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, i => Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture)!)).Single(), Given.Ever);
            Assert.Equal(JsonSerializer.SerializeToNode(record)!.AsObject().Select(field => $"{field.Key}={Stored(field.Value!)}").Order(), row.Select(column => $"{column.Key}={column.Value}").Order());
        }
    }

    static string Stored(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ when value.ToString() is var text && text.EndsWith("+00:00", StringComparison.Ordinal) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>The tables as the first build made them, with a row in them, as a later build finds them.</summary>
    [Fact]
    public void Takes_up_a_file_of_the_first_build()
    {
        using var file = new SqliteSession(Path.Combine(backend.Options.Dir, "first.db"), readOnly: false);
        file.Execute(JournalTables.Create);
        file.Execute("""
            INSERT INTO orders(_key, seq, intent_id, client_order_id, market, symbol, side, type, qty, qty_requested, filled_qty, reduce_only, status, final, rcu_rev, created_at, updated_at)
            VALUES('s4a', 0, 'i1', 's4a', 'SPOT', 'BTCUSDT', 'BUY', 'MARKET', '1', '1', '0', 0, 'NEW', 0, 0, '2026-01-01T00:00:00.0000000Z', '2026-01-01T00:00:00.0000000Z')
            """);

        file.Execute(JournalTables.Add);

        Assert.Equal([null], file.Query("SELECT decided_at FROM orders", row => row.TextOrNull(0)));
        JournalTables.Write(file, Pins.All.Select(pin => pin.Sample).OfType<JournalBatch>().Single());
        Assert.Equal(["1 1500"], file.Query("SELECT seq, maker_wait_ms FROM orders", row => $"{row.GetInt32(0)} {row.GetInt32(1)}"));
    }
}
