using Chimera.S4.Router.Curves;
using Chimera.S4.Router.Stores.Redis;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Curves;

/// <summary>What every store of curves keeps: nobody writes over what they have not read.</summary>
public abstract class CurveStoreContract : IAsyncLifetime
{
    IStoreBackend backend = null!;
    ICurveStore store = null!;

    private protected abstract Task<(IStoreBackend, ICurveStore)> Open();

    public async Task InitializeAsync() => (backend, store) = await Open();
    public async Task DisposeAsync() => await backend.DisposeAsync();

    Task<bool> Replace(string? before, string after) => store.Replace("BTCUSDT", before, after, Given.Ever);

    [Fact]
    public async Task Gives_back_each_symbol_in_its_place_as_it_was_written()
    {
        Assert.True(await Replace(null, """{"rev":1,"note":"≥"}"""));
        Assert.Equal([null, """{"rev":1,"note":"≥"}"""], await store.Read(["ETHUSDT", "BTCUSDT"], Given.Ever));
    }

    [Fact]
    public async Task Replaces_only_what_was_read()
    {
        Assert.False(await Replace("one", "two"));
        Assert.True(await Replace(null, "one"));
        Assert.False(await Replace(null, "other"));
        Assert.True(await Replace("one", "two"));
        Assert.False(await Replace("one", "three"));
        Assert.Equal("two", (await store.Read(["BTCUSDT"], Given.Ever))[0]);
    }

    [Fact]
    public async Task Lets_one_of_many_through()
    {
        await Replace(null, "one");
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Replace("one", $"by {i}"))), true);
    }
}

public class Curves_in_SQLite : CurveStoreContract
{
    private protected override Task<(IStoreBackend, ICurveStore)> Open()
    {
        var backend = new SqliteBackend();
        return Task.FromResult<(IStoreBackend, ICurveStore)>((backend, new SqliteCurveStore(backend.Database)));
    }
}

[Trait("Category", "Services")]
public class Curves_in_Redis : CurveStoreContract
{
    private protected override async Task<(IStoreBackend, ICurveStore)> Open()
    {
        var backend = (RedisBackend)await RedisBackend.Shared();
        return (backend, new RedisCurveStore(backend.Connection, backend.Keys));
    }
}
