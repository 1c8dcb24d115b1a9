using System.Diagnostics.Metrics;
using Chimera.S4.Orders;
using Chimera.S4.Router.Curves;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Curves;

public sealed class The_route_table : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("s4-curves-").FullName;
    readonly RouteTable table = new();
    readonly Memory store = new();

    static string Waits(long rev, int ms) => $$"""{"rev":{{rev}},"maker_wait_ms":[{"notional_from":"0","value":{{ms}}}]}""";

    string FilePath => Path.Combine(folder, "route.json");

    RouteTableFeed Feed(bool withFile = false) => new(table, [store], new CurvesOptions { TablePath = withFile ? FilePath : null }, () => ["BTCUSDT", "ETHUSDT"], TimeProvider.System,
        new RouterMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()), NullLogger<RouteTableFeed>.Instance);

    int? WaitMs(string symbol = "BTCUSDT") => table.Of(symbol)?.WaitMs(Market.Spot, 1, 0, 0);

    [Fact]
    public async Task Follows_what_is_written()
    {
        using var feed = Feed();
        await feed.Look(default);
        Assert.Equal((null, 0L), (WaitMs(), table.Rev));
        store.Texts["BTCUSDT"] = Waits(3, 250);
        await feed.Look(default);
        store.Texts["ETHUSDT"] = Waits(2, 500);
        await feed.Look(default);
        Assert.Equal((250, 500, 3L), (WaitMs(), WaitMs("ETHUSDT"), table.Rev));
        store.Texts.Remove("BTCUSDT");
        await feed.Look(default);
        Assert.Equal((null, 2L), (WaitMs(), table.Rev));
    }

    [Fact]
    public async Task Keeps_the_last_good_document_beside_a_bad_one_and_says_so()
    {
        using var feed = Feed();
        store.Texts["BTCUSDT"] = Waits(3, 250);
        await feed.Look(default);
        store.Texts["BTCUSDT"] = Waits(4, -1);
        await feed.Look(default);
        await feed.Look(default);
        Assert.Equal((250, 3L), (WaitMs(), table.Rev));
        Assert.Equal("maker_wait_ms[0].value -1 must be 0–86400000", table.Problems["BTCUSDT"]);
        store.Texts["BTCUSDT"] = Waits(3, 250);                    // back to what it was: nothing is wrong any more
        await feed.Look(default);
        Assert.Empty(table.Problems);
    }

    [Fact]
    public async Task Falls_back_on_the_file_and_reads_it_again_when_it_changes()
    {
        await File.WriteAllTextAsync(FilePath, $$"""{"BTCUSDT":{{Waits(1, 100)}},"ETHUSDT":{{Waits(1, 100)}}}""");
        using var feed = Feed(withFile: true);
        store.Texts["ETHUSDT"] = Waits(9, 900);
        await feed.Look(default);
        Assert.Equal((100, 900), (WaitMs(), WaitMs("ETHUSDT")));
        await File.WriteAllTextAsync(FilePath, $$"""{"BTCUSDT":{{Waits(2, 2000)}}}""");
        await feed.Look(default);
        Assert.Equal((2000, 900), (WaitMs(), WaitMs("ETHUSDT")));
        await File.WriteAllTextAsync(FilePath, "not json");
        await feed.Look(default);
        Assert.Equal(2000, WaitMs());
        Assert.Contains("route.json cannot be read", table.Problems["S4_ROUTE_TABLE_PATH"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stays_as_it_is_while_the_store_is_away()
    {
        using var feed = Feed();
        store.Texts["BTCUSDT"] = Waits(3, 250);
        await feed.StartAsync(default);
        store.IsAway = true;
        await Assert.ThrowsAsync<Chimera.S4.Router.Stores.StoreUnavailableException>(() => feed.Look(default));
        Assert.Equal(250, WaitMs());
        await feed.StopAsync(default);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    sealed class Memory : ICurveStore
    {
        public Dictionary<string, string> Texts { get; } = [];
        public bool IsAway { get; set; }

        public Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel) =>
            IsAway ? throw new Chimera.S4.Router.Stores.StoreUnavailableException("away", null) : Task.FromResult<IReadOnlyList<string?>>([.. symbols.Select(symbol => Texts.GetValueOrDefault(symbol))]);

        public Task<bool> Replace(string symbol, string? before, string after, CancellationToken cancel) => throw new NotSupportedException();
    }
}
