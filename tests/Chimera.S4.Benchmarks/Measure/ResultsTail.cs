using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Chimera.S4.Benchmarks.Measure;

/// <summary>Reads a stream of results as it grows, as a consumer would, and notes when each intent was first told FILLED.</summary>
sealed class ResultsTail : IAsyncDisposable
{
    readonly ConnectionMultiplexer redis;
    readonly CancellationTokenSource over = new();
    readonly Task reading;

    ResultsTail(ConnectionMultiplexer redis, string stream)
    {
        this.redis = redis;
        reading = Read(stream);
    }

    /// <summary>Microseconds, by intent id.</summary>
    public ConcurrentDictionary<string, long> Filled { get; } = new();
    public ConcurrentDictionary<string, string> Other { get; } = new();

    public static async Task<ResultsTail> Follow(string address, string stream) => new(await ConnectionMultiplexer.ConnectAsync($"{address},asyncTimeout=30000,syncTimeout=30000"), stream);

    async Task Read(string stream)
    {
        var last = "$";
        while (!over.IsCancellationRequested)
        {
            var got = await redis.GetDatabase().ExecuteAsync("XREAD", "COUNT", "1000", "BLOCK", "1000", "STREAMS", stream, last);
            var at = Clock.NowUs;
            if (got.IsNull) continue;
            foreach (var entry in ((RedisResult[])((RedisResult[])((RedisResult[])got!)[0]!)[1]!).Select(entry => (RedisResult[])entry!))
            {
                last = (string)entry[0]!;
                var fields = (RedisValue[])entry[1]!;
                string Field(string name) => (string)fields[Array.IndexOf(fields, (RedisValue)name) + 1]!;
                if (Field("status") == "FILLED") Filled.TryAdd(Field("intent_id"), at);
                else if (Field("status") is not ("NEW" or "ACCEPTED" or "PARTIALLY_FILLED") and var status) Other[Field("intent_id")] = $"{status} {Field("code")}";
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await reading;
        await redis.DisposeAsync();
        over.Dispose();
    }
}
