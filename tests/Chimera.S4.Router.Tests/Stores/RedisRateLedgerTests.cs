using Chimera.S4.Orders;
using Chimera.S4.Router.Stores.Redis;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

[Trait("Category", "Services")]
public sealed class A_rate_ledger_in_Redis : IAsyncLifetime
{
    readonly RedisConnection redis = new(SharedRedis.Options, NullLogger<RedisConnection>.Instance);
    readonly RedisKeys keys = new($"{Guid.NewGuid():N}:");

    RedisRateLedger Replica() => new(redis, keys);

    static RateNews News(long told, DateTimeOffset? held = null, DateTimeOffset? ordersHeld = null) =>
        new(new Dictionary<string, WindowNews> { ["USED-WEIGHT-1M"] = new(7, told, 3) }, held, ordersHeld);

    [Fact]
    public async Task Tells_each_replica_of_the_others_and_not_of_itself()
    {
        var (one, other) = (Replica(), Replica());
        Assert.DoesNotContain(await one.Exchange("SPOT", News(10), default), news => news.Windows.Count > 0);
        var heard = Assert.Single(await other.Exchange("SPOT", News(20), default), news => news.Windows.Count > 0);
        Assert.Equal(new WindowNews(7, 10, 3), heard.Windows["USED-WEIGHT-1M"]);
        await other.Exchange("SPOT", News(30), default);
        Assert.Equal(30, Assert.Single(await one.Exchange("SPOT", News(10), default), news => news.Windows.Count > 0).Windows["USED-WEIGHT-1M"].Told);
        Assert.DoesNotContain(await Replica().Exchange("FUT", News(1), default), news => news.Windows.Count > 0);
    }

    [Fact]
    public async Task Keeps_the_longest_hold_for_replicas_to_come()
    {
        var until = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds());
        await Replica().Exchange("SPOT", News(1, until), default);
        await Replica().Exchange("SPOT", News(1, until.AddMinutes(-5), until.AddMinutes(-9)), default);
        var holds = (await Replica().Exchange("SPOT", News(1), default)).Single(news => news.Windows.Count == 0);
        Assert.Equal((until, until.AddMinutes(-9)), (holds.HeldUntil, holds.OrdersHeldUntil));
    }

    [Fact]
    public async Task Carries_a_ban_from_one_routers_budget_to_anothers()
    {
        var time = TimeProvider.System;
        RateBudget Budget() => new(Market.Spot, RateLimit.Spot, new ServerClock(time), time);
        var (one, other) = (Budget(), Budget());
        using var exchanges = new Pair(new(Market.Spot, one, Replica(), time, NullLogger.Instance), new(Market.Spot, other, Replica(), time, NullLogger.Instance));
        await exchanges.Start();
        one.Settle(one.Admit(new(1)), new() { Status = 418, RetryAfter = TimeSpan.FromMinutes(2) });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (other.Admit(new(1)).Wait is null) await Task.Delay(10, patience.Token);
        await exchanges.Stop();
    }

    public Task InitializeAsync() => Task.CompletedTask;
    public async Task DisposeAsync() => await redis.DisposeAsync();

    sealed record Pair(RateExchange One, RateExchange Other) : IDisposable
    {
        public Task Start() => Task.WhenAll(One.StartAsync(default), Other.StartAsync(default));
        public Task Stop() => Task.WhenAll(One.StopAsync(default), Other.StopAsync(default));

        public void Dispose()
        {
            One.Dispose();
            Other.Dispose();
        }
    }
}
