using System.Diagnostics;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Torture;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>SIGTERM, with makers resting on both markets beside a stop and a plain LIMIT intent (decision 0028).</summary>
[Trait("Category", "Services")]
public sealed class An_orderly_end(ITestOutputHelper output)
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(25);
    static readonly string[] Makers = ["maker-SPOT", "maker-FUT", "slices"], Stays = ["stop", "plain"];

    [Fact]
    public Task Of_the_only_replica_takes_its_makers_away_until_it_is_back() => World.Service(async world =>
    {
        await Rest(world.Venue, world.Rest);
        await Ends(world.Router);
        await Withdrawn(world.Venue);

        await world.Router.Start();
        await Until.Done("each maker rests again, once", async () => (await Orders(world.Venue, Makers)).FirstOrDefault(of => of.Value is not [{ Status: "CANCELED" }, { Status: "NEW" }]) is { Key: { } id } ? id : null);
        await Finish(world.Venue, world.Rest);
        await world.AllWitnessesAgree([.. Makers, .. Stays], inTurns: Makers);
        Assert.Empty(await world.FailedMessages());
    }, [("S4_MAKER_MAX_WAIT_MS", "600000")]);

    [Fact]
    public Task Of_one_of_two_replicas_leaves_makers_to_the_other_until_that_one_is_gone() => Deployment.Run(new() { ["S4_MAKER_MAX_WAIT_MS"] = "600000" }, async world =>
    {
        await Rest(world.Venue, world.Rest[0]);
        foreach (var (leaving, staying) in new[] { (0, 1), (1, 0) })
        {
            await Ends(world.Routers[leaving]);
            foreach (var (id, orders) in await Orders(world.Venue, [.. Makers, .. Stays])) Assert.True(orders is [{ Status: "NEW" }], $"{id}: {string.Join(", ", orders)}");
            await world.Routers[leaving].Start();
        }
        // One that was killed is nobody to leave them to, though it has left its lease.
        world.Routers[1].Kill();
        await Ends(world.Routers[0]);
        await Withdrawn(world.Venue);

        await world.Routers[0].Start();
        await Finish(world.Venue, world.Rest[0]);
        await Until.Done("all are final", async () => (await RestOrders.Read(world.Rest[0])).FirstOrDefault(order => !order.Final)?.IntentId);
    });

    async Task Ends(RouterProcess router)
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await router.Terminate());
        output.WriteLine($"{router.Name} ended after {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(watch.Elapsed < Bound + TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    static async Task Rest(VenueCaller venue, JsonCaller rest)
    {
        await venue.HoldPosition((await Instrument.ReadAll(venue)).Single(symbol => symbol is { Market: "FUT", Symbol: "BTCUSDT" }), 900);
        var patient = new JsonObject { ["wait_ms"] = 600_000, ["min_fill_ratio"] = "0" };
        await Sent("stop", "FUT", "BTCUSDT", "SELL", "0.005", ("type", "STOP"), ("trigger_px", "60000"), ("reduce_only", true));
        await Sent("plain", "SPOT", "BTCUSDT", "BUY", "0.01", ("type", "LIMIT"), ("price", "60000"));
        await Sent("maker-SPOT", "SPOT", "BTCUSDT", "BUY", "0.01", ("exec_policy", new JsonObject { ["maker_then_taker"] = patient.DeepClone() }));
        await Sent("maker-FUT", "FUT", "BTCUSDT", "BUY", "0.005", ("exec_policy", new JsonObject { ["maker_then_taker"] = patient.DeepClone() }));
        await Sent("slices", "SPOT", "ETHUSDT", "BUY", "0.1", ("exec_policy", new JsonObject { ["maker_then_taker"] = patient.DeepClone(), ["twap"] = new JsonObject { ["slices"] = 2, ["gap_ms"] = 100 } }));
        await Until.Done("all rest", async () => (await Orders(venue, [.. Makers, .. Stays])).FirstOrDefault(of => of.Value is not [{ Status: "NEW" }]) is { Key: { } id } ? id : null);

        async Task Sent(string id, string market, string symbol, string side, string qty, params (string, JsonNode)[] more)
        {
            var intent = new JsonObject { ["intent_id"] = id, ["market"] = market, ["symbol"] = symbol, ["side"] = side, ["qty"] = qty };
            foreach (var (field, value) in more) intent[field] = value;
            var answer = await rest.Post("/orders", intent, 0);
            Assert.True(answer.Status is 200 or 202, answer.ToString());
        }
    }

    static async Task Withdrawn(VenueCaller venue)
    {
        foreach (var (id, orders) in await Orders(venue, Makers)) Assert.True(orders[^1].Status == "CANCELED", $"{id}: {string.Join(", ", orders)}");
        foreach (var (id, orders) in await Orders(venue, Stays)) Assert.True(orders is [{ Status: "NEW" }], $"{id}: {string.Join(", ", orders)}");
    }

    /// <summary>The market falls upon what rests until all makers have filled; the rest is canceled.</summary>
    static async Task Finish(VenueCaller venue, JsonCaller rest)
    {
        var symbols = (await Instrument.ReadAll(venue)).Where(symbol => symbol.Symbol is "BTCUSDT" or "ETHUSDT").ToArray();
        await Until.Done("all that was to be made is filled", async () =>
        {
            foreach (var share in new[] { 0.98m, 1m })
                foreach (var symbol in symbols)
                    await venue.SetMarket(new JsonObject { ["venue"] = symbol.Market, ["symbol"] = symbol.Symbol, ["mid"] = Instrument.Text(symbol.OnTick(symbol.Mid * share, up: false)) });
            foreach (var id in Makers)
                if (await rest.Get($"/orders/{id}") is var view && (view.Status != 200 || view.Json.GetProperty("result").GetProperty("status").GetString() != "FILLED")) return view.ToString();
            return null;
        });
        foreach (var id in Stays)
        {
            var canceled = await rest.Post("/cancel", new JsonObject { ["intent_id"] = id, ["reason"] = "REBALANCE" }, 60);
            Assert.True(canceled.Status == 200 && canceled.Text("status") == "CANCELED", canceled.ToString());
        }
        foreach (var (id, qty) in new[] { ("maker-SPOT", 0.01m), ("maker-FUT", 0.005m), ("slices", 0.1m) })
            Assert.Equal(qty, (await Ledger.OrdersOf(venue, id)).Sum(order => order.ExecutedQty));
    }

    static async Task<Dictionary<string, IReadOnlyList<LedgerOrder>>> Orders(VenueCaller venue, string[] ids)
    {
        var orders = new Dictionary<string, IReadOnlyList<LedgerOrder>>();
        foreach (var id in ids) orders[id] = await Ledger.OrdersOf(venue, id);
        return orders;
    }
}
