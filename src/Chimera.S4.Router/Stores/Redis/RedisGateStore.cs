using System.Globalization;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>The gates in Redis, under the names that other services know (design §5).</summary>
sealed class RedisGateStore(RedisConnection redis, RedisKeys? names = null) : IGateStore
{
    static readonly RedisScript ReadScript = new("gates_read"), BreakerScript = new("breaker_set"), SlotScript = new("order_slot");
    readonly RedisKeys keys = names ?? new RedisKeys();

    public async Task<GateReading> Read(CancellationToken cancel)
    {
        var found = (string[])(await redis.Ask(db => ReadScript.Run(db, keys.Root), cancel).ConfigureAwait(false))!;
        return new GateReading(Moment.At(long.Parse(found[0], CultureInfo.InvariantCulture)), Text(found[1]), Text(found[2]), Text(found[3]));
    }

    public Task SetKillSwitch(bool on, CancellationToken cancel) =>
        redis.Ask(db => db.StringSetAsync(keys.KillSwitch, on ? "ON" : "OFF", flags: StackExchange.Redis.CommandFlags.DemandMaster), cancel);

    public async Task<bool> TrySetBreaker(Market market, string? before, string after, BreakerFigures figures, CancellationToken cancel) =>
        (int)await redis.Ask(db => BreakerScript.Run(db, keys.Root, Words.Of(market), before ?? "", after, Words.Of(figures.State), figures.Answers, figures.Failures, Moment.Floor(figures.Since)), cancel)
            .ConfigureAwait(false) == 1;

    public async Task<bool> TakeOrderSlot(Guid orderId, int most, CancellationToken cancel) =>
        (int)await redis.Ask(db => SlotScript.Run(db, keys.Root, orderId.ToString(), most), cancel).ConfigureAwait(false) == 1;

    static string? Text(string found) => found.Length == 0 ? null : found;
}
