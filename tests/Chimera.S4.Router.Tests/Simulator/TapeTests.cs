using Chimera.S4.Simulator;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_tape : SimulatorTest
{
    private const string Story = """
        # a fall through a stop, told in book states and trades
        ms,venue,symbol,kind
        0,SPOT,BTCUSDT,book,90000x1 89999x2,90001x1 90002x2
        0,FUT,BTCUSDT,book,90000x1,90001x1
        100,SPOT,BTCUSDT,trade,SELL,90000,0.4
        200,SPOT,BTCUSDT,book,88000x5,88001x5
        200,SPOT,BTCUSDT,trade,SELL,88000,1
        300,FUT,BTCUSDT,mark,87000
        """;

    private readonly string _file = Path.GetTempFileName();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    public A_tape() => File.WriteAllText(_file, Story);

    protected override SimulatorOptions Options => base.Options with { TapeFile = _file, TapeByHand = true, Time = _time };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task Replays_the_same_story_every_time()
    {
        var first = await Tell();
        await Client.Admin("POST", "/sim/reset");
        Assert.Equal(first, await Tell());
        Assert.Equal("buy FILLED 0.4 @ 90000; stop FILLED 1 @ 88000; algo FINISHED", first);
    }

    [Fact]
    public async Task Fills_what_stands_in_the_way_of_a_book_and_no_more_than_it_shows()
    {
        await Client.Admin("POST", "/sim/tape?rows=1");
        var book = (await Client.Public("/api/v3/depth?symbol=BTCUSDT")).Json;
        Assert.Equal((2, "90001.00000000"), (book.GetProperty("bids").GetArrayLength(), book.GetProperty("asks")[0][0].GetString()));
        await SpotLimit("BUY", "89000", "6", "timeInForce=GTC&newClientOrderId=low");
        await Client.Admin("POST", "/sim/tape?rows=3");
        Assert.Equal("5.00000000", (await SpotOrder("low"))["executedQty"]);
        await Client.Admin("POST", "/sim/tape?untilMs=200");
        Assert.Equal("6.00000000", (await SpotOrder("low"))["executedQty"]);
    }

    [Fact]
    public async Task Follows_the_clock_unless_told_otherwise()
    {
        await using var playing = await SimulatorHost.StartAsync(Options with { TapeByHand = false });
        using var client = new VenueClient(playing.Address);
        for (var i = 0; i < 20; i++) _time.Advance(TimeSpan.FromMilliseconds(20));
        await Until(async () => (await client.Admin("GET", "/sim/tape")).Json.GetProperty("position").GetInt32() == 6);
        Assert.Equal("88000.00000000", (await client.Public("/api/v3/ticker/price?symbol=BTCUSDT"))["price"]);
    }

    [Theory]
    [InlineData("0,SPOT,BTCUSDT,trade,SELL,1", "line 1")]
    [InlineData("0,MARS,BTCUSDT,mark,1", "'MARS' is not SPOT or FUT")]
    [InlineData("0,SPOT,NOPEUSDT,mark,1", "NOPEUSDT is not traded on SPOT")]
    [InlineData("5,SPOT,BTCUSDT,mark,1\n4,SPOT,BTCUSDT,mark,1", "line 2")]
    public async Task That_is_wrong_names_its_line(string tape, string text)
    {
        await File.WriteAllTextAsync(_file, tape);
        Assert.Contains(text, (await Assert.ThrowsAsync<InvalidDataException>(() => SimulatorHost.StartAsync(Options))).Message);
    }

    private async Task<string> Tell()
    {
        await Client.Admin("POST", "/sim/tape?rows=2");
        await SpotLimit("BUY", "90000", "0.4", "timeInForce=GTC&newClientOrderId=buy");
        await Spot("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=89000&newClientOrderId=stop");
        await Client.Signed("POST", "/fapi/v1/algoOrder",
            "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&quantity=0.5&triggerPrice=88000&workingType=MARK_PRICE&clientAlgoId=algo");
        await Client.Admin("POST", "/sim/tape?rows=100");
        var ledger = await Ledger();
        var trades = ledger.GetProperty("trades").EnumerateArray().ToLookup(t => t.GetProperty("clientOrderId").GetString(), t => t.GetProperty("price").GetString());
        var orders = ledger.GetProperty("orders").EnumerateArray().Where(o => o.GetProperty("venue").GetString() == "SPOT")
            .Select(o => $"{o.GetProperty("clientOrderId")} {o.GetProperty("status")} {o.GetProperty("executedQty")} @ {trades[o.GetProperty("clientOrderId").GetString()].Last()}");
        return string.Join("; ", orders.Append("algo " + ledger.GetProperty("algos")[0].GetProperty("status")));
    }
}
