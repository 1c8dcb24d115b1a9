using System.Globalization;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

sealed partial class RedisOrderStore
{
    static readonly RedisScript ClaimTimers = new("claim_timers");
    static readonly RedisScript Reap = new("reap_timers");
    static readonly RedisScript Drop = new("drop_timer");
    static readonly RedisScript Park = new("park_timer");
    static readonly RedisScript Unpark = new("return_parked_timers");

    public async Task<IReadOnlyList<DueTimer>> ClaimDueTimers(TimeSpan lease, int max, CancellationToken cancel)
    {
        var found = (RedisValue[])(await redis.Ask(db => ClaimTimers.Run(db, keys.Root, Moment.Ceiling(lease), max), cancel).ConfigureAwait(false))!;
        return [.. found.Chunk(2).Select(pair => Timer(pair[0].ToString(), pair[1].ToString()))];
    }

    public async Task<int> ReapTimers(CancellationToken cancel) => (int)await redis.Ask(db => Reap.Run(db, keys.Root), cancel).ConfigureAwait(false);

    public Task DropTimer(Guid token, CancellationToken cancel) => redis.Ask(db => Drop.Run(db, keys.Root, token.ToString()), cancel);

    public Task ParkTimer(Guid token, CancellationToken cancel) => redis.Ask(db => Park.Run(db, keys.Root, token.ToString()), cancel);

    public async Task<int> ReturnParkedTimers(CancellationToken cancel) => (int)await redis.Ask(db => Unpark.Run(db, keys.Root), cancel).ConfigureAwait(false);

    public async Task<DateTimeOffset?> NextTimerDue(CancellationToken cancel)
    {
        var first = await redis.Ask(db => db.SortedSetRangeByRankWithScoresAsync(keys.Timers, 0, 0, Order.Ascending, CommandFlags.DemandMaster), cancel).ConfigureAwait(false);
        return first.Length == 0 ? null : Moment.At((long)first[0].Score);
    }

    static DueTimer Timer(string token, string stored)
    {
        var end = stored.IndexOf('\n', StringComparison.Ordinal);
        return new DueTimer(Guid.Parse(token), Moment.At(long.Parse(stored.AsSpan(0, end), CultureInfo.InvariantCulture)), stored[(end + 1)..]);
    }
}
