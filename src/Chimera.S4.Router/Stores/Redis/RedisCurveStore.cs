using Chimera.S4.Router.Curves;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary><c>router:curves:{symbol}</c>: written by others, only read here.</summary>
sealed class RedisCurveStore(RedisConnection redis, RedisKeys? names = null) : ICurveStore
{
    readonly RedisKeys keys = names ?? new RedisKeys();

    public Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel) => redis.Texts(symbols.Select(keys.Curves), cancel);
}
