using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class An_order_that_the_exchange_ends
{
    [Fact]
    public Task Unfilled_or_in_part_is_told_as_the_exchange_ended_it() => World.Embedded(async world =>
    {
        foreach (var market in new[] { "SPOT", "FUT" })
        {
            await world.Venue.SetMarket(new JsonObject { ["venue"] = market, ["symbol"] = "ETHUSDT", ["levels"] = 1, ["depth"] = "0.5" });
            await Ends(world, "EXPIRED", 0, Limit($"ioc-away-{market}", market, "BUY", "1", "2900", "IOC"));
            await Ends(world, "EXPIRED", 0.5m, Limit($"ioc-part-{market}", market, "BUY", "2", "3010", "IOC"));
        }
        // Spot expires what cannot be filled at once; futures refuse it.
        await Ends(world, "EXPIRED", 0, Limit("fok-SPOT", "SPOT", "BUY", "20", "3010", "FOK"));
        var refused = await Ends(world, null, 0, Limit("fok-FUT", "FUT", "BUY", "20", "3010", "FOK"));
        Assert.True(refused.Text("status") == "EXPIRED" || refused.Text("code") == "FOK_NOT_FILLED", refused.ToString());
        await world.AllWitnessesAgree(["ioc-away-SPOT", "ioc-away-FUT", "ioc-part-SPOT", "ioc-part-FUT", "fok-SPOT", "fok-FUT"]);
    });

    [Fact]
    public Task Refused_is_200_rejected_by_the_venue() => World.Embedded(async world =>
    {
        await Rejected(world, "WOULD_TAKE", new JsonObject { ["intent_id"] = "taker-SPOT", ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01", ["type"] = "LIMIT_MAKER", ["price"] = "91000" });
        await Rejected(world, "WOULD_TAKE", new JsonObject { ["intent_id"] = "taker-FUT", ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01", ["type"] = "LIMIT_MAKER", ["price"] = "91000" });
        await Rejected(world, "INSUFFICIENT_BALANCE", new JsonObject { ["intent_id"] = "too-much", ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["qty"] = "101" });
        var again = await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = "too-much" }, 60);
        Assert.True((again.Status, again.Text("code")) == (409, "NOTHING_ALIVE"), again.ToString());
        await world.AllWitnessesAgree(["taker-SPOT", "taker-FUT", "too-much"]);
    }, ("S4_MAX_ORDER_QTY", "1000"), ("S4_MAX_ORDER_NOTIONAL", "100000000"));       // what is asked for here is above S4's own limits, and is the venue's to refuse

    [Fact]
    public Task Reduce_only_takes_away_what_is_held_and_no_more() => World.Embedded(async world =>
    {
        JsonObject Order(string id, string side, string qty, bool reduce) => new() { ["intent_id"] = id, ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = side, ["qty"] = qty, ["reduce_only"] = reduce };
        await Ends(world, "FILLED", 0.02m, Order("open", "BUY", "0.02", false));
        var more = await Posted(world, Order("more-than-held", "SELL", "0.05", true));
        var taken = (await Ledger.Read(world.Venue)).Trades.Where(trade => trade.Side == "SELL").Sum(trade => trade.Qty);
        Assert.True(taken <= 0.02m && more.Text("final") == "true", more.ToString());
        await world.AllWitnessesAgree(["open", "more-than-held"]);
    });

    [Fact]
    public Task Is_canceled_once_it_is_known_where_the_cancel_overtakes_it() => World.Embedded(async world =>
    {
        foreach (var path in new[] { "/api/v3/order", "/fapi/v1/order" })
            await world.Venue.SetFault(new JsonObject { ["kind"] = "latency", ["method"] = "POST", ["path"] = path, ["ms"] = 700 });
        foreach (var market in new[] { "SPOT", "FUT" })
        {
            var placed = await world.Rest.Post("/orders", Limit($"overtaken-{market}", market, "BUY", "1", "2900", "GTC"), 0);
            Assert.True(placed.Status == 202, placed.ToString());
            var canceled = await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = $"overtaken-{market}" }, 60);
            Assert.True((canceled.Status, canceled.Text("status")) == (200, "CANCELED"), canceled.ToString());
        }
        await world.AllWitnessesAgree(["overtaken-SPOT", "overtaken-FUT"]);
    });

    static JsonObject Limit(string id, string market, string side, string qty, string price, string timeInForce) => new()
    {
        ["intent_id"] = id, ["market"] = market, ["symbol"] = "ETHUSDT", ["side"] = side, ["qty"] = qty, ["type"] = "LIMIT", ["price"] = price, ["time_in_force"] = timeInForce,
    };

    static async Task<Answer> Posted(World world, JsonObject intent)
    {
        var answer = await world.Rest.Post("/orders", intent, 60);
        Assert.True(answer.Status == 200, answer.ToString());
        return answer;
    }

    static async Task<Answer> Ends(World world, string? status, decimal filled, JsonObject intent)
    {
        var answer = await Posted(world, intent);
        Assert.True((status is null || answer.Text("status") == status) && answer.Amount("filled_qty") == filled && answer.Text("final") == "true", $"expected {status} with {filled}, answered {answer}");
        return answer;
    }

    static async Task Rejected(World world, string code, JsonObject intent)
    {
        var answer = await Posted(world, intent);
        Assert.True((answer.Text("status"), answer.Text("code"), answer.Text("rejected_by")) == ("REJECTED", code, "VENUE"), $"expected {code}, answered {answer}");
    }
}
