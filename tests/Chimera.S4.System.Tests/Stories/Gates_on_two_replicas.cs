using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Torture;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>What stands before new exposure, on two replicas with one Redis: each gate blocks what it must on both, and passes what it must.</summary>
[Trait("Category", "Services")]
public sealed class Gates_on_two_replicas
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public Task The_kill_switch_ends_new_exposure_and_nothing_else() => Deployment.Run(new() { ["S4_MAKER_MAX_WAIT_MS"] = "600000", ["S4_TWAP_MAX_SLICES"] = "12" }, async world =>
    {
        var acknowledged = new List<string>();
        async Task<Answer> Ask(int replica, JsonObject intent, int wait)
        {
            var answer = await world.Rest[replica].Post("/orders", intent, wait);
            acknowledged.Add((string)intent["intent_id"]!);
            return answer;
        }

        await Ask(0, Buy("patient", ("qty", "0.02"), ("exec_policy", new JsonObject { ["maker_then_taker"] = new JsonObject { ["wait_ms"] = 600_000, ["min_fill_ratio"] = "0" } })), 0);
        await Ask(1, Buy("limit", ("type", "LIMIT"), ("price", "80000")), 0);
        await Ask(0, Buy("sliced-1", ("qty", "0.12"), ("exec_policy", new JsonObject { ["twap"] = new JsonObject { ["slices"] = 12, ["gap_ms"] = 4_000 } })), 0);
        await Ask(1, Stop("stop"), 0);
        foreach (var id in new[] { "patient", "limit", "stop" }) await Until.True($"{id} rests at the exchange", async () => (await OrdersOf(world, id)) is [{ Status: "NEW" }]);
        await Until.True("two slices are filled", async () => (await Result(world, "sliced-1"))?.Amount("filled_qty") >= 0.02m);

        var on = await world.Rest[0].Put("/ops/kill-switch", new JsonObject { ["state"] = "ON", ["reason"] = "a story" });
        Assert.True(on.Status == 200 && on.Text("kill_switch") == "ON", on.ToString());
        foreach (var replica in new[] { 1, 0 })
        {
            var denied = await Ask(replica, Buy($"denied-{replica}"), 30);
            Assert.True(denied.Status == 423 && denied.Text("code") == "KILL_SWITCH", denied.ToString());
            var reduced = await Ask(replica, Sell($"reduced-{replica}"), 60);
            Assert.True(reduced.Status == 200 && reduced.Text("status") == "FILLED", reduced.ToString());
        }
        await world.Bus.Publish(Buy("on-the-bus"), Form.Raw);
        acknowledged.Add("on-the-bus");
        await Ends(world, "on-the-bus", "REJECTED", 0);
        await Ends(world, "patient", "CANCELED", 0);
        await Ends(world, "limit", "CANCELED", 0);
        var done = (await OrdersOf(world, "sliced-1")).Sum(order => order.ExecutedQty);
        Assert.InRange(done, 0.02m, 0.11m);
        await Ends(world, "sliced-1", "CANCELED", done);
        Assert.Equal("NEW", Assert.Single(await OrdersOf(world, "stop")).Status);
        Assert.Empty(await OrdersOf(world, "denied-0"));
        Assert.Empty(await OrdersOf(world, "denied-1"));
        var canceled = await world.Rest[1].Post("/cancel", new JsonObject { ["intent_id"] = "stop" }, 60);
        Assert.True(canceled.Status == 200 && canceled.Text("status") == "CANCELED", canceled.ToString());

        var off = await world.Rest[1].Put("/ops/kill-switch", new JsonObject { ["state"] = "OFF", ["reason"] = "the story goes on" });
        Assert.True(off.Status == 200 && off.Text("kill_switch") == "OFF", off.ToString());
        foreach (var replica in new[] { 0, 1 })
        {
            var allowed = await Ask(replica, Buy($"allowed-{replica}"), 60);
            Assert.True(allowed.Status == 200 && allowed.Text("status") == "FILLED", allowed.ToString());
        }
        await Until.True("both acts are in the record", () => Task.FromResult(Journal.Read([.. world.Routers.Select(router => router.DatabaseFile)]).Events.Count(told => told.Type == "OPS_KILL_SWITCH") == 2));
        // Both replicas have noticed it; it is told once.
        Assert.Equal(["KILL_SWITCH"], (await world.Rest[1].Get("/ops/alerts")).Json.GetProperty("items").EnumerateArray().Select(alert => alert.GetProperty("code").GetString()));
        await world.AllWitnessesAgree(acknowledged, Patience);

        static async Task Ends(Deployment world, string id, string status, decimal filled) => await Until.Done($"{id} is {status} by the kill switch", async () =>
            await Result(world, id) is { } result && (result.Text("status"), result.Text("code"), result.Amount("filled_qty"), result.Text("final")) == (status, "KILL_SWITCH", filled, "true") ? null : $"{await Result(world, id)}");
    });

    [Fact]
    public Task Hard_limits_deny_with_a_code_each_and_count_over_both() => Deployment.Run(
        new() { ["S4_MAX_ORDER_QTY"] = "1000,BTCUSDT=0.05", ["S4_MAX_ORDER_NOTIONAL"] = "2000", ["S4_PRICE_COLLAR_BPS"] = "100", ["S4_MAX_ORDERS_PER_MINUTE"] = "4" }, async world =>
    {
        var mid = (await Instrument.ReadAll(world.Venue)).Single(one => (one.Market, one.Symbol) == ("SPOT", "BTCUSDT")).Mid;
        string Price(decimal share) => Instrument.Text(Math.Round(mid * share, 0));
        foreach (var replica in new[] { 0, 1 })
        {
            await Denied(replica, Buy($"qty-{replica}", ("qty", "0.051"), ("type", "LIMIT"), ("price", Price(0.3m))), "ORDER_QTY_LIMIT");
            await Denied(replica, Buy($"notional-{replica}", ("qty", "0.04")), "ORDER_NOTIONAL_LIMIT");
            await Denied(replica, Buy($"collar-{replica}", ("type", "LIMIT"), ("price", Price(1.02m))), "PRICE_COLLAR");
            await Denied(replica, Buy($"symbol-{replica}", ("symbol", "BNBUSDT")), "SYMBOL_NOT_ALLOWED", "UNKNOWN_SYMBOL");
            await Passes(replica, Sell($"reduces-{replica}", "0.04"));
        }
        // Four in a minute for both together, and a repeat is the same one.
        foreach (var (number, replica) in new[] { (0, 0), (1, 1), (2, 0), (3, 1), (3, 0) }) await Passes(replica, Buy($"counted-{number}"));
        foreach (var replica in new[] { 0, 1 })
        {
            await Denied(replica, Buy($"too-many-{replica}"), "ORDER_RATE_LIMIT");
            await Passes(replica, Sell($"still-reduces-{replica}"));
        }

        async Task Denied(int replica, JsonObject intent, params string[] codes)
        {
            var answer = await world.Rest[replica].Post("/orders", intent, 30);
            Assert.True(answer.Status is 422 or 400 && codes.Contains(answer.Text("code")), answer.ToString());
            Assert.Empty(await OrdersOf(world, (string)intent["intent_id"]!));
        }

        async Task Passes(int replica, JsonObject intent)
        {
            var answer = await world.Rest[replica].Post("/orders", intent, 60);
            Assert.True(answer.Status == 200 && answer.Text("status") == "FILLED", answer.ToString());
        }
    });

    [Fact]
    public Task The_liquidity_guard_holds_a_market_order_to_a_limit() => Deployment.Run(async world =>
    {
        // 222 bps wide; the guard allows 100, and a limit 100 bps from the middle does not reach the other side.
        await world.Venue.SetMarket(new JsonObject { ["venue"] = "SPOT", ["symbol"] = "BTCUSDT", ["mid"] = "90000", ["spread"] = "2000" });
        foreach (var replica in new[] { 0, 1 })
        {
            var (id, tries) = ("", 0);
            await Until.Done($"router {replica} has heard of it and guards", async () =>
            {
                id = $"wide-{replica}-{tries++}";
                var answer = await world.Rest[replica].Post("/orders", Buy(id), 60);
                return (answer.Text("status"), answer.Text("code")) == ("EXPIRED", "LIQUIDITY_LIMITED") ? null : answer.ToString();
            });
            Assert.All(await OrdersOf(world, id), order => Assert.Equal(("EXPIRED", 0m), (order.Status, order.ExecutedQty)));
            var reduced = await world.Rest[replica].Post("/orders", Sell($"reduces-{replica}"), 60);
            Assert.True(reduced.Status == 200 && reduced.Text("status") == "FILLED", reduced.ToString());
        }
        await Until.True("the record says why", () => Task.FromResult(Journal.Read([.. world.Routers.Select(router => router.DatabaseFile)]).Events.Count(told => told.Type == "LIQUIDITY_GUARD") >= 2));
        await world.Venue.SetMarket(new JsonObject { ["venue"] = "SPOT", ["symbol"] = "BTCUSDT", ["spread"] = "9" });
        var (number, passed) = (0, new HashSet<int>());
        await Until.True("both take at market again", async () =>
        {
            foreach (var replica in new[] { 0, 1 })
                if ((await world.Rest[replica].Post("/orders", Buy($"narrow-{replica}-{number++}"), 60)).Text("status") == "FILLED") passed.Add(replica);
            return passed.Count == 2;
        });
    });

    static JsonObject Buy(string id, params (string Name, JsonNode Value)[] more)
    {
        var intent = new JsonObject { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01" };
        foreach (var (name, value) in more) intent[name] = value;
        return intent;
    }

    static JsonObject Sell(string id, string qty = "0.01") => new() { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["qty"] = qty, ["reduce_only"] = true };

    static JsonObject Stop(string id)
    {
        var intent = Sell(id);
        (intent["type"], intent["trigger_px"]) = ("STOP", "50000");
        return intent;
    }

    static async Task<Answer?> Result(Deployment world, string id) =>
        await world.Rest[0].Get($"/orders/{id}") is { Status: 200 } view ? new Answer(200, view.Json.GetProperty("result").GetRawText()) : null;

    static async Task<IReadOnlyList<LedgerOrder>> OrdersOf(Deployment world, string id) =>
        [.. (await Ledger.Read(world.Venue)).Orders.Where(order => order.ClientOrderId.StartsWith(ClientOrderIds.Intent(id), StringComparison.Ordinal))];
}
