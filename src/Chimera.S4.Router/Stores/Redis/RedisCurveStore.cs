using Chimera.S4.Router.Curves;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary><c>router:curves:{symbol}</c>: written by the recalibration, or by hand.</summary>
sealed class RedisCurveStore(RedisConnection redis, RedisKeys? names = null) : ICurveStore
{
    static readonly RedisScript ReplaceScript = new("curves_replace");
    readonly RedisKeys keys = names ?? new RedisKeys();

    public Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel) => redis.Texts(symbols.Select(keys.Curves), cancel);

    public async Task<bool> Replace(string symbol, string? before, string after, CancellationToken cancel) =>
        (int)await redis.Ask(db => ReplaceScript.Run(db, keys.Root, symbol, before ?? "", after), cancel).ConfigureAwait(false) == 1;
}
