using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Journal.Sqlite;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Redis;
using Chimera.S4.Router.Stores.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

public sealed class The_stores_set_up_from_the_environment : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("s4-stores-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    ServiceProvider Set(params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string?> { ["S4_DATA_DIR"] = folder };
        foreach (var (name, value) in variables) environment[name] = value;
        return new ServiceCollection().AddLogging().AddStores(new ConfigurationBuilder().AddInMemoryCollection(environment).Build()).BuildServiceProvider();
    }

    [Fact]
    public async Task Are_one_SQLite_file_by_default()
    {
        await using var services = Set();
        Assert.IsType<SqliteOrderStore>(services.GetRequiredService<IOrderStore>());
        Assert.IsType<SqlitePlacementJournal>(services.GetRequiredService<IPlacementJournal>());
        Assert.IsType<SqliteJournal>(services.GetRequiredService<IJournal>());
        Assert.True(File.Exists(Path.Combine(folder, "s4.db")));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("http://127.0.0.1:8529", 1)]
    public async Task Hand_the_record_on_only_when_ArangoDB_is_named(string? arango, int pending)
    {
        await using var services = arango is null ? Set() : Set(("S4_DB_ARANGO_URLS", arango));
        var (store, id) = (services.GetRequiredService<IOrderStore>(), Guid.NewGuid());
        await store.Commit(Given.Step(id, null, DateTimeOffset.UnixEpoch) with { Record = GivenRecord.Batch(1), RecordSeq = 1 }, Given.Ever);
        Assert.Equal(pending, (await store.PendingEffects(id, Given.Ever)).Count);
    }

    [Fact]
    public async Task Are_Redis_where_its_addresses_are_named_with_the_record_in_SQLite()
    {
        await using var services = Set(("S4_REDIS_ADDRESSES", "127.0.0.1:1, [::1]:2"), ("S4_REDIS_PASSWORD", "secret"), ("S4_REDIS_TIMEOUT_MS", "500"));
        Assert.IsType<RedisOrderStore>(services.GetRequiredService<IOrderStore>());
        Assert.IsType<RedisPlacementJournal>(services.GetRequiredService<IPlacementJournal>());
        Assert.IsType<SqliteJournal>(services.GetRequiredService<IJournal>());
        var options = services.GetRequiredService<IOptions<RedisOptions>>().Value;
        Assert.Equal(TimeSpan.FromMilliseconds(500), options.CallTimeout);
        Assert.Equal([("127.0.0.1", 1), ("::1", 2)], options.EndPoints().Select(endPoint => (endPoint.Host, endPoint.Port)));
    }

    [Theory]
    [InlineData("S4_REDIS_ADDRESSES", "localhost", "host:port with a port from 1 to 65535")]
    [InlineData("S4_REDIS_ADDRESSES", "a:1,,b:2", "host:port with a port from 1 to 65535")]
    [InlineData("S4_REDIS_ADDRESSES", "a:70000", "host:port with a port from 1 to 65535")]
    [InlineData("S4_REDIS_TIMEOUT_MS", "soon", "whole number of milliseconds from 100 to 30000")]
    [InlineData("S4_REDIS_TIMEOUT_MS", "30001", "whole number of milliseconds from 100 to 30000")]
    [InlineData("S4_RESULTS_MAX_LENGTH", "1e6", "whole number of lines from 1000 to 10000000")]
    public async Task Refuse_a_wrong_value_by_its_name_its_form_and_its_range(string name, string value, string form)
    {
        await using var services = Set(name == "S4_REDIS_ADDRESSES" ? [(name, value)] : [("S4_REDIS_ADDRESSES", "127.0.0.1:6379"), (name, value)]);
        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<RedisOptions>>().Value);
        Assert.StartsWith($"{name}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(form, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuse_a_data_folder_that_cannot_be_one()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        await using var services = Set(("S4_DATA_DIR", file));
        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<DataOptions>>().Value);
        Assert.StartsWith("S4_DATA_DIR: ", refusal.Message, StringComparison.Ordinal);
    }
}
