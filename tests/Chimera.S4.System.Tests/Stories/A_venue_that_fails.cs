using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Torture;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>An exchange that answers 30 % of all spot requests with a 5xx, having done what was asked, beside two replicas that share one circuit breaker.</summary>
[Trait("Category", "Services")]
public sealed class A_venue_that_fails(ITestOutputHelper output)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public Task Opens_the_breaker_which_probes_and_closes() => Deployment.Run(
        new() { ["S4_CB_ERROR_RATE_WINDOW"] = "20s", ["S4_CB_MIN_SAMPLE"] = "20", ["S4_CB_OPEN_FOR"] = "20s" }, async world =>
    {
        var (acknowledged, stops, number) = (new List<string>(), new List<string>(), 0);
        async Task<(string Id, Answer Answer)> Ask(int replica, Func<string, JsonObject> intent, int wait)
        {
            var id = $"i-{number++}";
            acknowledged.Add(id);
            return (id, await world.Rest[replica].Post("/orders", intent(id), wait));
        }

        await world.Venue.SetFault(new JsonObject { ["kind"] = "accept-then-503A", ["venue"] = "SPOT", ["path"] = "/api/*", ["probability"] = 0.3 });
        await Until.True("the breaker opens", async () =>
        {
            for (var replica = 0; replica < 2; replica++) await Ask(replica, Buy, 0);
            return (await Spot(world, 0)).State == "OPEN";
        });
        Assert.Equal("CLOSED", (await Breaker(world, 1, "FUT")).State);
        Assert.Contains("OPEN", (await world.Rest[1].Get("/health")).Body);

        // Everything in here has to happen while it is open; if the time was too short, once more.
        for (var isInside = false; !isInside;)
        {
            var opened = await Open(world);
            for (var replica = 0; replica < 2; replica++)
            {
                var (id, denied) = await Ask(replica, Buy, 10);
                var (stop, _) = await Ask(replica, Stop, 0);
                stops.Add(stop);
                await Until.True("the stop stands at the exchange", async () => (await OrdersOf(world, stop)) is [{ Status: "NEW" }]);
                var now = await Spot(world, replica);
                isInside = now == opened with { Answers = now.Answers, Failures = now.Failures };
                if (!isInside) break;
                Assert.True(denied.Status == 503 && denied.Text("code") == "BREAKER_OPEN", denied.ToString());
                Assert.Empty(await OrdersOf(world, id));
                output.WriteLine($"replica {replica}: denied {id}, and {stop} stands, {now.Failures} of {now.Answers} answers failed");
            }
        }

        // A probe that fails opens it again.
        await world.Venue.SetFault(new JsonObject { ["kind"] = "accept-then-503A", ["venue"] = "SPOT", ["path"] = "/api/*" });
        var before = await Open(world);
        await Until.True("it is half open", async () => (await Spot(world, 0)).State == "HALF");
        await Until.True("a probe fails and opens it", async () =>
        {
            await Ask(1, Buy, 0);
            return await Spot(world, 1) is { State: "OPEN" } again && again.Since != before.Since;
        });
        await world.Venue.ClearFaults();
        var probes = 0;
        await Until.True("the probes pass and close it", async () =>
        {
            if (await Spot(world, 0) is not { State: "HALF" or "CLOSED" } now) return false;
            if (now.State == "CLOSED") return true;
            probes++;
            await Ask(probes % 2, Buy, 5);
            return false;
        });
        output.WriteLine($"closed after {probes} probes");
        Assert.InRange(probes, 3, 1000);
        foreach (var replica in new[] { 0, 1 })
        {
            var (_, allowed) = await Ask(replica, Buy, 60);
            Assert.True(allowed.Status == 200 && allowed.Text("status") == "FILLED", allowed.ToString());
        }
        foreach (var stop in stops)
        {
            var canceled = await world.Rest[0].Post("/cancel", new JsonObject { ["intent_id"] = stop }, 60);
            Assert.True(canceled.Status == 200, canceled.ToString());
        }
        Assert.Contains("BREAKER_OPEN", (await world.Rest[1].Get("/ops/alerts")).Body);
        await world.AllWitnessesAgree(acknowledged, Patience);
    });

    sealed record Seen(string State, string Since, long Answers, long Failures);

    static async Task<Seen> Open(Deployment world)
    {
        await Until.True("it is open", async () => (await Spot(world, 0)).State == "OPEN");
        return await Spot(world, 0);
    }

    static Task<Seen> Spot(Deployment world, int replica) => Breaker(world, replica, "SPOT");

    static async Task<Seen> Breaker(Deployment world, int replica, string market)
    {
        var row = (await world.Rest[replica].Get("/ops/gates")).Json.GetProperty("breakers").EnumerateArray().Single(one => one.GetProperty("market").GetString() == market);
        return new Seen(row.GetProperty("state").GetString()!, row.GetProperty("since").GetString()!, row.GetProperty("answers").GetInt64(), row.GetProperty("failures").GetInt64());
    }

    static JsonObject Buy(string id) => new() { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.001" };

    static JsonObject Stop(string id) => new()
    {
        ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["qty"] = "0.001", ["type"] = "STOP", ["trigger_px"] = "50000", ["reduce_only"] = true,
    };

    static async Task<IReadOnlyList<LedgerOrder>> OrdersOf(Deployment world, string id) =>
        [.. (await Ledger.Read(world.Venue)).Orders.Where(order => order.ClientOrderId.StartsWith(ClientOrderIds.Intent(id), StringComparison.Ordinal))];
}
