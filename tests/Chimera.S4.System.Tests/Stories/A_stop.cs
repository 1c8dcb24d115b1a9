using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_stop
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Rests_triggers_and_closes_filled_on_both_markets(bool whileTheRouterIsDead) => World.Embedded(async world =>
    {
        await Moves(world, "90000");
        await world.Rest.Post("/orders", new JsonObject { ["intent_id"] = "held", ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.02" }, 60);
        foreach (var market in new[] { "SPOT", "FUT" })
        {
            await Rests(world, $"stop-{market}", market, "88000");
            await Rests(world, $"limit-{market}", market, "87000", "86000");
            await Rests(world, $"far-{market}", market, "50000");
        }
        if (whileTheRouterIsDead) world.Router.Kill();
        await Moves(world, "86500");
        if (whileTheRouterIsDead) await world.Router.Start();
        foreach (var market in new[] { "SPOT", "FUT" })
        {
            await Ends(world, $"stop-{market}", "FILLED");
            await Ends(world, $"limit-{market}", "FILLED");
            var canceled = await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = $"far-{market}" }, 60);
            Assert.True((canceled.Status, canceled.Text("status")) == (200, "CANCELED"), canceled.ToString());
        }
        await world.AllWitnessesAgree(["held", "stop-SPOT", "limit-SPOT", "far-SPOT", "stop-FUT", "limit-FUT", "far-FUT"]);
    });

    static Task Moves(World world, string mid) => world.Venue.SetMarket(new JsonObject { ["symbol"] = "BTCUSDT", ["mid"] = mid });

    static async Task Rests(World world, string id, string market, string trigger, string? price = null)
    {
        var intent = new JsonObject
        {
            ["intent_id"] = id, ["market"] = market, ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["qty"] = "0.005", ["type"] = "STOP", ["trigger_px"] = trigger, ["reduce_only"] = true,
        };
        if (price is not null) intent["price"] = price;
        var answer = await world.Rest.Post("/orders", intent, 0);
        Assert.True(answer.Status == 202, answer.ToString());
        // NEW is also what has not reached the exchange yet: it is there that it has to wait before the market moves.
        await Until.True($"{id} waits at the exchange", async () => (await Ledger.Read(world.Venue)).Orders.Any(order => order.ClientOrderId == ClientOrderIds.First(id) && order.Status == "NEW"));
    }

    static Task Ends(World world, string id, string status) => Until.Done($"{id} is {status}", async () =>
        await world.Result(id) is { } result && result.Text("status") == status && result.Text("final") == "true" ? null : (await world.Result(id))?.ToString() ?? "no answer");
}
