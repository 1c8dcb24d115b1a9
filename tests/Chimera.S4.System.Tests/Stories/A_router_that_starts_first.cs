using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_router_that_starts_first
{
    [Fact]
    public Task Waits_for_redis_the_exchange_and_the_broker_and_then_serves() => World.Cold(async world =>
    {
        world.Router.Settings["S4_CB_OPEN_FOR"] = "2s";         // the exchange is not there at first, which opens its breaker
        world.Router.Launch();
        await Waiting("store");
        Assert.Equal(200, (await world.Rest.Get("/health/live")).Status);
        Assert.Equal(503, (await world.Rest.Get("/health")).Status);
        Assert.Equal(503, (await world.Rest.Get("/health/ready")).Status);
        var early = await world.Rest.Post("/orders", Order("early"));
        Assert.True(early.Status == 503, $"nobody could have taken it: {early}");

        await world.Redis!.Start();
        await Waiting("instrument list");
        await world.Exchange.Start();
        await Until.True("the router asks for the broker", () => Task.FromResult(world.Router.Output.Contains($"127.0.0.1:{world.BrokerGate!.Port}", StringComparison.Ordinal)));
        world.BrokerGate!.Open();
        await world.Router.Ready();

        // The first price may still be on its way, which is a denial for that intent (503, try another).
        var asked = new List<string>();
        Answer filled;
        do
        {
            asked.Add($"first-{asked.Count}");
            filled = await world.Rest.Post("/orders", Order(asked[^1]), 60);
        }
        while (filled.Text("code") == "NO_MARKET_DATA" && asked.Count < 100);
        Assert.True((filled.Status, filled.Text("status")) == (200, "FILLED"), filled.ToString());
        await world.AllWitnessesAgree(asked, unanswered: ["early"]);

        Task Waiting(string what) => Until.True($"the router says that it waits for the {what}",
            () => Task.FromResult(!world.Router.HasEnded && world.Router.Output.Split('\n').Any(line => line.Contains("Still waiting", StringComparison.Ordinal) && line.Contains(what, StringComparison.Ordinal))));
    });

    static JsonObject Order(string id) => new() { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01" };
}
