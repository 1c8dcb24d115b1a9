using StackExchange.Redis;

namespace Chimera.S4.Benchmarks.Floor;

/// <summary>One script per commit, as S4 has it, on the same Redis (appendfsync always).</summary>
sealed class FloorStore(IDatabase redis)
{
    const string CreateScript = "if redis.call('EXISTS',KEYS[1])==1 then return 0 end redis.call('HSET',KEYS[1],'version',1,'document',ARGV[1]) redis.call('ZADD',KEYS[2],ARGV[2],KEYS[1]) return 1";
    const string PlacedScript = "redis.call('HSET',KEYS[1],'version',2,'status',ARGV[1]) redis.call('ZREM',KEYS[2],KEYS[1]) return 1";
    const string FilledScript = "redis.call('HSET',KEYS[1],'version',3,'filled',ARGV[2]) redis.call('XADD',KEYS[2],'MAXLEN','~','100000','*','intent_id',ARGV[1],'status','FILLED','filled_qty',ARGV[2],'avg_price',ARGV[3]) return 1";

    public static async Task<FloorStore> Connect(string address) => new((await ConnectionMultiplexer.ConnectAsync(address)).GetDatabase());

    public async Task<bool> Create(string id, ReadOnlyMemory<byte> document) => (int)await redis.ScriptEvaluateAsync(CreateScript, [$"floor:{id}", "floor:pending"], [document, TimeProvider.System.GetTimestamp()]) == 1;
    public Task Placed(string id, int status) => redis.ScriptEvaluateAsync(PlacedScript, [$"floor:{id}", "floor:pending"], [status]);
    public Task Filled(string id, string quantity, string price) => redis.ScriptEvaluateAsync(FilledScript, [$"floor:{id}", FloorPipeline.Results], [id, quantity, price]);
}
