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

    /// <summary>
    /// Trailed upwards eight times, each time by an intent that replaces the one before. On futures the new one stands first where the position bears both; else, and on spot, the old one has to end
    /// first, and how long nothing stood is told.
    /// </summary>
    [Theory]
    [InlineData("SPOT", "0.005", 8)]
    [InlineData("FUT", "0.005", 8)]
    [InlineData("FUT", "0.01", 0)]
    public Task Is_moved_and_only_the_last_one_sells(string market, string held, int gaps) => World.Embedded(async world =>
    {
        await Moves(world, "90000");
        await world.Rest.Post("/orders", new JsonObject { ["intent_id"] = "held", ["market"] = market, ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = held }, 60);
        await Rests(world, "stop-0", market, "80000");
        using var moving = new CancellationTokenSource();
        var watch = Standing(world, moving.Token);
        for (var move = 1; move <= 8; move++)
        {
            await Rests(world, $"stop-{move}", market, $"{80 + move}000", replaces: $"stop-{move - 1}");
            await Ends(world, $"stop-{move - 1}", "CANCELED");
        }
        await moving.CancelAsync();
        var (fewest, most) = await watch;
        Assert.True(gaps > 0 ? most == 1 : (fewest, most) == (1, 2), $"between {fewest} and {most} stops stood at once");
        // It stands at the exchange a moment before the router knows.
        await Until.Done($"{gaps} gaps are told", async () => Exposition.Read((await world.Rest.Get("/metrics")).Body).Sum("guard_naked_ms_count") is var told && told == gaps ? null : $"{told} are");

        await Moves(world, "86500");
        await Ends(world, "stop-8", "FILLED");
        await world.AllWitnessesAgree(["held", .. Enumerable.Range(0, 9).Select(number => $"stop-{number}")]);
    });

    /// <summary>S6 trails the stop that an entry brought with it: what takes its place takes that of the take-profit as well, and sells what the entry had bought.</summary>
    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public Task That_came_with_an_entry_is_moved(string market) => World.Embedded(async world =>
    {
        await Moves(world, "90000");
        var entry = new JsonObject { ["intent_id"] = "entry", ["market"] = market, ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.005" };
        if (market == "SPOT") entry["exec_policy"] = new JsonObject { ["oco"] = new JsonObject { ["tp_px"] = "99000", ["sl_px"] = "80000" } };
        else entry["post_fill_actions"] = new JsonObject { ["stop_loss"] = new JsonObject { ["trigger_px"] = "80000" }, ["take_profit"] = new JsonArray(new JsonObject { ["trigger_px"] = "99000" }) };
        await world.Rest.Post("/orders", entry, 60);
        await Until.True("its exits stand", async () => (await Ledger.Read(world.Venue)).Orders.Count(order => order is { Side: "SELL", Status: "NEW" }) == 2);

        await Rests(world, "moved", market, "88000", replaces: "entry");
        await Until.True("the entry's exits are gone", async () => (await Ledger.OrdersOf(world.Venue, "entry")).All(order => order.Status is "FILLED" or "CANCELED" or "EXPIRED"));
        Assert.Single((await Ledger.Read(world.Venue)).Orders, order => order is { Side: "SELL", Status: "NEW" });
        await Moves(world, "87000");
        await Ends(world, "moved", "FILLED");
        await Ends(world, "entry", "FILLED");
        await world.AllWitnessesAgree(["entry", "moved"], inTurns: ["entry"]);
    });

    static async Task<(int Fewest, int Most)> Standing(World world, CancellationToken until)
    {
        var (fewest, most) = (int.MaxValue, 0);
        while (!until.IsCancellationRequested)
        {
            var standing = (await Ledger.Read(world.Venue)).Orders.Count(order => order is { Side: "SELL", Status: "NEW" });
            (fewest, most) = (Math.Min(fewest, standing), Math.Max(most, standing));
        }
        return (fewest, most);
    }

    static Task Moves(World world, string mid) => world.Venue.SetMarket(new JsonObject { ["symbol"] = "BTCUSDT", ["mid"] = mid });

    static async Task Rests(World world, string id, string market, string trigger, string? price = null, string? replaces = null)
    {
        var intent = new JsonObject
        {
            ["intent_id"] = id, ["market"] = market, ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["qty"] = "0.005", ["type"] = "STOP", ["trigger_px"] = trigger, ["reduce_only"] = true,
        };
        if (price is not null) intent["price"] = price;
        if (replaces is not null) intent["replaces"] = new JsonObject { ["intent_id"] = replaces };
        var answer = await world.Rest.Post("/orders", intent, 0);
        Assert.True(answer.Status == 202, answer.ToString());
        // NEW is also what has not reached the exchange yet: it is there that it has to wait before the market moves.
        await Until.True($"{id} waits at the exchange", async () => (await Ledger.OrdersOf(world.Venue, id)).Any(order => order.Status == "NEW"));
    }

    static Task Ends(World world, string id, string status) => Until.Done($"{id} is {status}", async () =>
        await world.Result(id) is { } result && result.Text("status") == status && result.Text("final") == "true" ? null : (await world.Result(id))?.ToString() ?? "no answer");
}
