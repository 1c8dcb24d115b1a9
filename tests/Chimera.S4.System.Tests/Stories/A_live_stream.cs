using System.Text.Json;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>What the ops page is told where the adapter is a process of its own and knows nothing but the broker.</summary>
[Trait("Category", "Services")]
public sealed class A_live_stream
{
    static JsonObject Order(string id) => new() { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01" };

    static Func<JsonElement, bool> Filled(string id) => rows =>
        rows.GetProperty("items").EnumerateArray().Any(row => row.GetProperty("intent_id").GetString() == id && row.GetProperty("status").GetString() == "FILLED");

    static Func<JsonElement, bool> Queue(string name, Func<JsonElement, bool> holds) => queues =>
        queues.GetProperty("queues").EnumerateArray().Any(queue => queue.GetProperty("name").GetString() == name && holds(queue));

    [Fact]
    public Task Tells_of_intents_from_the_bus_of_the_queues_and_of_a_router_that_is_gone() => World.Service(async world =>
    {
        using var live = await LiveCaller.Open(world.Adapter!.Address);
        await world.Bus.Publish(Order("live-1"), Form.Raw);
        await live.Told("rows", Filled("live-1"));

        await live.Told("queues", Queue("s4-orders", queue => queue.GetProperty("consumers").GetInt64() == 1 && queue.GetProperty("errors").GetInt64() == 0));
        await world.Bus.PublishBytes("order-intent", "oops"u8.ToArray(), "application/json");
        await live.Told("queues", Queue("s4-intents", queue => queue.GetProperty("errors").GetInt64() == 1));

        world.Router.Kill();
        await live.Told("router", router => !router.GetProperty("answers").GetBoolean());
        await world.Router.Start();
        await live.Told("router", router => router.GetProperty("answers").GetBoolean());
        await world.Bus.Publish(Order("live-2"), Form.Raw);
        await live.Told("rows", Filled("live-2"));
    });
}
