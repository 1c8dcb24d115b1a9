using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>Each execution policy once on a whole router, beside an exchange whose market stands still unless the story moves it.</summary>
public sealed class Policies
{
    [Fact]
    public Task Maker_then_taker_rests_takes_and_counts_both() => World.Embedded(async world =>
    {
        foreach (var market in new[] { "SPOT", "FUT" })
        {
            var id = $"patient-{market}";
            var answer = await world.Rest.Post("/orders", Intent(id, market, "0.02", ("exec_policy", new JsonObject { ["maker_then_taker"] = new JsonObject { ["wait_ms"] = 600 } })), 60);
            Assert.True(answer.Status == 200 && (answer.Text("status"), answer.Amount("filled_qty")) == ("FILLED", 0.02m), answer.ToString());
            var orders = await OrdersOf(world, id);
            Assert.Equal([("CANCELED", 0m), ("FILLED", 0.02m)], orders.Select(order => (order.Status, order.ExecutedQty)));
            Assert.Equal(2, Journal.Read(world.Router.DatabaseFile).Orders.Count(row => row.IntentId == id));
        }
    });

    [Fact]
    public Task Slices_follow_one_another_and_a_cancel_ends_them() => World.Embedded(async world =>
    {
        JsonObject Twap(int slices, int gap) => new() { ["twap"] = new JsonObject { ["slices"] = slices, ["gap_ms"] = gap } };

        var armed = await world.Rest.Post("/orders", Intent("sliced", "SPOT", "0.03", ("exec_policy", Twap(3, 300))), 60);
        Assert.True(armed is { Status: 200 } && armed.Text("status") is "ACCEPTED" or "PARTIALLY_FILLED", armed.ToString());
        await Until.True("all slices are filled", async () => (await world.Result("sliced"))?.Text("status") == "FILLED");
        Assert.Equal([0.01m, 0.01m, 0.01m], (await OrdersOf(world, "sliced")).Select(order => order.ExecutedQty));
        await Until.True("the record tells of each slice and of the end", () => Task.FromResult(
            Journal.Read(world.Router.DatabaseFile).Events.Where(told => told.IntentId == "sliced").CountBy(told => told.Type).ToDictionary() is var told
            && told.GetValueOrDefault("TWAP_SLICE_SENT") == 3 && told.GetValueOrDefault("TWAP_DONE") == 1 && told.GetValueOrDefault("ROUTER_ORDER_EXECUTED") == 1));

        await world.Rest.Post("/orders", Intent("cut-short", "FUT", "0.04", ("exec_policy", Twap(4, 60_000))), 60);
        await Until.True("its first slice is filled", async () => (await world.Result("cut-short"))?.Amount("filled_qty") == 0.01m);
        var canceled = await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = "cut-short" }, 60);
        Assert.True(canceled.Status == 200 && (canceled.Text("status"), canceled.Amount("filled_qty")) == ("CANCELED", 0.01m), canceled.ToString());
        Assert.Single(await OrdersOf(world, "cut-short"));
    });

    /// <summary>Lots of 0.00001 and a smallest notional of 5 on spot: what is too small alone joins the next slice, and the whole is bought exactly.</summary>
    [Fact]
    public Task Slices_that_the_market_cannot_take_alone_are_joined_and_add_up() => World.Embedded(async world =>
    {
        await world.Rest.Post("/orders", Intent("dust", "SPOT", "0.00013", ("exec_policy", new JsonObject { ["twap"] = new JsonObject { ["slices"] = 4, ["gap_ms"] = 100 } })), 60);
        await Until.True("all of it is bought", async () => (await world.Result("dust"))?.Text("status") == "FILLED");
        Assert.Equal([0.00006m, 0.00007m], (await OrdersOf(world, "dust")).Select(order => order.ExecutedQty));
    });

    [Fact]
    public Task A_limit_is_repriced_by_an_intent_that_replaces_it() => World.Embedded(async world =>
    {
        await world.Rest.Post("/orders", Limit("first", "80000"), 0);
        await Until.True("it rests", async () => (await OrdersOf(world, "first")) is [{ Status: "NEW" }]);
        var second = Limit("second", "81000");
        second["replaces"] = new JsonObject { ["intent_id"] = "first" };
        await world.Rest.Post("/orders", second, 0);
        await Until.True("the second rests", async () => (await OrdersOf(world, "second")) is [{ Status: "NEW" }]);
        Assert.Equal("CANCELED", Assert.Single(await OrdersOf(world, "first")).Status);
        Assert.Equal("CANCELED", (await world.Result("first"))!.Text("status"));

        var third = Limit("third", "82000");
        third["replaces"] = new JsonObject { ["intent_id"] = "nobody" };
        var refused = await world.Rest.Post("/orders", third, 60);
        Assert.True(refused.Status == 404 && refused.Text("code") == "ORDER_NOT_FOUND", refused.ToString());
    });

    static JsonObject Intent(string id, string market, string qty, params (string Name, JsonNode Value)[] more)
    {
        var intent = new JsonObject { ["intent_id"] = id, ["market"] = market, ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = qty };
        foreach (var (name, value) in more) intent[name] = value;
        return intent;
    }

    static JsonObject Limit(string id, string price) => Intent(id, "SPOT", "0.01", ("type", "LIMIT"), ("price", price));

    static Task<IReadOnlyList<LedgerOrder>> OrdersOf(World world, string intentId) => Ledger.OrdersOf(world.Venue, intentId);
}
