using System.Diagnostics;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_dead_mans_switch(ITestOutputHelper output)
{
    static readonly TimeSpan Countdown = TimeSpan.FromSeconds(6);

    /// <summary>Issue F 5, on three symbols at once: nothing but a maker and a stop; a maker beside a foreign order; a maker beside a plain LIMIT intent.</summary>
    [Fact]
    public Task Takes_a_dead_routers_makers_away_and_leaves_stops_foreign_orders_and_plain_limits() => World.Service(async world =>
    {
        await world.Venue.HoldPosition((await Instrument.ReadAll(world.Venue)).Single(symbol => symbol is { Market: "FUT", Symbol: "BTCUSDT" }), 900);
        await Sent(world, "stop", "BTCUSDT", "SELL", "0.005", ("type", "STOP"), ("trigger_px", "60000"), ("reduce_only", true));
        await Sent(world, "plain", "DOGEUSDT", "BUY", "200", ("type", "LIMIT"), ("price", "0.05"));
        foreach (var (symbol, qty) in new[] { ("BTCUSDT", "0.005"), ("ETHUSDT", "0.05"), ("DOGEUSDT", "200") })
            await Sent(world, $"maker-{symbol}", symbol, "BUY", qty, ("exec_policy", new JsonObject { ["maker_then_taker"] = new JsonObject { ["wait_ms"] = 600_000, ["min_fill_ratio"] = "0" } }));
        await Foreign(world, "ETHUSDT", "0.02", "1000", "web-beside");      // the account's margin type cannot be set once an order is open
        await Until.Done("each symbol's switch stands as it should", async () => await Switches(world) is var told && told == "BTCUSDT:Armed DOGEUSDT:OtherOrder ETHUSDT:ForeignOrder" ? null : told);

        world.Router.Kill();
        var watch = Stopwatch.StartNew();
        await Until.True("the maker is gone", async () => await Status(world, "maker-BTCUSDT") == "CANCELED");
        output.WriteLine($"countdown {Countdown.TotalSeconds:0} s: gone {watch.Elapsed.TotalSeconds:0.0} s after the kill");
        await Until.True("another countdown would have ended", () => Task.FromResult(watch.Elapsed > Countdown * 1.5));

        Assert.Equal(("NEW", "NEW", "NEW", "NEW"), (await Status(world, "stop"), await Status(world, "plain"), await Status(world, "maker-ETHUSDT"), await Status(world, "maker-DOGEUSDT")));
        Assert.Equal("NEW", (await Ledger.Read(world.Venue)).Orders.Single(order => order.ClientOrderId == "web-beside").Status);
    }, Settings);

    /// <summary>A countdown that runs is called off as soon as something comes that is to stay.</summary>
    [Fact]
    public Task Makes_way_for_orders_that_come_later() => World.Service(async world =>
    {
        foreach (var (symbol, qty) in new[] { ("BTCUSDT", "0.005"), ("ETHUSDT", "0.05") })
            await Sent(world, $"maker-{symbol}", symbol, "BUY", qty, ("exec_policy", new JsonObject { ["maker_then_taker"] = new JsonObject { ["wait_ms"] = 600_000, ["min_fill_ratio"] = "0" } }));
        await Until.Done("both are armed", async () => await Switches(world) is var told && told == "BTCUSDT:Armed ETHUSDT:Armed" ? null : told);

        await Foreign(world, "ETHUSDT", "0.02", "1000", "web-after");
        await Sent(world, "plain", "BTCUSDT", "BUY", "0.005", ("type", "LIMIT"), ("price", "60000"));
        await Until.Done("the foreign order is heard of", async () => await Switches(world) is var told && told.Contains("ETHUSDT:ForeignOrder", StringComparison.Ordinal) ? null : told);
        world.Router.Kill();
        var watch = Stopwatch.StartNew();
        await Until.True("the countdown would have ended", () => Task.FromResult(watch.Elapsed > Countdown * 1.5));

        Assert.Equal(("NEW", "NEW", "NEW"), (await Status(world, "plain"), await Status(world, "maker-BTCUSDT"), await Status(world, "maker-ETHUSDT")));
        Assert.Equal("NEW", (await Ledger.Read(world.Venue)).Orders.Single(order => order.ClientOrderId == "web-after").Status);
    }, Settings);

    static readonly (string, string)[] Settings = [("S4_DEAD_MAN", "auto"), ("S4_DEAD_MAN_COUNTDOWN", "6s"), ("S4_MAKER_MAX_WAIT_MS", "600000")];

    static async Task Sent(World world, string id, string symbol, string side, string qty, params (string, JsonNode)[] more)
    {
        var intent = new JsonObject { ["intent_id"] = id, ["market"] = "FUT", ["symbol"] = symbol, ["side"] = side, ["qty"] = qty };
        foreach (var (field, value) in more) intent[field] = value;
        var answer = await world.Rest.Post("/orders", intent, 0);
        Assert.True(answer.Status == 202, answer.ToString());
        await Until.True($"{id} rests", async () => await Status(world, id) == "NEW");
    }

    static async Task Foreign(World world, string symbol, string qty, string price, string id)
    {
        var answer = await world.Venue.Place("/fapi/v1/order", $"symbol={symbol}&side=BUY&type=LIMIT&timeInForce=GTC&quantity={qty}&price={price}&newClientOrderId={id}");
        Assert.True(answer.Status == 200, answer.ToString());
    }

    static async Task<string?> Status(World world, string intent) => (await Ledger.Read(world.Venue)).Orders.FirstOrDefault(order => order.ClientOrderId == ClientOrderIds.First(intent))?.Status;

    static async Task<string> Switches(World world) => await world.Rest.Get("/ops/reconciliation") is { Status: 200 } report
        ? string.Join(' ', report.Json.GetProperty("dead_man").EnumerateArray().Select(line => $"{line.GetProperty("symbol").GetString()}:{line.GetProperty("why").GetString()}"))
        : "no answer";
}
