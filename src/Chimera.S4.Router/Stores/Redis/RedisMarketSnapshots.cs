using Chimera.S4.Router.MarketData;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary><c>mkt:snap:{symbol}</c>: written by another service, only read here.</summary>
sealed class RedisMarketSnapshots(RedisConnection redis, RedisKeys? names = null) : IMarketSnapshots
{
    readonly RedisKeys keys = names ?? new RedisKeys();

    public async Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel)
    {
        RedisKey[] wanted = [.. symbols.Select(keys.MarketSnapshot)];
        var found = await redis.Ask(db => db.StringGetAsync(wanted), cancel).ConfigureAwait(false);
        return [.. found.Select(value => (string?)value)];
    }
}
