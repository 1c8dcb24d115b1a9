using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using StackExchange.Redis;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_cancel_of_everything(ITestOutputHelper output)
{
    const int Resting = 8;
    readonly ConcurrentBag<string> acknowledged = [];

    /// <summary>Three placements that nobody can prove, sixteen intents that rest, two protected positions and an OCO; one symbol is flattened, and the router killed twice on the way.</summary>
    [Fact]
    public Task Survives_the_router_closes_what_is_held_once_and_leaves_the_other_symbol() => World.Service(async world =>
    {
        var watch = Stopwatch.StartNew();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(world.Redis!.Address);
        var store = redis.GetDatabase();
        var found = await LostAndRenamed(world, "found");
        await world.Venue.SetFault(new JsonObject { ["kind"] = "reset-connection", ["venue"] = "SPOT", ["method"] = "POST", ["path"] = "/api/v3/order", ["count"] = 2 });
        foreach (var id in new[] { "absent", "again" }) await Send(world, Limit(id, "SPOT"));
        // Theirs are the requests that are lost, and nobody else's that would overtake them.
        foreach (var id in new[] { "absent", "again" }) await Until.True($"nobody knows what became of {id}", async () => await Code(world, id) is ("UNKNOWN", _));
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, Resting).SelectMany(i => new[] { Rests(world, Limit($"spot-{i}", "SPOT")), Rests(world, Limit($"fut-{i}", "FUT")) }),
            Rests(world, Limit("other-rests", "FUT", "ETHUSDT", "0.05", "1000")),
            Protected(world, "held", "BTCUSDT", "0.02", "88000", "95000"), Protected(world, "other-held", "ETHUSDT", "0.5", "1500", null), Oco(world),
        ]);
        foreach (var id in new[] { "found", "absent", "again" }) await NeedsReview(world, store, id);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: everything stands");

        // Still wanted: it goes out, once.
        Assert.Equal("SENT_AGAIN", await Resolve(world, "again", "ABSENT"));
        await Until.True("it rests", async () => await Ledger.OrdersOf(world.Venue, "again") is [{ Status: "NEW" }]);

        // Slow, so that a kill finds some canceled and some not, and a closing order that nobody has heard of.
        foreach (var (method, when) in new[] { ("DELETE", "before"), ("POST", "after") })
            await world.Venue.SetFault(new JsonObject { ["kind"] = "latency", ["method"] = method, ["path"] = "*", ["ms"] = 500, ["when"] = when });
        var asked = Ask(world, "BTCUSDT");
        await Killed(world, "some are canceled and some are not", async () =>
        {
            var bids = (await Ledger.Read(world.Venue)).Orders.Where(order => order is { Symbol: "BTCUSDT", Side: "BUY" }).ToLookup(order => order.Status);
            return bids["CANCELED"].Count() > 1 && bids["NEW"].Any();         // one was canceled before
        });
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: killed, {(await asked)?.ToString() ?? "the caller has no answer"}");
        await Killed(world, "a closing order is at the exchange", async () => (await Closing(world)).Any(id => id.Closes.Any()));
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: killed again");
        await world.Venue.ClearFaults();

        // All but what an operator has to speak of; what BTCUSDT held is gone, and ETHUSDT is as it was.
        await Until.Done("nothing waits but for the operator", async () =>
        {
            await RuleOnLostCloses(world, store);
            return await Progress(world) is var told && told.Amount("asked") - told.Amount("ended") == 2 && told.Amount("to_flatten") - told.Amount("flattened") == 2 ? null : told.ToString();
        });
        Assert.Equal((0, 0.5m), (await Position(world, "BTCUSDT"), await Position(world, "ETHUSDT")));
        var open = (await Ledger.Read(world.Venue)).Orders.Where(order => order.Status is "NEW" or "PARTIALLY_FILLED").ToArray();
        Assert.All(open, order => Assert.Equal("ETHUSDT", order.Symbol));
        Assert.Equal(2, open.Length);

        Assert.Equal("ENDED", await Resolve(world, "absent", "ABSENT"));
        Assert.Equal(409, (await Rule(world, "absent", "ABSENT")).Status);
        Assert.Equal("FOUND", await Resolve(world, "found", found));
        await Until.True("that is done", async () => (await Progress(world)).Text("done") == "true");
        await Until.Done("each has its true end", async () => await Code(world, "absent") is ("REJECTED", "RULED_ABSENT") && await Code(world, "found") is ("CANCELED", _) ? null : $"{await world.Result("absent")} {await world.Result("found")}");

        await Ask(world, null);
        await Until.Done("everything has ended", async () => await Progress(world) is var told && told.Text("done") == "true" ? null : told.ToString());
        Assert.Equal(0, await Position(world, "ETHUSDT"));
        var ledger = await Ledger.Read(world.Venue);
        Assert.All(ledger.Orders, order => Assert.False(order.Status is "NEW" or "PARTIALLY_FILLED", $"{order}"));
        // Fees were taken in BTC or not: what is left is less than a step, and never less than nothing.
        var spot = ledger.Trades.Where(trade => trade is { Venue: "SPOT", Symbol: "BTCUSDT" }).Sum(trade => trade.Side == "BUY" ? trade.Qty : -trade.Qty);
        Assert.InRange(spot, 0, 0.0001m);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: all is flat; {ledger.Orders.Count} orders, {spot} BTC of fees and dust");
        var children = (await RestOrders.Read(world.Rest)).Select(order => order.IntentId).Where(id => id.StartsWith("flatten-", StringComparison.Ordinal));
        await world.AllWitnessesAgree([.. acknowledged, .. children], inTurns: ["held", "other-held", "oco"]);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s");
    }, ("S4_ABSENCE_SETTLE", "10m"), ("S4_MAX_SPREAD_BPS", "1000"));

    /// <summary>Executed, not answered, not shown for a while, and canceled by somebody else meanwhile, which gives it another name: nobody finds it by its own.</summary>
    async Task<string> LostAndRenamed(World world, string id)
    {
        foreach (var fault in new JsonObject[] { new() { ["kind"] = "accept-then-drop-response", ["count"] = 1 }, new() { ["kind"] = "hide-order", ["seconds"] = 4, ["lists"] = true, ["count"] = 1 }, new() { ["kind"] = "drop-events" } })
        {
            fault["venue"] = "SPOT";
            await world.Venue.SetFault(fault);
        }
        await Send(world, Limit(id, "SPOT"));
        LedgerOrder[] orders = [];
        await Until.True("it is at the exchange", async () => (orders = [.. await Ledger.OrdersOf(world.Venue, id)]).Length == 1);
        var canceled = await world.Venue.Cancel("/api/v3/order", $"symbol=BTCUSDT&orderId={orders[0].OrderId}&newClientOrderId=web-{id}");
        Assert.True(canceled.Status == 200, canceled.ToString());
        await world.Venue.ClearFaults();
        return orders[0].OrderId;
    }

    Task NeedsReview(World world, IDatabase store, string id) => Until.Done($"{id} needs review", async () =>
    {
        if (await Code(world, id) is ("UNKNOWN", "NEEDS_REVIEW")) return null;
        await LetTimePass(store, ClientOrderIds.First(id));
        return $"{await world.Result(id)}";
    });

    /// <summary>A quarter of an hour has passed since it was sent, says the journal: a story does not wait so long.</summary>
    static async Task LetTimePass(IDatabase store, string clientOrderId)
    {
        RedisKey journal = $"s4:journal:{clientOrderId}";
        if (await store.HashGetAsync(journal, "j") is { IsNull: false } text && JsonNode.Parse((string)text!) is JsonObject entry && DateTimeOffset.Parse((string)entry["sent_at"]!, null) is var sent && TimeProvider.System.GetUtcNow() - sent < TimeSpan.FromMinutes(15))
        {
            entry["sent_at"] = (sent - TimeSpan.FromMinutes(16)).ToString("O");
            await store.HashSetAsync(journal, "j", entry.ToJsonString());
        }
    }

    /// <summary>A kill may also fall between the record of a closing order and its arrival. That one is the operator's as well: the exchange does not have it.</summary>
    static async Task RuleOnLostCloses(World world, IDatabase store)
    {
        foreach (var (id, closes) in await Closing(world))
        {
            var lost = Enumerable.Range(0, 100).Select(number => ClientOrderIds.Leg(id) + number.ToString("00")).Where(name => closes.All(order => order.ClientOrderId != name)).ToArray();
            switch (await Code(world, id))
            {
                case ("UNKNOWN", "NEEDS_REVIEW"):
                    // What is told may be older than the word that was given a moment before: then nothing is in review any more, or the order that went out again is known.
                    var ruled = await Rule(world, id, "ABSENT");
                    if (ruled.Text("code") != "NOT_IN_REVIEW") Assert.Contains(Outcome(ruled), new[] { "SENT_AGAIN", "FOUND" });
                    break;
                case ("UNKNOWN", _): foreach (var name in lost) await LetTimePass(store, name); break;
            }
        }
    }

    async Task<Answer?> Ask(World world, string? symbol)
    {
        var body = new JsonObject { ["flatten"] = true, ["confirm"] = true, ["reason"] = "a story" };
        if (symbol is not null) body["symbol"] = symbol;
        try
        {
            return await world.Rest.Post("/ops/cancel-all", body);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    static async Task Killed(World world, string what, Func<Task<bool>> when)
    {
        await Until.True(what, when);
        world.Router.Kill();
        await world.Router.Start();
    }

    static Task<Answer> Rule(World world, string id, string evidence) => world.Rest.Post($"/ops/intents/{id}/resolve", new JsonObject { ["evidence"] = evidence, ["confirm"] = true, ["reason"] = "looked at the exchange" });

    static async Task<string?> Resolve(World world, string id, string evidence) => Outcome(await Rule(world, id, evidence));

    static string? Outcome(Answer answer)
    {
        Assert.True(answer.Status == 200, answer.ToString());
        return answer.Json.GetProperty("placements").EnumerateArray().Single().GetProperty("outcome").GetString();
    }

    static async Task<(string?, string?)> Code(World world, string id) => await world.Result(id) is { } result ? (result.Text("status"), result.Text("code")) : default;

    static Task<Answer> Progress(World world) => world.Rest.Get("/ops/cancel-all");

    /// <summary>The intents that close something, each with its orders at the exchange.</summary>
    static async Task<IReadOnlyList<(string Id, IReadOnlyList<LedgerOrder> Closes)>> Closing(World world)
    {
        var closing = new List<(string, IReadOnlyList<LedgerOrder>)>();
        if (await Progress(world) is { Status: 200 } told)
            foreach (var id in told.Json.GetProperty("closes").EnumerateArray().SelectMany(close => close.GetProperty("intents").EnumerateArray()).Select(id => id.GetString()!)) closing.Add((id, await Ledger.OrdersOf(world.Venue, id)));
        return closing;
    }

    static async Task<decimal> Position(World world, string symbol) =>
        (await world.Venue.Ask("/fapi/v3/positionRisk", $"symbol={symbol}")).Json.EnumerateArray().Sum(row => Ledger.Amount(row, "positionAmt"));

    static JsonObject Limit(string id, string market, string symbol = "BTCUSDT", string qty = "0.002", string price = "80000") =>
        new() { ["intent_id"] = id, ["market"] = market, ["symbol"] = symbol, ["side"] = "BUY", ["qty"] = qty, ["type"] = "LIMIT", ["price"] = price };

    async Task Send(World world, JsonObject intent)
    {
        var answer = await world.Rest.Post("/orders", intent, 0);
        Assert.True(answer.Status is 200 or 202, answer.ToString());
        acknowledged.Add((string)intent["intent_id"]!);
    }

    async Task Rests(World world, JsonObject intent)
    {
        await Send(world, intent);
        await Until.True($"{intent["intent_id"]} rests", async () => await Ledger.OrdersOf(world.Venue, (string)intent["intent_id"]!) is [{ Status: "NEW" }]);
    }

    async Task Protected(World world, string id, string symbol, string qty, string stop, string? profit)
    {
        var exits = new JsonObject { ["stop_loss"] = new JsonObject { ["trigger_px"] = stop } };
        if (profit is not null) exits["take_profit"] = new JsonArray(new JsonObject { ["trigger_px"] = profit });
        await Send(world, new JsonObject { ["intent_id"] = id, ["market"] = "FUT", ["symbol"] = symbol, ["side"] = "BUY", ["qty"] = qty, ["post_fill_actions"] = exits });
        await Until.True("its exits wait at the exchange", async () => (await Ledger.OrdersOf(world.Venue, id)).Count(order => order is { Side: "SELL", Status: "NEW" }) == exits.Count);
    }

    async Task Oco(World world)
    {
        await Send(world, new JsonObject
        {
            ["intent_id"] = "oco", ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01", ["exec_policy"] = new JsonObject { ["oco"] = new JsonObject { ["tp_px"] = "95000", ["sl_px"] = "85000" } },
        });
        await Until.True("its exits stand", async () => (await Ledger.OrdersOf(world.Venue, "oco")).Count(order => order is { Side: "SELL", Status: "NEW" }) == 2);
    }
}
