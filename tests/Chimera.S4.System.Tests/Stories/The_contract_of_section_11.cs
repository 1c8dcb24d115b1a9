using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>契約與邊界檢核（必測）: each line of the specification's §11 through REST, on a whole router beside an exchange whose market moves only when the story says so (bid 89,999, ask 90,001).</summary>
[Trait("Category", "Services")]
public sealed class The_contract_of_section_11
{
    [Fact]
    public Task A_futures_maker_that_fills_inside_its_window_is_FILLED_with_its_slippage() => World.Embedded(async world =>
    {
        var answer = world.Rest.Post("/orders", Patient("inside", waitMs: 60_000), 60);
        await Until.True("it rests at the touch", async () => await OrdersOf(world, "inside") is [{ Status: "NEW" }]);
        await world.Venue.SetMarket(new JsonObject { ["venue"] = "FUT", ["symbol"] = "BTCUSDT", ["mid"] = "89990" });
        var filled = await answer;
        Filled(filled, "0.02");
        Assert.Single(await OrdersOf(world, "inside"));                                     // nothing was taken
        await Until.Done("its trades and its slippage are told", async () => SlippageIsRight(await world.Result("inside"), await TradesOf(world, "inside"), mid: 90_000m));
        Assert.True((await world.Result("inside"))!.Amount("slippage_bps") < 0, "a maker buys below the middle");
    }, ("S4_MAKER_MAX_WAIT_MS", "60000"));

    [Fact]
    public Task A_futures_maker_that_is_not_filled_falls_back_after_its_window_and_is_FILLED_with_its_slippage() => World.Embedded(async world =>
    {
        var answer = await world.Rest.Post("/orders", Patient("after", waitMs: 600), 60);
        Filled(answer, "0.02");
        Assert.Equal([("CANCELED", 0m), ("FILLED", 0.02m)], (await OrdersOf(world, "after")).Select(order => (order.Status, order.ExecutedQty)));
        await Until.Done("its slippage is told", async () => SlippageIsRight(await world.Result("after"), await TradesOf(world, "after"), mid: 90_000m));
        Assert.True((await world.Result("after"))!.Amount("slippage_bps") > 0, "a taker buys above the middle");
    });

    [Fact]
    public Task A_spot_OCO_whose_two_legs_stand_is_ACCEPTED_and_shows_them() => World.Embedded(async world =>
    {
        var answer = await world.Rest.Post("/orders", Oco("both", "SELL", reduces: true), 60);
        Assert.True((answer.Status, answer.Text("status")) == (200, "ACCEPTED"), answer.ToString());
        var legs = answer.Json.GetProperty("oco_legs").EnumerateArray().ToArray();
        Assert.Equal([("LIMIT_MAKER", 95_000m, "NEW"), ("STOP", 88_000m, "NEW")], legs.Select(leg => (Ledger.Text(leg, "type"), Ledger.Amount(leg, "price"), Ledger.Text(leg, "status"))));
        Assert.Equal((await OrdersOf(world, "both")).Select(order => (order.ClientOrderId, order.OrderId)), legs.Select(leg => (Ledger.Text(leg, "client_order_id"), Ledger.Text(leg, "order_id"))));
    });

    /// <summary>The account may hold no more stops on the symbol, so that the lower leg fails and the list with it.</summary>
    [Theory]
    [InlineData("GUARD", "GUARD_ARMED")]
    [InlineData("MARKET", "OCO_FALLBACK")]
    public Task A_spot_OCO_of_which_one_leg_fails_falls_back_to_the_guard_or_to_the_market_by_itself(string onLegFailure, string told) => World.Embedded(async world =>
    {
        for (var stops = 0; stops < 5; stops++)
        {
            var stop = await world.Venue.Place("/api/v3/order", "symbol=BTCUSDT&side=SELL&type=STOP_LOSS&quantity=0.001&stopPrice=50000");
            Assert.True(stop.Status == 200, stop.ToString());
        }
        var bought = await world.Rest.Post("/orders", Oco("one", "BUY", reduces: false, onLegFailure), 60);
        Filled(bought, "0.01");
        await Until.True($"{told} is told", () => Task.FromResult(Journal.Read(world.Router.DatabaseFile).Events.Where(row => row.IntentId == "one").Select(row => row.Type).ToArray() is var types && types.Contains("OCO_FALLBACK") && types.Contains(told)));
        if (onLegFailure == "GUARD") await world.Venue.SetMarket(new JsonObject { ["venue"] = "SPOT", ["symbol"] = "BTCUSDT", ["mid"] = "87900" });
        await Until.Done("it is sold", async () => await world.Result("one") is { } result && result.Text("final") == "true" ? null : (await world.Result("one"))?.ToString() ?? "no answer");
        var sold = Assert.Single(await OrdersOf(world, "one"), order => order is { Side: "SELL", ExecutedQty: > 0 });
        Assert.InRange(sold.ExecutedQty, 0.00998m, 0.01m);
    });

    [Fact]
    public Task The_same_intent_id_again_is_the_same_result_and_trades_nothing() => World.Embedded(async world =>
    {
        var first = await world.Rest.Post("/orders", Intent("again", "FUT", "BUY", "0.02"), 60);
        Filled(first, "0.02");
        Assert.Equal(first, await world.Rest.Post("/orders", Intent("again", "FUT", "BUY", "0.02"), 60));
        Assert.Single((await Ledger.Read(world.Venue)).Orders);
    });

    [Fact]
    public Task A_quantity_below_the_step_or_a_price_off_the_tick_is_400_and_below_the_smallest_notional_or_reduce_only_that_opens_422() => World.Embedded(async world =>
    {
        var offTick = Intent("tick", "FUT", "BUY", "0.01");
        (offTick["type"], offTick["price"]) = ("LIMIT", "88000.05");
        var opens = Intent("opens", "FUT", "BUY", "0.01");
        opens["reduce_only"] = true;
        Denied(400, "QTY_BELOW_STEP", ["qty", "0.0004", "0.001"], await world.Rest.Post("/orders", Intent("step", "FUT", "BUY", "0.0004"), 60));
        Denied(400, "PRICE_OFF_TICK", ["price", "88000.05", "0.1"], await world.Rest.Post("/orders", offTick, 60));
        Denied(422, "BELOW_MIN_NOTIONAL", ["0.00005", "5"], await world.Rest.Post("/orders", Intent("notional", "SPOT", "BUY", "0.00005"), 60));
        Denied(422, "REDUCE_ONLY_WOULD_OPEN", ["reduce_only", "0.01"], await world.Rest.Post("/orders", opens, 60));
        Assert.Empty((await Ledger.Read(world.Venue)).Orders);
    });

    [Fact]
    public Task A_cancel_of_what_never_was_is_404_of_what_is_filled_409_and_of_what_is_canceled_already_200() => World.Embedded(async world =>
    {
        Task<Answer> Cancel(string id) => world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = id }, 60);

        Assert.Equal((404, "ORDER_NOT_FOUND"), Said(await Cancel("never")));
        Filled(await world.Rest.Post("/orders", Intent("done", "SPOT", "BUY", "0.02"), 60), "0.02");
        Assert.Equal((409, "NOTHING_ALIVE"), Said(await Cancel("done")));
        var resting = Intent("rests", "SPOT", "BUY", "0.02");
        (resting["type"], resting["price"]) = ("LIMIT", "80000");
        await world.Rest.Post("/orders", resting, 0);
        await Until.True("it rests", async () => await OrdersOf(world, "rests") is [{ Status: "NEW" }]);
        var canceled = await Cancel("rests");
        Assert.True((canceled.Status, canceled.Text("status")) == (200, "CANCELED"), canceled.ToString());
        Assert.Equal(canceled, await Cancel("rests"));
    });

    static JsonObject Intent(string id, string market, string side, string qty) => new() { ["intent_id"] = id, ["market"] = market, ["symbol"] = "BTCUSDT", ["side"] = side, ["qty"] = qty };

    static JsonObject Patient(string id, int waitMs)
    {
        var intent = Intent(id, "FUT", "BUY", "0.02");
        intent["exec_policy"] = new JsonObject { ["maker_then_taker"] = new JsonObject { ["wait_ms"] = waitMs } };
        return intent;
    }

    static JsonObject Oco(string id, string side, bool reduces, string onLegFailure = "GUARD")
    {
        var intent = Intent(id, "SPOT", side, "0.01");
        intent["reduce_only"] = reduces;
        intent["exec_policy"] = new JsonObject { ["oco"] = new JsonObject { ["tp_px"] = "95000", ["sl_px"] = "88000", ["on_leg_failure"] = onLegFailure } };
        return intent;
    }

    static void Filled(Answer answer, string qty) => Assert.True((answer.Status, answer.Text("status"), answer.Text("filled_qty")) == (200, "FILLED", qty), answer.ToString());

    static (int, string?) Said(Answer answer) => (answer.Status, answer.Text("code"));

    static void Denied(int status, string code, string[] names, Answer answer)
    {
        Assert.True(Said(answer) == (status, code), $"expected {status} {code}, answered {answer}");
        Assert.All(names, name => Assert.Contains(name, answer.Body, StringComparison.Ordinal));
    }

    /// <summary>Computed here from the exchange's own trades (spec §5.1); null: it is as told.</summary>
    static string? SlippageIsRight(Answer? result, IReadOnlyList<LedgerTrade> trades, decimal mid)
    {
        if (result?.Text("slippage_bps") is null or "null" || trades.Count == 0) return $"{result}; {trades.Count} trades";
        var average = trades.Sum(trade => trade.Price * trade.Qty) / trades.Sum(trade => trade.Qty);
        var expected = Math.Round((average - mid) / mid * 10_000m, 4);
        return result.Amount("slippage_bps") == expected ? null : $"{result}: {expected} bps by the exchange's trades";
    }

    static Task<IReadOnlyList<LedgerOrder>> OrdersOf(World world, string intentId) => Ledger.OrdersOf(world.Venue, intentId);

    static async Task<IReadOnlyList<LedgerTrade>> TradesOf(World world, string intentId) =>
        [.. (await Ledger.Read(world.Venue)).Trades.Where(trade => trade.ClientOrderId.StartsWith(ClientOrderIds.Intent(intentId), StringComparison.Ordinal))];
}
