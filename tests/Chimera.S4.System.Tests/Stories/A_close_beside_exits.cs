using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>Theme L on a whole router: a stop and a take-profit of full size lock the position at this exchange (-4118), and another intent is to close it.</summary>
[Trait("Category", "Services")]
public sealed class A_close_beside_exits
{
    [Fact]
    public Task Of_all_that_is_held_ends_flat_and_takes_the_exits_with_it() => World.Embedded(async world =>
    {
        await Protected(world);
        await Closes(world, "close", "0.02");
        Assert.Equal(0, await Position(world));
        await Until.Done("the protected intent is final", async () => await world.Result("held") is { } result && result.Text("final") == "true" ? null : $"{await world.Result("held")}");
        var held = (await world.Result("held"))!;
        Assert.True((held.Text("status"), held.Text("code")) == ("FILLED", "POSITION_CLOSED"), held.ToString());
        Assert.Empty(await Waiting(world));
        await world.AllWitnessesAgree(["held", "close"], inTurns: ["held"]);
    });

    [Fact]
    public Task Of_a_part_leaves_a_stop_and_a_take_profit_of_what_is_left() => World.Embedded(async world =>
    {
        await Protected(world);
        await Closes(world, "less", "0.008");
        Assert.Equal(0.012m, await Position(world));
        await Until.Done("a stop and a take-profit of 0.012 stand, and nothing else", async () =>
            await Waiting(world) is [0.012m, 0.012m] ? null : $"{string.Join(' ', await Waiting(world))}; {await world.Rest.Get("/orders/held")}");
        // Not locked out any more than the first one: the exits have grown no gap and no excess.
        await Closes(world, "rest", "0.012");
        await Until.True("nothing waits at the exchange", async () => (await Waiting(world)).Length == 0);
        await Until.True("the protected intent is final", async () => (await world.Result("held"))?.Text("final") == "true");
        await world.AllWitnessesAgree(["held", "less", "rest"], inTurns: ["held"]);
        var told = (await world.Rest.Get("/orders/held")).Body;
        Assert.All(new[] { "take-profits make room for less", "0.008 was closed by less", "0.012 was closed by rest" }, words => Assert.Contains(words, told));
    });

    static async Task Protected(World world)
    {
        var bought = await world.Rest.Post("/orders", new JsonObject
        {
            ["intent_id"] = "held", ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.02",
            ["post_fill_actions"] = new JsonObject { ["stop_loss"] = new JsonObject { ["trigger_px"] = "88000" }, ["take_profit"] = new JsonArray(new JsonObject { ["trigger_px"] = "105000" }) },
        }, 60);
        Assert.True(bought.Text("status") == "FILLED", bought.ToString());
        await Until.True("both exits wait at the exchange", async () => await Waiting(world) is [0.02m, 0.02m]);
    }

    static async Task Closes(World world, string id, string qty)
    {
        var closed = await world.Rest.Post("/orders", new JsonObject { ["intent_id"] = id, ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["qty"] = qty, ["reduce_only"] = true }, 60);
        Assert.True((closed.Text("status"), closed.Text("filled_qty")) == ("FILLED", qty), $"{closed}; {await world.Rest.Get($"/orders/{id}")}");
        var told = (await world.Rest.Get($"/orders/{id}")).Body;
        Assert.True(told.Contains("ROOM_ASKED", StringComparison.Ordinal), told);
    }

    static async Task<decimal[]> Waiting(World world) => [.. (await Ledger.OrdersOf(world.Venue, "held")).Where(order => order is { Side: "SELL", Status: "NEW" }).Select(order => order.OrigQty)];

    static async Task<decimal> Position(World world) =>
        (await world.Venue.Ask("/fapi/v3/positionRisk", "symbol=BTCUSDT")).Json.EnumerateArray().Sum(row => Ledger.Amount(row, "positionAmt"));
}
