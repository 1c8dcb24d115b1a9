using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_cancel
{
    [Fact]
    public Task Answers_404_409_200_and_the_same_again() => World.Service(async world =>
    {
        Expect(404, "ORDER_NOT_FOUND", await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = "never-sent" }, 60));

        await Filled(world, "filled");
        Expect(409, "NOTHING_ALIVE", await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = "filled" }, 60));
        Expect(409, "NOTHING_ALIVE", await world.AdapterRest!.Post("/cancel", new JsonObject { ["intent_id"] = "filled" }, 60));

        foreach (var (id, market) in new[] { ("resting-spot", "SPOT"), ("resting-fut", "FUT") })
        {
            await Resting(world, id, market, price: "80000");
            var cancel = new JsonObject { ["intent_id"] = id, ["reason"] = "REBALANCE" };
            var first = await world.Rest.Post("/cancel", cancel.DeepClone(), 60);
            Expect(200, null, first);
            Assert.True((first.Text("status"), first.Amount("filled_qty"), first.Json.GetProperty("canceled_ids")[0].GetString()) == ("CANCELED", 0, ClientOrderIds.First(id)), first.ToString());
            var again = await world.AdapterRest!.Post("/cancel", cancel.DeepClone(), 60);
            Assert.Equal(first, again);
        }
        await world.AllWitnessesAgree(["filled", "resting-spot", "resting-fut"]);
    });

    [Fact]
    public Task Of_a_partly_filled_order_tells_what_was_filled() => World.Service(async world =>
    {
        foreach (var (id, market) in new[] { ("part-spot", "SPOT"), ("part-fut", "FUT") })
        {
            // A wide market: the order in the middle is the best bid, and somebody else's sale meets nothing but it.
            await world.Venue.SetMarket(new JsonObject { ["venue"] = market, ["symbol"] = "BTCUSDT", ["spread"] = "1000" });
            await Resting(world, id, market, price: "90000");
            await world.Venue.SetMarket(new JsonObject { ["venue"] = market, ["symbol"] = "BTCUSDT", ["trade"] = new JsonObject { ["side"] = "SELL", ["qty"] = "0.012" } });
            await Until.True("the fill is told", async () => (await world.Result(id))?.Text("status") == "PARTIALLY_FILLED");

            var canceled = await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = id }, 60);
            Expect(200, null, canceled);
            Assert.True((canceled.Text("status"), canceled.Amount("filled_qty")) == ("CANCELED", 0.012m), canceled.ToString());
        }
        await world.AllWitnessesAgree(["part-spot", "part-fut"]);
    });

    [Fact]
    public Task Finds_the_order_by_any_of_its_names_and_leaves_foreign_ones_alone() => World.Service(async world =>
    {
        await Resting(world, "by-client-id", "SPOT", "80000");
        Expect(200, null, await world.Rest.Post("/cancel", new JsonObject { ["client_order_id"] = ClientOrderIds.First("by-client-id") }, 60));

        foreach (var (id, market) in new[] { ("by-venue-id-spot", "SPOT"), ("by-venue-id-fut", "FUT") })
        {
            var orderId = (await Resting(world, id, market, "80000")).Text("order_id");
            Expect(400, null, await world.Rest.Post("/cancel", new JsonObject { ["order_id"] = orderId }, 60));
            Expect(200, null, await world.Rest.Post("/cancel", new JsonObject { ["order_id"] = orderId, ["market"] = market, ["symbol"] = "BTCUSDT" }, 60));
        }

        var foreign = await world.Venue.Place("/api/v3/order", "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=80000&newClientOrderId=somebody-else-1");
        Assert.True(foreign.Status == 200, foreign.ToString());
        Expect(403, "FOREIGN_ORDER", await world.Rest.Post("/cancel", new JsonObject { ["client_order_id"] = "somebody-else-1" }, 60));
        Expect(403, "FOREIGN_ORDER", await world.Rest.Post("/cancel", new JsonObject { ["order_id"] = foreign.Text("orderId"), ["market"] = "SPOT", ["symbol"] = "BTCUSDT" }, 60));
        Expect(404, "ORDER_NOT_FOUND", await world.Rest.Post("/cancel", new JsonObject { ["order_id"] = "999999999", ["market"] = "SPOT", ["symbol"] = "BTCUSDT" }, 60));

        await world.AllWitnessesAgree(["by-client-id", "by-venue-id-spot", "by-venue-id-fut"]);
        Assert.Equal("NEW", (await Ledger.Read(world.Venue)).Orders.Single(order => order.ClientOrderId == "somebody-else-1").Status);
    });

    [Fact]
    public Task Arrives_over_the_bus_as_raw_json_and_as_an_envelope() => World.Service(async world =>
    {
        foreach (var (id, form) in new[] { ("raw-cancel", Form.Raw), ("envelope-cancel", Form.Envelope) })
        {
            await Resting(world, id, "FUT", "88000");
            await world.Bus.Cancel(new JsonObject { ["intent_id"] = id, ["reason"] = "RISK" }, form);
        }
        await world.AllWitnessesAgree(["raw-cancel", "envelope-cancel"]);
        Assert.All((await Ledger.Read(world.Venue)).Orders, order => Assert.Equal("CANCELED", order.Status));
        Assert.Empty(await world.FailedMessages());
    });

    static async Task Filled(World world, string id) =>
        Expect(200, null, await world.Rest.Post("/orders", new JsonObject { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.02" }, 60));

    /// <summary>Places a limit order that rests, and waits until the exchange has it. Returns its result.</summary>
    static async Task<Answer> Resting(World world, string id, string market, string price)
    {
        var limit = new JsonObject { ["intent_id"] = id, ["market"] = market, ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.02", ["type"] = "LIMIT", ["price"] = price };
        var accepted = await world.Rest.Post("/orders", limit, 0);
        Assert.True(accepted.Status == 202, accepted.ToString());
        Answer? resting = null;
        await Until.True($"{id} rests", async () => (resting = await world.Result(id))?.Text("order_id") is not null);
        return resting!;
    }

    static void Expect(int status, string? code, Answer answer) => Assert.True(answer.Status == status && (code is null || answer.Text("code") == code), $"expected {status} {code}, answered {answer}");
}
