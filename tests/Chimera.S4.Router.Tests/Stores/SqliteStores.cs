using Chimera.S4.Router.Journal.Sqlite;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

/// <summary>A file of its own, and a clock that a test moves.</summary>
sealed class SqliteBackend : IStoreBackend
{
    readonly FakeTimeProvider clock;

    public SqliteBackend(bool holdsJournal = true, DataOptions? options = null, FakeTimeProvider? clock = null)
    {
        this.clock = clock ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
        Options = options ?? new DataOptions { Dir = Directory.CreateTempSubdirectory("s4-stores-").FullName };
        Database = new SqliteDatabase(Options, this.clock);
        Orders = new SqliteOrderStore(Database, holdsJournal);
        Placements = new SqlitePlacementJournal(Database);
        Journal = new SqliteJournal(Database);
    }

    public DataOptions Options { get; }
    public SqliteDatabase Database { get; }
    public SqliteJournal Journal { get; }
    public IOrderStore Orders { get; }
    public IPlacementJournal Placements { get; }
    public IGateStore Gates => new SqliteGateStore(Database);
    public IAlertStore Alerts => new SqliteAlertStore(Database);
    public DateTimeOffset Now => clock.GetUtcNow();

    public Task Tick()
    {
        clock.Advance(TimeSpan.FromMilliseconds(10));
        return Task.CompletedTask;
    }

    public Task Lapse(Guid id) => Forward(TimeSpan.FromDays(8));

    public Task Forward(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }

    /// <summary>What lies on the disk now is what a kill would leave: the file and its log, copied under the open database.</summary>
    public Task<IStoreBackend> AfterKill()
    {
        var copy = new DataOptions { Dir = Directory.CreateTempSubdirectory("s4-stores-").FullName };
        foreach (var file in new[] { Options.File, $"{Options.File}-wal" }) File.Copy(file, Path.Combine(copy.Dir, Path.GetFileName(file)));
        return Task.FromResult<IStoreBackend>(new SqliteBackend(options: copy, clock: clock));
    }

    public ValueTask DisposeAsync()
    {
        Database.Dispose();
        Directory.Delete(Options.Dir, recursive: true);
        return ValueTask.CompletedTask;
    }
}

public class A_SQLite_order_store : OrderStoreContract
{
    private protected override Task<IStoreBackend> Open() => Task.FromResult<IStoreBackend>(new SqliteBackend());
}

public class A_SQLite_gate_store : GateStoreContract
{
    private protected override Task<IStoreBackend> Open() => Task.FromResult<IStoreBackend>(new SqliteBackend());

    [Fact]
    public async Task Counts_an_intent_for_a_minute()
    {
        var backend = (SqliteBackend)Backend;
        Assert.True(await Gates.TakeOrderSlot(Guid.NewGuid(), 1, Given.Ever));
        await backend.Forward(TimeSpan.FromSeconds(59));
        Assert.False(await Gates.TakeOrderSlot(Guid.NewGuid(), 1, Given.Ever));
        await backend.Forward(TimeSpan.FromSeconds(2));
        Assert.True(await Gates.TakeOrderSlot(Guid.NewGuid(), 1, Given.Ever));
    }

    [Fact]
    public async Task Tells_a_condition_again_when_its_time_is_over()
    {
        var backend = (SqliteBackend)Backend;
        Assert.True(await Alerts.Append(Alert("one"), "c", TimeSpan.FromMinutes(10), Given.Ever));
        await backend.Forward(TimeSpan.FromMinutes(11));
        Assert.True(await Alerts.Append(Alert("two"), "c", TimeSpan.FromMinutes(10), Given.Ever));
    }
}

public class A_SQLite_placement_journal : PlacementJournalContract
{
    private protected override Task<IStoreBackend> Open() => Task.FromResult<IStoreBackend>(new SqliteBackend());

    [Fact]
    public async Task Forgets_a_resolved_placement_after_a_week_and_an_unresolved_one_never()
    {
        var backend = (SqliteBackend)Backend;
        await Journal.TryBegin(Given.Placement("open"), Given.Ever);
        await Journal.TryBegin(Given.Placement(Id), Given.Ever);
        await Journal.Resolve(Id, null, "done", Given.Ever);
        await backend.Forward(TimeSpan.FromDays(6.9));
        Assert.NotNull(await Journal.Load(Id, Given.Ever));
        await backend.Forward(TimeSpan.FromDays(365));
        Assert.Null(await Journal.Load(Id, Given.Ever));
        Assert.NotNull(await Journal.Load("open", Given.Ever));
    }
}
