using Chimera.S4.Router.Stores.Sqlite;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

public class A_SQLite_journal : IAsyncLifetime
{
    readonly SqliteBackend backend = new();

    public Task InitializeAsync() => Task.CompletedTask;
    public async Task DisposeAsync() => await backend.DisposeAsync();

    static Task<string> Rows(SqliteBackend of) => of.Database.Read(db => string.Join('\n', new[] { "orders", "fills", "strategy_events" }.SelectMany(table =>
        db.Query($"SELECT * FROM {table} ORDER BY _key", row => $"{table} " + string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(i => $"{row.GetName(i)}={row.GetValue(i)}"))))), Given.Ever);

    [Fact]
    public async Task Writes_every_field_in_a_column_of_its_own()
    {
        await backend.Journal.Write([GivenRecord.Batch(3)], Given.Ever);
        var rows = (await Rows(backend)).Split('\n');
        Assert.Equal("orders _key=c1 seq=3 intent_id=i client_order_id=c1 order_id=99 market=SPOT symbol=BTCUSDT side=BUY type=LIMIT time_in_force= price= qty=0.0000000000000000000000000001 "
            + "qty_requested=1 filled_qty=3 avg_price=64250.1 slippage_bps= reduce_only=0 status=FILLED final=1 code= rejected_by= message= rcu_rev=0 exec_policy= "
            + "created_at=2026-11-22T08:00:00.0010000Z updated_at=2026-11-22T08:00:00.0040000Z sent_at= acknowledged_at= closed_at=2026-11-22T08:00:00.0010000Z", rows[0]);
        Assert.Equal("fills _key=SPOT:BTCUSDT:3 fill_id=SPOT:BTCUSDT:3 intent_id=i order_id= client_order_id=c1 market=SPOT symbol=BTCUSDT side=BUY trade_id=3 qty=0.1 price=64250.1 "
            + "commission=0 commission_asset= maker=1 mid_at_send= book_top3= slippage_bps= timestamp=2026-11-22T08:00:00.0040000Z", rows[1]);
        Assert.Equal("strategy_events _key=i:3:ROUTER_ORDER_EXECUTED type=ROUTER_ORDER_EXECUTED intent_id=i seq=3 client_order_id= code= detail= timestamp=2026-11-22T08:00:00.0010000Z", rows[2]);
    }

    [Fact]
    public async Task Ends_the_same_whatever_order_and_however_often_batches_arrive()
    {
        var batches = Enumerable.Range(1, 8).Select(GivenRecord.Batch).ToList();
        await backend.Journal.Write(batches, Given.Ever);
        var expected = await Rows(backend);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            await using var other = new SqliteBackend();
            var replayed = batches.Concat(Enumerable.Range(0, 10).Select(_ => batches[random.Next(batches.Count)])).ToArray();
            random.Shuffle(replayed);
            foreach (var some in replayed.Chunk(5)) await other.Journal.Write(some, Given.Ever);
            Assert.True(expected == await Rows(other), $"seed {seed}");
        }
    }

    [Fact]
    public async Task Answers_and_takes_an_empty_call()
    {
        await backend.Journal.Write([], Given.Ever);
        await backend.Journal.Ping(Given.Ever);
    }
}
