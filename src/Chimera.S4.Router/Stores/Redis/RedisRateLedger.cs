using System.Globalization;
using System.Text.Json;
using Chimera.S4.Router.Venues.Binance;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>Replicas' news about a venue's limits: one hash per venue, one field per replica, one round trip. Nothing here outlives its use: it may be lost at any time.</summary>
sealed class RedisRateLedger(RedisConnection redis, RedisKeys? names = null) : IRateLedger
{
    static readonly RedisScript Script = new("rate_exchange");
    readonly RedisKeys keys = names ?? new RedisKeys();
    readonly string replica = Guid.NewGuid().ToString("N");

    public async Task<IReadOnlyList<RateNews>> Exchange(string venue, RateNews mine, CancellationToken cancel)
    {
        var told = JsonSerializer.Serialize(mine.Windows);
        var answer = (RedisResult[])(await redis.Ask(db => Script.Run(db, keys.Root, venue, replica, told, Ms(mine.HeldUntil), Ms(mine.OrdersHeldUntil)), cancel).ConfigureAwait(false))!;
        var others = answer.Skip(2).Select(news => new RateNews(JsonSerializer.Deserialize<Dictionary<string, WindowNews>>((string)news!)!, null, null));
        return [.. others, new RateNews(new Dictionary<string, WindowNews>(), Time(answer[0]), Time(answer[1]))];
    }

    static string Ms(DateTimeOffset? time) => (time?.ToUnixTimeMilliseconds() ?? 0).ToString(CultureInfo.InvariantCulture);

    static DateTimeOffset? Time(RedisResult ms) => (long)ms is > 0 and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
