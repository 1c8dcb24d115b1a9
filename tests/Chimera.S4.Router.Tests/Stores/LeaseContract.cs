using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Redis;
using Chimera.S4.Router.Stores.Sqlite;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

/// <summary>What every store's leases keep: one holder at a time, and never one that is gone.</summary>
public abstract class LeaseContract : IAsyncLifetime
{
    static readonly TimeSpan Long = TimeSpan.FromMinutes(10), Short = TimeSpan.FromMilliseconds(5);

    IStoreBackend backend = null!;

    private protected abstract Task<(IStoreBackend, ILeases, INotes)> Open();
    private protected ILeases Leases { get; private set; } = null!;
    private protected INotes Notes { get; private set; } = null!;
    static CancellationToken Ever => Given.Ever;

    public async Task InitializeAsync() => (backend, Leases, Notes) = await Open();
    public async Task DisposeAsync() => await backend.DisposeAsync();

    [Fact]
    public async Task Have_exactly_one_holder_of_many_who_ask()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Leases.Hold("sweep", $"replica {i}", Long, Ever)));
        Assert.Single(won, true);
    }

    [Fact]
    public async Task Are_renewed_by_their_holder_and_by_nobody_else()
    {
        Assert.True(await Leases.Hold("sweep", "one", Long, Ever));
        Assert.True(await Leases.Hold("sweep", "one", Long, Ever));
        Assert.False(await Leases.Hold("sweep", "other", Long, Ever));
        Assert.True(await Leases.Hold("another", "other", Long, Ever));
    }

    [Fact]
    public async Task Pass_to_another_when_they_end()
    {
        Assert.True(await Leases.Hold("sweep", "one", Short, Ever));
        await backend.Until(() => Leases.Hold("sweep", "other", Long, Ever), taken => taken);
        Assert.False(await Leases.Hold("sweep", "one", Long, Ever));
    }

    [Fact]
    public async Task Are_given_back_by_their_holder_only()
    {
        await Leases.Hold("sweep", "one", Long, Ever);
        await Leases.Release("sweep", "other", Ever);
        Assert.False(await Leases.Hold("sweep", "other", Long, Ever));
        await Leases.Release("sweep", "one", Ever);
        Assert.True(await Leases.Hold("sweep", "other", Long, Ever));
    }

    [Fact]
    public async Task Tell_which_of_a_kind_are_held()
    {
        await Leases.Hold("replica:a", "a", Long, Ever);
        await Leases.Hold("replica:b", "b", Short, Ever);
        await Leases.Hold("sweep", "a", Long, Ever);
        Assert.Equal(["replica:a"], await backend.Until(() => Leases.Held("replica:", Ever), held => held.Count == 1));
    }

    [Fact]
    public async Task Keep_notes_of_which_the_last_stands()
    {
        Assert.Null(await Notes.Read("report", Ever));
        await Notes.Write("report", "{\"at\":\"ä\"}", Ever);
        await Notes.Write("report", "{}", Ever);
        Assert.Equal("{}", await Notes.Read("report", Ever));
    }

    [Fact]
    public async Task Replace_a_note_only_where_nobody_else_has_done_so()
    {
        Assert.False(await Notes.TryReplace("work", "one", "two", Ever));
        var first = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Notes.TryReplace("work", null, $"{i} ä", Ever)));
        Assert.Single(first, true);
        var known = (await Notes.Read("work", Ever))!;
        Assert.Equal($"{Array.IndexOf(first, true)} ä", known);
        Assert.False(await Notes.TryReplace("work", "another", "lost", Ever));
        var second = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Notes.TryReplace("work", known, $"second {i}", Ever)));
        Assert.Single(second, true);
        Assert.Equal($"second {Array.IndexOf(second, true)}", await Notes.Read("work", Ever));
    }
}

public class Leases_in_SQLite : LeaseContract
{
    private protected override Task<(IStoreBackend, ILeases, INotes)> Open()
    {
        var backend = new SqliteBackend();
        var leases = new SqliteLeases(backend.Database);
        return Task.FromResult<(IStoreBackend, ILeases, INotes)>((backend, leases, leases));
    }
}

[Trait("Category", "Services")]
public class Leases_in_Redis : LeaseContract
{
    private protected override async Task<(IStoreBackend, ILeases, INotes)> Open()
    {
        var backend = (RedisBackend)await RedisBackend.Shared();
        var leases = new RedisLeases(backend.Connection, backend.Keys);
        return (backend, leases, leases);
    }
}
