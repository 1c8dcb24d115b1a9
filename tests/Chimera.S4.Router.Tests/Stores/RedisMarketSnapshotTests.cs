using System.Diagnostics;
using System.Globalization;
using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Stores.Redis;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

/// <summary>What another service writes, in whatever language: here <c>redis-cli</c>, which shares no code with the router.</summary>
[Trait("Category", "Services")]
public sealed class A_market_snapshot_in_Redis : IAsyncLifetime
{
    readonly RedisConnection redis = new(SharedRedis.Options, NullLogger<RedisConnection>.Instance);
    readonly string symbol = $"T{Guid.NewGuid():N}"[..20].ToUpperInvariant();
    readonly MarketFacts facts = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Cli("DEL", $"mkt:snap:{symbol}");
        await redis.DisposeAsync();
    }

    static async Task Cli(params string[] command)
    {
        var server = SharedRedis.Options.EndPoints()[0];
        var start = new ProcessStartInfo("redis-cli", ["-h", server.Host, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-e", .. command]) { RedirectStandardOutput = true };
        if (SharedRedis.Options.Password is { Length: > 0 } password) start.Environment["REDISCLI_AUTH"] = password;
        using var cli = Process.Start(start)!;
        var answer = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        Assert.True(cli.ExitCode == 0, answer);
    }

    async Task<Quote?> Look(Market market)
    {
        using var feed = new SnapshotFeed(facts, new RedisMarketSnapshots(redis), () => ["NEVERWRITTEN", symbol], TimeSpan.FromSeconds(10), TimeProvider.System, NullLogger<SnapshotFeed>.Instance);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                await feed.Look(patience.Token);
                return facts.Quote(market, symbol);
            }
            // The server of the suite may still be starting.
            catch (Exception) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    [Fact]
    public async Task Stands_in_for_a_quote_of_its_own_market_under_the_agreed_name()
    {
        Assert.Null(await Look(Market.Fut));
        var at = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 300);
        await Cli("SET", $"mkt:snap:{symbol}", $$"""{"market":"FUT","mid":"90000.5","spread":1,"depth_top":"2.25","ts":{{at.ToUnixTimeMilliseconds()}}}""");
        var quote = (await Look(Market.Fut))!;
        Assert.Equal((new BookLevel(90_000m, 2.25m), new BookLevel(90_001m, 2.25m), at), (quote.Bids[0], quote.Asks[0], quote.At));
        Assert.Null(facts.Quote(Market.Spot, symbol));
    }
}
