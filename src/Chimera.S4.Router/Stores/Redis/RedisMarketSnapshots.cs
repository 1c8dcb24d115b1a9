using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary><c>mkt:snap:{symbol}</c>: written by another service, only read here.</summary>
sealed class RedisMarketSnapshots(RedisConnection redis, RedisKeys? names = null) : IMarketSnapshots
{
    readonly RedisKeys keys = names ?? new RedisKeys();

    public Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel) => redis.Texts(symbols.Select(keys.MarketSnapshot), cancel);
}
