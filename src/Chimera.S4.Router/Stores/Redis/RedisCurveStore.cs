using Chimera.S4.Router.Curves;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary><c>router:curves:{symbol}</c>: written by others, only read here.</summary>
sealed class RedisCurveStore(RedisConnection redis, RedisKeys? names = null) : ICurveStore
{
    readonly RedisKeys keys = names ?? new RedisKeys();

    public async Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel)
    {
        RedisKey[] wanted = [.. symbols.Select(keys.Curves)];
        var found = await redis.Ask(db => db.StringGetAsync(wanted), cancel).ConfigureAwait(false);
        return [.. found.Select(value => (string?)value)];
    }
}
