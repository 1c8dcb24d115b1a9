using Chimera.S4.Contracts;
using Chimera.S4.Router.Journal.Sqlite;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

public class The_file_of_SQLite : IAsyncLifetime
{
    readonly SqliteBackend backend = new();
    readonly Guid id = Guid.NewGuid();

    public Task InitializeAsync() => Task.CompletedTask;
    public async Task DisposeAsync() => await backend.DisposeAsync();

    OrderCommit Recorded(int? expected) => Given.Step(id, expected, backend.Now) with { Record = GivenRecord.Batch(1), RecordSeq = 1 };
    Task<long?> Count(SqliteDatabase database, string table) => database.Read(db => db.Number($"SELECT count(*) FROM {table}"), Given.Ever);

    [Fact]
    public async Task Takes_the_record_in_the_very_commit_when_it_holds_the_journal()
    {
        await backend.Orders.Commit(Recorded(null), Given.Ever);
        Assert.Empty(await backend.Orders.PendingEffects(id, Given.Ever));
        foreach (var table in new[] { "orders", "fills", "strategy_events" }) Assert.Equal(1, await Count(backend.Database, table));
    }

    [Fact]
    public async Task Takes_no_record_of_a_commit_that_conflicts()
    {
        Assert.Equal(CommitOutcome.Conflict, await backend.Orders.Commit(Recorded(4), Given.Ever));
        Assert.Equal(0, await Count(backend.Database, "orders"));
    }

    [Fact]
    public async Task Hands_the_record_on_when_another_holds_the_journal()
    {
        await using var other = new SqliteBackend(holdsJournal: false);
        await other.Orders.Commit(Recorded(null), Given.Ever);
        var effect = Assert.Single(await other.Orders.PendingEffects(id, Given.Ever));
        Assert.Equal(RecordEffect.Kind, effect.Kind);
        Assert.Equal(GivenRecord.Batch(1).Fills, RecordEffect.Read(effect.Payload).Fills);
        Assert.Equal(0, await Count(other.Database, "orders"));
    }

    [Fact]
    public async Task Undoes_the_one_write_that_fails_and_keeps_those_that_share_its_transaction()
    {
        var writes = Enumerable.Range(0, 40).Select(i => backend.Database.Write(db =>
        {
            db.Execute("INSERT INTO s4_deployment(one, identity) VALUES(1, 'x') ON CONFLICT DO NOTHING");
            db.Execute("INSERT INTO s4_timer(token, due, body) VALUES($1, 1, '')", $"t{i}");
            return i % 4 == 0 ? throw new InvalidOperationException("no") : i;
        }, Given.Ever)).ToList();
        for (var i = 0; i < writes.Count; i++)
        {
            if (i % 4 == 0) await Assert.ThrowsAsync<InvalidOperationException>(() => writes[i]);
            else Assert.Equal(i, await writes[i]);
        }
        Assert.Equal(30, await Count(backend.Database, "s4_timer"));
    }

    [Fact]
    public async Task Is_reported_unavailable_when_it_cannot_be_written_in_time()
    {
        var options = new DataOptions { Dir = backend.Options.Dir, CallTimeout = TimeSpan.FromMilliseconds(200) };
        using var impatient = new SqliteDatabase(options, new FakeTimeProvider());
        using var held = new SqliteSession(options.File, readOnly: false);
        held.Execute("BEGIN IMMEDIATE");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new SqliteOrderStore(impatient, true).Commit(Given.Step(id, null, backend.Now), Given.Ever));
        held.Execute("COMMIT");
        await impatient.Write(_ => true, Given.Ever).ContinueWith(_ => 0, TaskScheduler.Default);   // behind the one in doubt
        Assert.Equal(CommitOutcome.Conflict, await backend.Orders.Commit(Given.Step(id, 7, backend.Now), Given.Ever));
    }

    [Fact]
    public async Task Does_not_answer_a_ping_while_it_cannot_be_written()
    {
        await backend.Journal.Ping(Given.Ever);
        using var impatient = new SqliteDatabase(new DataOptions { Dir = backend.Options.Dir, CallTimeout = TimeSpan.FromMilliseconds(200) }, new FakeTimeProvider());
        using (var held = new SqliteSession(backend.Options.File, readOnly: false))
        {
            held.Execute("BEGIN EXCLUSIVE");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => new SqliteJournal(impatient).Ping(Given.Ever));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => new SqliteOrderStore(impatient, true).Ping(Given.Ever));
            held.Execute("COMMIT");
        }
        await backend.Journal.Ping(Given.Ever);
    }

    [Fact]
    public async Task Of_a_newer_build_is_refused_by_name()
    {
        await backend.Database.Write(db => db.Execute("PRAGMA user_version=99"), Given.Ever);
        var refusal = Assert.Throws<InvalidOperationException>(() => new SqliteDatabase(backend.Options, new FakeTimeProvider()));
        Assert.Contains("schema 99", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("S4_DATA_DIR", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loses_a_few_lapsed_orders_with_each_order_that_ends()
    {
        for (var i = 0; i < 25; i++) await backend.Orders.Commit(Given.Step(Guid.NewGuid(), null, backend.Now) with { TombstoneTtl = Given.Week, Effects = [Given.Effect(1)] }, Given.Ever);
        await backend.Forward(TimeSpan.FromDays(8));
        for (var i = 0; i < 3; i++) await backend.Orders.Commit(Given.Step(Guid.NewGuid(), null, backend.Now) with { TombstoneTtl = Given.Week }, Given.Ever);
        Assert.Equal(3, await Count(backend.Database, "s4_order"));
        Assert.Equal(0, await Count(backend.Database, "s4_effect"));
    }

    [Fact]
    public async Task Reads_each_list_by_an_index_and_never_the_whole_table()
    {
        foreach (var filter in new[] { "symbol = 'B'", "status = 'NEW'", "created >= 1" })
        {
            var plan = await backend.Database.Read(db => string.Join('\n', db.Query(
                $"EXPLAIN QUERY PLAN SELECT created, id, line FROM s4_order WHERE (lapses_at IS NULL OR lapses_at > 1) AND {filter} AND created <= 5 ORDER BY created DESC, id DESC LIMIT 2", row => row.GetString(3))), Given.Ever);
            Assert.Contains("USING INDEX", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }
    }
}

static class GivenRecord
{
    static readonly DateTimeOffset At = new(2026, 11, 22, 16, 0, 0, 1, TimeSpan.FromHours(8));

    public static JournalBatch Batch(int seq) => new() { IntentId = "i", Orders = [Order(seq)], Fills = [Fill(seq)], Events = [Event(seq)] };

    public static OrderRecord Order(int seq) => new()
    {
        Key = "c1", Seq = seq, IntentId = "i", ClientOrderId = "c1", OrderId = seq > 1 ? "99" : null, Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", Type = "LIMIT",
        Qty = 0.0000000000000000000000000001m, QtyRequested = 1, FilledQty = seq, ReduceOnly = false, Status = seq > 2 ? "FILLED" : "NEW", Final = seq > 2, RcuRev = 0,
        AvgPrice = seq > 1 ? 64250.10m : null, CreatedAt = At, UpdatedAt = At.AddMilliseconds(seq), ClosedAt = seq > 2 ? At : null,
    };

    public static FillRecord Fill(int seq) => new()
    {
        Key = $"SPOT:BTCUSDT:{seq}", FillId = $"SPOT:BTCUSDT:{seq}", IntentId = "i", ClientOrderId = "c1", Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", TradeId = $"{seq}",
        Qty = 0.1m, Price = 64250.1m, Commission = 0, Maker = true, Timestamp = At.AddMilliseconds(seq),
    };

    public static StrategyEvent Event(int seq) => new() { Key = $"i:{seq}:{StrategyEvents.Executed}", Type = StrategyEvents.Executed, IntentId = "i", Seq = seq, Timestamp = At };
}
