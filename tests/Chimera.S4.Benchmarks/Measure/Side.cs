using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Chimera.S4.Benchmarks.Floor;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.Benchmarks.Measure;

/// <summary>One of the two that are compared: where its intents go, what its orders are called, where its results come.</summary>
sealed record Side(string Name, string Prefix, Func<string, Task> Publish, Func<string, string> ClientOrderId, ConcurrentDictionary<string, long> Filled, ConcurrentDictionary<string, string> Other, Func<double> CpuMilliseconds)
{
    public static Side OfRouter(Deployment on) => new("router", "rt-", id => on.Bus.Publish(Intent(id), Form.Raw), ClientOrderIds.First, on.RouterResults.Filled, on.RouterResults.Other,
        () => on.Routers.Sum(router => Usage.CpuMilliseconds(router.Pid)));

    public static Side OfFloor(Deployment on) => new("floor", "fl-", id => on.Bus.PublishTo(FloorPipeline.Intents, Encoding.UTF8.GetBytes(Intent(id).ToJsonString())), id => id, on.FloorResults.Filled, on.FloorResults.Other,
        () => Usage.CpuMilliseconds(on.Floor.Pid));

    /// <summary>A small MARKET order. Every second one sells, so that the account stays where it is.</summary>
    static JsonObject Intent(string id) => new()
    {
        ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = id[^1] % 2 == 0 ? "BUY" : "SELL", ["qty"] = "0.001", ["type"] = "MARKET",
    };

    public async Task AllFilled(IReadOnlyCollection<string> ids, TimeSpan within) => await Until.Done($"{Name} fills {ids.Count}", () =>
    {
        var open = ids.Count(id => !Filled.ContainsKey(id) && !Other.ContainsKey(id));
        return Task.FromResult(open == 0 ? null : $"{open} open");
    }, within);
}
