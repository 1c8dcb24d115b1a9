using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using StackExchange.Redis;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_residual_sweep(ITestOutputHelper output)
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    const int Lost = 20, Planted = 30, Foreign = 50, Alive = 17;

    /// <summary>Issue F 3: 50 orders with our prefix that nobody owns (20 whose store was lost, 30 placed behind S4's back: on both markets, plain, waiting for a price, and two OCOs), and 50 of somebody else.</summary>
    [Fact]
    public Task Ends_fifty_orphans_leaves_fifty_foreign_orders_and_tells_the_ratio() => World.Service(async world =>
    {
        string[] alive = [.. Enumerable.Range(0, Alive).Select(i => $"alive-{i}")], lost = [.. Enumerable.Range(0, Lost).Select(i => $"lost-{i}")];
        await Task.WhenAll(alive.Concat(lost).Select((id, i) => Rests(world, id, i % 2 == 0 ? "SPOT" : "FUT")));
        await PlaceForeign(world);          // after ours: a foreign futures order that is open forbids the margin setup of a symbol's first
        await Until.True("a sweep has found nothing wrong", async () => await Report(world) is { } report && report.Amount("jaccard") == 1 && Sum(report, "open") == Alive + Lost && Sum(report, "foreign") == Foreign);

        // The lease is what a sweep needs: while the story has it, there is none.
        await using var redis = await ConnectionMultiplexer.ConnectAsync(world.Redis!.Address);
        var store = redis.GetDatabase();
        await store.HashSetAsync("s4:leases", "residual-sweep", "9999999999999 the story");
        await Plant(world);
        foreach (var id in lost) await Forget(store, ClientOrderIds.Saga(id));
        var planted = Stopwatch.StartNew();
        await Until.True("the youngest is past the grace", () => Task.FromResult(planted.Elapsed > Grace + Grace));
        var before = (await Ledger.Read(world.Venue)).Orders;
        await store.HashDeleteAsync("s4:leases", "residual-sweep");
        Answer? found = null;
        await Until.True("a sweep finds orphans", async () => (found = await Report(world)) is not null && found.Json.GetProperty("markets").EnumerateArray().All(market => market.GetProperty("orphans").GetInt32() > 0));

        // Counted from the exchange's ledger and the intents' names alone.
        var living = alive.Select(ClientOrderIds.First).ToHashSet();
        var open = before.Where(order => order.Status is "NEW" or "PARTIALLY_FILLED" && order.ClientOrderId.StartsWith("s4", StringComparison.Ordinal)).Select(order => order.ClientOrderId).ToHashSet();
        var expected = (double)living.Intersect(open).Count() / living.Union(open).Count();
        Assert.Equal(Lost + Planted + Alive, open.Count);
        var told = double.Parse(found!.Text("jaccard")!, CultureInfo.InvariantCulture);
        output.WriteLine($"Jaccard told {told:R}, counted {expected:R}; {Sum(found, "orphans")} orphans, {Sum(found, "canceled")} canceled by that sweep, {Sum(found, "foreign")} foreign");
        Assert.True(Math.Abs(expected - told) < 1e-9, $"told {told:R}, counted {expected:R}: {found}");
        Assert.Equal((Lost + Planted, Foreign), (Sum(found, "orphans"), Sum(found, "foreign")));
        // One alert a market, however many orphans it had.
        await Until.True("both markets have their alert", async () => await Alerts(world) is ["ORPHAN_ORDER", "ORPHAN_ORDER"]);

        await Until.Done("every orphan is gone, and nothing else", async () =>
        {
            var orders = (await Ledger.Read(world.Venue)).Orders;
            var left = orders.Where(order => order.Status is "NEW" or "PARTIALLY_FILLED").Select(order => order.ClientOrderId).ToArray();
            Assert.Equal(Foreign, left.Count(id => id.StartsWith("web-", StringComparison.Ordinal)));
            Assert.Empty(living.Except(left));
            return left.Length == Foreign + Alive ? null : $"{left.Length - Foreign - Alive} too many";
        });
        await Until.True("a later sweep finds nothing wrong", async () => await Report(world) is { } report && report.Amount("jaccard") == 1 && Sum(report, "open") == Alive && Sum(report, "orphans") == 0);
    }, ("S4_SWEEP_EVERY", "2s"), ("S4_SWEEP_GRACE", "3s"));

    static async Task<string?[]> Alerts(World world) => [.. (await world.Rest.Get("/ops/alerts")).Json.GetProperty("items").EnumerateArray().Select(alert => alert.GetProperty("code").GetString())];

    static async Task Rests(World world, string id, string market)
    {
        var limit = new JsonObject { ["intent_id"] = id, ["market"] = market, ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.002", ["type"] = "LIMIT", ["price"] = "80000" };
        await world.Rest.Post("/orders", limit, 0);
        await Until.True($"{id} rests", async () => (await world.Result(id))?.Text("order_id") is not null);
    }

    static async Task PlaceForeign(World world)
    {
        for (var i = 0; i < Foreign; i++) await Placed(world, i % 2 == 0 ? "/api/v3/order" : "/fapi/v1/order", $"side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.002&price=80000&newClientOrderId=web-{i}");
    }

    /// <summary>Orders that bear our prefix and the name of an intent, and that S4 knows nothing of.</summary>
    static async Task Plant(World world)
    {
        for (var i = 0; i < Planted - 6; i++) await Placed(world, i % 2 == 0 ? "/api/v3/order" : "/fapi/v1/order", $"side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.002&price=80000&newClientOrderId={ClientOrderIds.First($"planted-{i}")}");
        for (var i = 0; i < 2; i++)
            await Placed(world, "/fapi/v1/algoOrder", $"algoType=CONDITIONAL&side=BUY&type=STOP_MARKET&quantity=0.002&triggerPrice=120000&clientAlgoId={ClientOrderIds.First($"planted-algo-{i}")}");
        for (var i = 0; i < 2; i++)
            await Placed(world, "/api/v3/orderList/oco", $"side=SELL&quantity=0.002&aboveType=LIMIT_MAKER&abovePrice=120000&belowType=STOP_LOSS&belowStopPrice=60000&listClientOrderId=web-list-{i}"
                + $"&aboveClientOrderId={ClientOrderIds.First($"planted-above-{i}")}&belowClientOrderId={ClientOrderIds.First($"planted-below-{i}")}");
    }

    static async Task Placed(World world, string path, string parameters)
    {
        var answer = await world.Venue.Place(path, $"symbol=BTCUSDT&{parameters}");
        Assert.True(answer.Status == 200, answer.ToString());
    }

    /// <summary>As after a store that was restored from too old a copy.</summary>
    static async Task Forget(IDatabase store, Guid saga)
    {
        await store.KeyDeleteAsync($"s4:order:{saga}");
        await store.SortedSetRemoveAsync("s4:live", saga.ToString());
    }

    static async Task<Answer?> Report(World world) => await world.Rest.Get("/ops/reconciliation") is { Status: 200 } report && report.Text("jaccard") is not (null or "null") ? report : null;

    static int Sum(Answer report, string figure) => report.Json.GetProperty("markets").EnumerateArray().Sum(market => market.GetProperty(figure).GetInt32());
}
