using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Redis;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Shutdown;

/// <summary>Who of several replicas on one store is the last. The same on every store.</summary>
public abstract class Replicas_that_leave : IAsyncLifetime
{
    static readonly TimeSpan Long = TimeSpan.FromMinutes(10), Short = TimeSpan.FromMilliseconds(400);

    ILeases leases = null!;

    private protected abstract Task<ILeases> Open();
    public async Task InitializeAsync() => leases = await Open();
    public abstract Task DisposeAsync();

    async Task<Presence> Shown(string id, TimeSpan span)
    {
        var presence = new Presence(leases, new Replica(id), new StartupGate(), TimeProvider.System, NullLogger<Presence>.Instance) { Span = span };
        await presence.Show(Given.Ever);
        return presence;
    }

    [Fact]
    public async Task Know_that_one_of_them_is_alone()
    {
        var alone = await Shown("one", Long);
        Assert.False(await alone.IsAnyoneThere(Given.Ever));
        Assert.True(await alone.LeavesLast(Given.Ever));
    }

    [Fact]
    public async Task Leave_nobody_last_while_another_is_there()
    {
        var (leaving, staying) = (await Shown("one", Short), await Shown("two", Long));
        Assert.False(await leaving.LeavesLast(Given.Ever));
        Assert.True(await staying.LeavesLast(Given.Ever));
    }

    [Fact]
    public async Task Are_one_the_last_at_least_when_all_leave_together()
    {
        Presence[] all = [await Shown("one", Long), await Shown("two", Long), await Shown("three", Long)];
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.Contains(true, await Task.WhenAll(all.Select(presence => presence.LeavesLast(bound.Token))));
    }

    /// <summary>It has renewed its lease for the last time before it was killed, and nobody has given it back.</summary>
    [Fact]
    public async Task Do_not_count_one_that_was_killed()
    {
        await Shown("killed", Short);
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.True(await (await Shown("one", Long)).LeavesLast(bound.Token));
    }

    [Fact]
    public async Task Do_not_show_themselves_again_once_they_leave()
    {
        var (gone, last) = (await Shown("one", Long), await Shown("two", Long));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            using var bound = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            await gone.LeavesLast(bound.Token);
        });
        await gone.Show(Given.Ever);
        Assert.True(await last.LeavesLast(Given.Ever));
    }
}

public class Replicas_on_SQLite : Replicas_that_leave
{
    readonly string folder = Directory.CreateTempSubdirectory("s4-replicas-").FullName;
    SqliteDatabase database = null!;

    private protected override Task<ILeases> Open() => Task.FromResult<ILeases>(new SqliteLeases(database = new SqliteDatabase(new DataOptions { Dir = folder }, TimeProvider.System)));

    public override Task DisposeAsync()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}

[Trait("Category", "Services")]
public class Replicas_on_Redis : Replicas_that_leave
{
    RedisBackend backend = null!;

    private protected override async Task<ILeases> Open()
    {
        backend = (RedisBackend)await RedisBackend.Shared();
        return new RedisLeases(backend.Connection, backend.Keys);
    }

    public override async Task DisposeAsync() => await backend.DisposeAsync();
}

public sealed class A_replica_that_serves : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("s4-replicas-").FullName;
    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    readonly SqliteDatabase database;
    readonly ILeases leases;

    public A_replica_that_serves() => leases = new SqliteLeases(database = new SqliteDatabase(new DataOptions { Dir = folder }, clock));

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    Presence Of(string id, StartupGate gate) => new(leases, new Replica(id), gate, clock, NullLogger<Presence>.Instance);

    [Fact]
    public async Task Shows_again_and_again_that_it_is_there()
    {
        var gate = new StartupGate();
        gate.MarkBusStarted();
        using var staying = Of("staying", gate);
        await staying.StartAsync(Given.Ever);
        for (var end = clock.GetUtcNow() + 5 * staying.Span; clock.GetUtcNow() < end;)
            await Eventually.True(async () =>
            {
                clock.Advance(staying.Span / 6);
                return await leases.Held("replica:", Given.Ever) is ["replica:staying"];
            });
        await staying.StopAsync(Given.Ever);
    }

    [Fact]
    public async Task Is_there_for_others_only_once_it_serves()
    {
        var (serving, gate) = (new StartupGate(), new StartupGate());
        serving.MarkBusStarted();
        using Presence starting = Of("starting", gate), other = Of("other", serving);
        await starting.StartAsync(Given.Ever);
        await other.StartAsync(Given.Ever);
        await Eventually.True(async () => (await leases.Held("replica:", Given.Ever)).Contains("replica:other"));
        Assert.False(await other.IsAnyoneThere(Given.Ever));
        gate.MarkBusStarted();
        await Eventually.True(() => other.IsAnyoneThere(Given.Ever));
        await starting.StopAsync(Given.Ever);
        await other.StopAsync(Given.Ever);
    }
}
