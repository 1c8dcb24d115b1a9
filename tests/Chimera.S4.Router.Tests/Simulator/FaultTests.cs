using Chimera.S4.Simulator;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_fault : SimulatorTest
{
    [Theory]
    [InlineData("accept-then-503A", 503, "Unknown error, please check your request or try again later.", 1)]
    [InlineData("accept-then-5xx", 502, "Bad Gateway", 1)]
    [InlineData("-1007-after-execution", 504, "-1007", 1)]
    [InlineData("-1006-after-execution", 503, "-1006", 1)]
    [InlineData("reject-503B", 503, "Service Unavailable.", 0)]
    [InlineData("reject-503C", 503, "-1008", 0)]
    [InlineData("429", 429, "-1003", 0)]
    [InlineData("403-html", 403, "<html>", 0)]
    public async Task Masks_or_refuses_a_placement(string kind, int status, string text, int executed)
    {
        await Fault(new { venue = "FUT", method = "POST", kind, count = 1 });
        var masked = await FuturesMarket("BUY", "1", "newClientOrderId=x-1");
        Assert.Equal(status, masked.Status);
        Assert.Contains(text, masked.Text);
        Assert.Equal(executed, (await LedgerOrders("x-1")).Length);
        Assert.Equal(200, (await FuturesMarket("BUY", "1", "newClientOrderId=x-2")).Status);
    }

    [Theory]
    [InlineData("accept-then-drop-response", 1)]
    [InlineData("accept-then-cut-response", 1)]
    [InlineData("reset-connection", 0)]
    public async Task Breaks_the_connection(string kind, int executed)
    {
        await Fault(new { venue = "SPOT", path = "/api/v3/order", kind, count = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => Spot("side=BUY&type=MARKET&quantity=1&newClientOrderId=x-1"));
        Assert.Equal(executed, (await LedgerOrders("x-1")).Length);
    }

    [Fact]
    public async Task Delays_an_answer_after_the_order_is_done()
    {
        await Fault(new { kind = "latency", ms = 700, when = "after", path = "/api/v3/order" });
        var placing = Spot("side=BUY&type=MARKET&quantity=1&newClientOrderId=slow&recvWindow=600");
        await Until(async () => (await LedgerOrders("slow")).Length == 1);
        Assert.Equal(200, (await placing).Status);
    }

    [Fact]
    public async Task Sets_one_venues_clock_apart()
    {
        await Fault(new { venue = "FUT", kind = "clock-skew", ms = 7000 });
        var ahead = long.Parse((await Client.Public("/fapi/v1/time"))["serverTime"]) - VenueClient.Now;
        Assert.InRange(ahead, 6000, 7001);
        Assert.Equal(-1021, (await FuturesMarket("BUY", "1")).Code);
        Assert.Equal(200, (await Spot("side=BUY&type=MARKET&quantity=1")).Status);
        await NoFaults();
        Assert.Equal(200, (await FuturesMarket("BUY", "1")).Status);
    }

    [Theory]
    [InlineData("drop-events", 2, "NEW TRADE")]
    [InlineData("silent-stream", 4, "")]
    [InlineData("duplicate-events", 2, "NEW NEW TRADE TRADE NEW TRADE")]
    [InlineData("reorder-events", 1, "TRADE NEW NEW TRADE")]
    public async Task Spoils_a_user_stream(string kind, int count, string seen)
    {
        await using var stream = await FuturesUserStream("ORDER_TRADE_UPDATE");
        await Fault(new { kind, count, @event = "ORDER_TRADE_UPDATE" });
        await FuturesMarket("BUY", "1");
        await FuturesMarket("BUY", "1");
        await stream.SendText("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        var events = new List<string>();
        while (await stream.Next() is var message && !message.TryGetProperty("id", out _)) events.Add(message.GetProperty("o").GetProperty("x").GetString()!);
        Assert.Equal(seen, string.Join(' ', events));
    }

    [Fact]
    public async Task Drops_events_by_seeded_chance()
    {
        await using var stream = await SpotUserStream();
        await Fault(new { kind = "drop-events", probability = 0.5, @event = "executionReport" });
        for (var i = 0; i < 20; i++) await Spot("side=BUY&type=MARKET&quantity=0.001");
        await stream.SendText("""{"id":1,"method":"ping"}""");
        var reports = 0;
        while (await stream.Next() is var message && message.TryGetProperty("event", out var e)) reports += e.GetProperty("e").GetString() == "executionReport" ? 1 : 0;
        Assert.InRange(reports, 8, 32);
    }

    [Fact]
    public async Task Delays_events_behind_the_answer_but_keeps_their_order()
    {
        await using var stream = await FuturesUserStream("ORDER_TRADE_UPDATE");
        await Fault(new { kind = "delay-events", ms = 50, count = 1 });
        await FuturesMarket("BUY", "1");
        Assert.Equal("NEW", (await stream.Next()).GetProperty("o").GetProperty("x").GetString());
        Assert.Equal("TRADE", (await stream.Next()).GetProperty("o").GetProperty("x").GetString());
    }

    [Fact]
    public async Task Silences_one_market_stream_that_lives_on()
    {
        await using var silent = await TestSocket.Open(Simulator.Address, "/ws/btcusdt@trade");
        await using var loud = await TestSocket.Open(Simulator.Address, "/ws/ethusdt@trade");
        await Fault(new { kind = "silent-market", @event = "btcusdt@trade" });
        await Spot("side=BUY&type=MARKET&quantity=1");
        await Client.Signed("POST", "/api/v3/order", "symbol=ETHUSDT&side=BUY&type=MARKET&quantity=1");
        Assert.Equal("ETHUSDT", (await loud.Next()).GetProperty("s").GetString());
        await silent.SendText("""{"method":"LIST_SUBSCRIPTIONS","id":7}""");
        Assert.Equal(7, (await silent.Next()).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Does_not_reach_the_ledger()
    {
        await Fault(new { kind = "accept-then-503A", count = 2 });
        await FuturesMarket("BUY", "1");
        Assert.Equal(0, (await Ledger()).GetProperty("rejects").GetArrayLength());
        Assert.Equal(503, (await FuturesMarket("BUY", "121")).Status);
        Assert.Equal(-4005, (await Ledger()).GetProperty("rejects")[0].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Disconnects_the_streams_of_a_venue()
    {
        await using var spot = await SpotUserStream();
        await using var futures = await FuturesUserStream();
        await Client.Admin("POST", "/sim/faults", new { kind = "disconnect-streams", venue = "SPOT" });
        await spot.Ended;
        await FuturesMarket("BUY", "1");
        Assert.Equal("ORDER_TRADE_UPDATE", (await futures.Next()).GetProperty("e").GetString());
    }

    [Fact]
    public async Task Announces_a_shutdown()
    {
        await using var spot = await SpotUserStream();
        await Client.Admin("POST", "/sim/faults", new { kind = "server-shutdown" });
        Assert.Equal("serverShutdown", (await spot.Next()).GetProperty("event").GetProperty("e").GetString());
    }

    [Theory]
    [InlineData("""{"kind":"sabotage"}""", "kind: 'sabotage'")]
    [InlineData("""{"kind":"latency","probability":2}""", "probability: 2 is not from 0 to 1")]
    [InlineData("""{"kind":"latency","venue":"MARS"}""", "venue: 'MARS' is not SPOT or FUT")]
    [InlineData("""{"kind":"latency","whenever":1}""", "whenever")]
    [InlineData("""nonsense""", "invalid")]
    public async Task That_is_misspelled_is_refused_with_its_name(string rule, string text)
    {
        var refused = await Client.Raw("PUT", "/sim/faults", rule, contentType: "application/json");
        Assert.Equal(400, refused.Status);
        Assert.Contains(text, refused.Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Is_listed_and_can_be_removed_alone()
    {
        await Fault(new[] { new { kind = "latency", ms = 1 }, new { kind = "latency", ms = 2 } });
        var rules = (await Client.Admin("GET", "/sim/faults")).Json;
        Assert.Equal(2, rules.GetArrayLength());
        await Client.Admin("DELETE", "/sim/faults?id=" + rules[0].GetProperty("id").GetInt32());
        Assert.Equal(2, (await Client.Admin("GET", "/sim/faults")).Json[0].GetProperty("ms").GetInt32());
    }
}

public class A_fault_that_ends : SimulatorTest
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    protected override SimulatorOptions Options => base.Options with { Time = _time };

    [Fact]
    public async Task Bans_until_its_time_is_over()
    {
        await Fault(new { venue = "SPOT", kind = "418", seconds = 3, count = 1 });
        var banned = await Client.Public("/api/v3/time");
        Assert.Equal((418, -1003), (banned.Status, banned.Code));
        Assert.Contains("IP banned until", banned.Message);
        Assert.Equal(TimeSpan.FromSeconds(3), banned.Headers.RetryAfter?.Delta);
        Assert.Equal(418, (await Client.Public("/api/v3/ping")).Status);
        Assert.Equal(200, (await Client.Public("/fapi/v1/time")).Status);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(200, (await Client.Public("/api/v3/time")).Status);
    }

    [Fact]
    public async Task Hides_an_order_from_queries_for_a_while()
    {
        await Fault(new { kind = "hide-order", seconds = 2, count = 1, lists = true });
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=hidden");
        Assert.Equal(-2013, (await SpotOrder("hidden")).Code);
        Assert.Equal(0, (await Client.Signed("GET", "/api/v3/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
        Assert.Single(await LedgerOrders("hidden"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("NEW", (await SpotOrder("hidden"))["status"]);
        Assert.Equal(1, (await Client.Signed("GET", "/api/v3/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
    }
}
