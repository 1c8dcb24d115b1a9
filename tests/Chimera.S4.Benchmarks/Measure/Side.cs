using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Chimera.S4.Benchmarks.Floor;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.Benchmarks.Measure;

/// <summary>One of those that are compared: how its intents are sent, what its orders are called, where its results come, what it uses.</summary>
/// <param name="Send">Sends all of them at so many a second; when each was handed over, in microseconds, by id.</param>
/// <param name="AllocatedKilobytes">Since its processes started; null: not told.</param>
sealed record Side(string Name, string Prefix, Func<double, IReadOnlyList<string>, Task<IReadOnlyDictionary<string, long>>> Send, Func<string, string> ClientOrderId, ConcurrentDictionary<string, long> Filled, ConcurrentDictionary<string, string> Other,
    Func<double> CpuMilliseconds, Func<Task<double?>> AllocatedKilobytes)
{
    public static Side OfRouter(Deployment on) => new("router", "rt-", Paced(id => on.Bus.Publish(Intent(id), Form.Raw)), ClientOrderIds.First, on.RouterResults.Filled, on.RouterResults.Other,
        () => on.Routers.Sum(router => Usage.CpuMilliseconds(router.Pid)), async () => (await Task.WhenAll(on.Routers.Select(router => Usage.AllocatedKilobytes(router.Address)))).Sum());

    public static Side OfFloor(Deployment on) => new("floor", "fl-", Paced(id => on.Bus.PublishTo(FloorPipeline.Intents, Encoding.UTF8.GetBytes(Intent(id).ToJsonString()))), id => id, on.FloorResults.Filled, on.FloorResults.Other,
        () => Usage.CpuMilliseconds(on.Floor.Pid), async () => await Usage.AllocatedKilobytes(on.Floor.Address));

    /// <summary>It paces itself and notes when it calls createOrder; the call's answer is the result.</summary>
    public static Side OfCcxt(CcxtProcess ccxt)
    {
        var (filled, other) = (new ConcurrentDictionary<string, long>(), new ConcurrentDictionary<string, string>());
        return new("ccxt", "cc-", Batch, id => id, filled, other, () => Usage.CpuMilliseconds(ccxt.Pid), () => Task.FromResult<double?>(null));

        async Task<IReadOnlyDictionary<string, long>> Batch(double perSecond, IReadOnlyList<string> ids)
        {
            using var http = new JsonCaller(ccxt.Address);
            var answer = await http.Post("/batch", new JsonObject { ["perSecond"] = perSecond, ["ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) });
            if (answer.Status != 200) throw new InvalidOperationException($"ccxt: {answer}");
            var called = new Dictionary<string, long>();
            foreach (var row in answer.Json.EnumerateArray())
            {
                var (id, status) = (row[0].GetString()!, row[3].GetString()!);
                called[id] = row[1].GetInt64();
                if (status == "closed") filled[id] = row[2].GetInt64();
                else other[id] = status;
            }
            return called;
        }
    }

    static Func<double, IReadOnlyList<string>, Task<IReadOnlyDictionary<string, long>>> Paced(Func<string, Task> publish) => (perSecond, ids) => Pacer.Publish(perSecond, ids, publish);

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
