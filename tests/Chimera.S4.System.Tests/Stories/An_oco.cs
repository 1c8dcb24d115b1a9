using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>Spec §5.3 and §11 on a whole router: a spot quantity is bought, has its exits at the exchange, and is left by one of them while the market moves.</summary>
[Trait("Category", "Services")]
public sealed class An_oco
{
    [Theory]
    [InlineData("87500", false)]
    [InlineData("96000", false)]
    [InlineData("87500", true)]
    public Task Is_left_by_one_leg_and_the_other_goes(string moves, bool whileTheRouterIsDead) => World.Embedded(async world =>
    {
        await Moves(world, "90000");
        var bought = await world.Rest.Post("/orders", Buy("oco", ("exec_policy", Oco)), 60);
        Assert.True(bought.Text("status") == "FILLED", bought.ToString());
        await Until.True("both legs stand", async () => await LegsOf(world, "oco") is { Count: 2 } legs && legs.All(leg => leg.Status == "NEW"));
        Assert.Equal(2, (await world.Result("oco"))!.Json.GetProperty("oco_legs").GetArrayLength());
        await MovesOn(world, moves, whileTheRouterIsDead);
        await IsLeft(world, "oco", moves);
    });

    [Fact]
    public Task Comes_with_an_entry_at_a_limit() => World.Embedded(async world =>
    {
        await Moves(world, "90000");
        var armed = await world.Rest.Post("/orders", Buy("otoco", ("type", "LIMIT"), ("price", "89000"), ("exec_policy", Oco)), 60);
        Assert.True(armed.Text("status") == "ACCEPTED", armed.ToString());
        await Moves(world, "88900");
        await Until.True("it is bought", async () => (await world.Result("otoco"))?.Text("status") == "FILLED");
        await Until.True("both legs stand for what is held", async () => (await LegsOf(world, "otoco")).Count(leg => leg.Status == "NEW") == 2);
        await Moves(world, "96000");
        await IsLeft(world, "otoco", "96000");
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Is_a_guarded_stop_without_the_upper_leg(bool whileTheRouterIsDead) => World.Embedded(async world =>
    {
        await Moves(world, "90000");
        var guard = new JsonObject { ["guard_stop"] = new JsonObject { ["enable"] = true, ["sl_px"] = "88000" } };
        await world.Rest.Post("/orders", Buy("guard", ("type", "LIMIT_MAKER"), ("price", "89500"), ("exec_policy", guard)), 0);
        await Until.True("it rests", async () => await OrdersOf(world, "guard") is [{ Status: "NEW" }]);
        await Moves(world, "89400");
        await Until.True("its stop stands", async () => await LegsOf(world, "guard") is [{ Status: "NEW" }]);
        await MovesOn(world, "87500", whileTheRouterIsDead);
        await IsLeft(world, "guard", "87500");
    });

    /// <summary>One leg fails: the account may hold no more stops on the symbol. S4 watches in their place, also after it was killed, and the caller sees how it came to be sold.</summary>
    [Theory]
    [InlineData("87500", false)]
    [InlineData("96000", false)]
    [InlineData("87500", true)]
    public Task Is_watched_by_S4_where_the_exchange_takes_no_more_stops(string moves, bool killed) => World.Embedded(async world =>
    {
        await Moves(world, "90000");
        for (var stops = 0; stops < 5; stops++)
        {
            var stop = await world.Venue.Place("/api/v3/order", "symbol=BTCUSDT&side=SELL&type=STOP_LOSS&quantity=0.001&stopPrice=50000");
            Assert.True(stop.Status == 200, stop.ToString());
        }
        await world.Rest.Post("/orders", Buy("watched", ("exec_policy", Oco)), 60);
        await Until.True("it has fallen back", () => Task.FromResult(Told(world).Contains("OCO_FALLBACK")));
        Assert.Empty(await LegsOf(world, "watched"));
        if (killed)
        {
            world.Router.Kill();
            await world.Router.Start();
        }
        await Moves(world, moves);
        await IsLeft(world, "watched", moves);
        await Until.True("the record tells why", () => Task.FromResult(Told(world) is var told && told.Contains("GUARD_ARMED") && told.Count(type => type == "GUARD_TRIGGERED") == 1 && !told.Contains("OCO_ARMED")));
    });

    static string[] Told(World world) => [.. Journal.Read(world.Router.DatabaseFile).Events.Where(told => told.IntentId == "watched").Select(told => told.Type)];

    static JsonObject Oco => new() { ["oco"] = new JsonObject { ["tp_px"] = "95000", ["sl_px"] = "88000" } };

    static JsonObject Buy(string id, params (string Name, JsonNode Value)[] more)
    {
        var intent = new JsonObject { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01" };
        foreach (var (name, value) in more) intent[name] = value;
        return intent;
    }

    static Task Moves(World world, string mid) => world.Venue.SetMarket(new JsonObject { ["symbol"] = "BTCUSDT", ["mid"] = mid });

    static async Task MovesOn(World world, string mid, bool whileTheRouterIsDead)
    {
        if (whileTheRouterIsDead) world.Router.Kill();
        await Moves(world, mid);
        if (whileTheRouterIsDead) await world.Router.Start();
    }

    /// <summary>One exit has sold all that it could, nothing is alive, and no more was sold than was bought.</summary>
    static async Task IsLeft(World world, string id, string at)
    {
        await Until.Done($"{id} is closed", async () => await world.Result(id) is { } result && (result.Text("status"), result.Text("final")) == ("FILLED", "true") ? null : (await world.Result(id))?.ToString() ?? "no answer");
        var orders = await OrdersOf(world, id);
        Assert.DoesNotContain(orders, order => order.Status is "NEW" or "PARTIALLY_FILLED" or "PENDING_NEW");
        var sold = Assert.Single(orders, order => order.Side == "SELL" && order.ExecutedQty > 0);
        Assert.All((await Ledger.Read(world.Venue)).Trades.Where(trade => trade.ClientOrderId == sold.ClientOrderId), trade => Assert.True(at == "96000" ? trade.Price >= 95_000 : trade.Price <= 88_000, $"sold at {trade.Price}"));
        var bought = orders.Where(order => order.Side == "BUY").Sum(order => order.ExecutedQty);
        Assert.InRange(sold.ExecutedQty, bought * 0.998m, bought);
    }

    static async Task<IReadOnlyList<LedgerOrder>> LegsOf(World world, string id) => [.. (await OrdersOf(world, id)).Where(order => order.Side == "SELL" && order.Status is not ("CANCELED" or "EXPIRED" or "REJECTED"))];

    static Task<IReadOnlyList<LedgerOrder>> OrdersOf(World world, string intentId) => Ledger.OrdersOf(world.Venue, intentId);
}
