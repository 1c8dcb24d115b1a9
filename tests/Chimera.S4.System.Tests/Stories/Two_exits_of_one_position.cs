using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>Themes E and L of the field notes on a whole router: futures have no list that ties a stop to a take-profit, so S4 does, and the exchange's reduce-only is the last fence.</summary>
[Trait("Category", "Services")]
public sealed class Two_exits_of_one_position
{
    /// <summary>The market jumps from one to the other before S4 can withdraw the second.</summary>
    [Fact]
    public Task Set_off_by_one_jump_end_flat_and_never_turn_the_position() => World.Embedded(async world =>
    {
        await Protected(world, "jump", "0.02");
        await world.Venue.SetMarket(new JsonObject { ["venue"] = "FUT", ["symbol"] = "BTCUSDT", ["mid"] = "87000" });
        await world.Venue.SetMarket(new JsonObject { ["venue"] = "FUT", ["symbol"] = "BTCUSDT", ["mid"] = "96000" });
        await Ends(world, "jump");
        Assert.Equal(0, await Position(world));
        Assert.Equal(0.02m, (await Ledger.OrdersOf(world.Venue, "jump")).Where(order => order.Side == "SELL").Sum(order => order.ExecutedQty));
        await world.AllWitnessesAgree(["jump"], inTurns: ["jump"]);
    });

    [Fact]
    public Task Go_when_somebody_else_has_closed_the_position_and_the_story_says_so() => World.Embedded(async world =>
    {
        await Protected(world, "closed", "0.02");
        var alone = await world.Rest.Post("/orders", new JsonObject
        {
            ["intent_id"] = "alone", ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["qty"] = "0.02", ["type"] = "STOP", ["trigger_px"] = "85000", ["reduce_only"] = true,
        }, 0);
        // The position is promised to the first stop already, says this exchange (-4118): what is refused for that has its own word.
        await Until.True("the second stop is refused with its word", async () => (await world.Result("alone"))?.Text("code") == "REDUCE_ONLY_LOCKED");
        await Closes(world, 0.02m);
        await Ends(world, "closed");
        var result = (await world.Result("closed"))!;
        Assert.True((result.Text("status"), result.Text("code")) == ("FILLED", "POSITION_CLOSED"), $"{result} {alone}");
        Assert.All((await Ledger.OrdersOf(world.Venue, "closed")).Where(order => order.Side == "SELL"), exit => Assert.Equal("CANCELED", exit.Status));
    });

    [Fact]
    public Task A_stop_of_its_own_goes_with_the_position_also_when_that_was_closed_while_the_router_was_dead() => World.Embedded(async world =>
    {
        await world.Rest.Post("/orders", Buy("held", "0.02"), 60);
        await world.Rest.Post("/orders", new JsonObject
        {
            ["intent_id"] = "stop", ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["qty"] = "0.02", ["type"] = "STOP", ["trigger_px"] = "85000", ["reduce_only"] = true,
        }, 0);
        await Until.True("it waits at the exchange", async () => await Ledger.OrdersOf(world.Venue, "stop") is [{ Status: "NEW" }]);
        world.Router.Kill();
        await Closes(world, 0.02m);
        await world.Router.Start();
        await Ends(world, "stop");
        var result = (await world.Result("stop"))!;
        Assert.True((result.Text("status"), result.Text("code")) == ("CANCELED", "POSITION_CLOSED"), result.ToString());
    });

    /// <summary>The entry fills in parts; old and new stop together promise more than is held, which the exchange refuses (-4118): the old one makes room, and in the end the stop is as large as the position.</summary>
    [Fact]
    public Task Grow_with_an_entry_that_fills_in_parts() => World.Embedded(async world =>
    {
        await world.Venue.SetMarket(new JsonObject { ["venue"] = "FUT", ["symbol"] = "BTCUSDT", ["spread"] = "1000" });
        var intent = Buy("parts", "0.02");
        (intent["type"], intent["price"], intent["post_fill_actions"]) = ("LIMIT", "90000", Exits);
        await world.Rest.Post("/orders", intent, 0);
        await Until.True("it rests", async () => (await world.Result("parts"))?.Text("order_id") is not null && (await Ledger.OrdersOf(world.Venue, "parts")) is [{ Status: "NEW" }]);
        foreach (var part in new[] { 0.008m, 0.02m })
        {
            await world.Venue.SetMarket(new JsonObject { ["venue"] = "FUT", ["symbol"] = "BTCUSDT", ["trade"] = new JsonObject { ["side"] = "SELL", ["qty"] = part == 0.02m ? "0.012" : "0.008" } });
            await Until.True($"a stop and a take-profit of {part} stand, and nothing else", async () =>
                (await Ledger.OrdersOf(world.Venue, "parts")).Where(order => order is { Side: "SELL", Status: "NEW" }).Select(order => order.OrigQty).ToArray() is [var stop, var profit] && (stop, profit) == (part, part));
        }
    });

    static JsonObject Exits => new() { ["stop_loss"] = new JsonObject { ["trigger_px"] = "88000" }, ["take_profit"] = new JsonArray(new JsonObject { ["trigger_px"] = "95000" }) };

    static JsonObject Buy(string id, string qty) => new() { ["intent_id"] = id, ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = qty };

    static async Task Protected(World world, string id, string qty)
    {
        var intent = Buy(id, qty);
        intent["post_fill_actions"] = Exits;
        var bought = await world.Rest.Post("/orders", intent, 60);
        Assert.True(bought.Text("status") == "FILLED", bought.ToString());
        await Until.True("both exits wait at the exchange", async () => (await Ledger.OrdersOf(world.Venue, id)).Count(order => order is { Side: "SELL", Status: "NEW" }) == 2);
    }

    /// <summary>By hand, past S4.</summary>
    static async Task Closes(World world, decimal qty)
    {
        var sold = await world.Venue.Place("/fapi/v1/order", $"symbol=BTCUSDT&side=SELL&type=MARKET&quantity={Instrument.Text(qty)}");
        Assert.True(sold.Status == 200, sold.ToString());
        Assert.Equal(0, await Position(world));
    }

    static async Task<decimal> Position(World world) =>
        (await world.Venue.Ask("/fapi/v3/positionRisk", "symbol=BTCUSDT")).Json.EnumerateArray().Sum(row => Ledger.Amount(row, "positionAmt"));

    static Task Ends(World world, string id) => Until.Done($"{id} is final", async () => await world.Result(id) is { } result && result.Text("final") == "true" ? null : (await world.Result(id))?.ToString() ?? "no answer");
}
