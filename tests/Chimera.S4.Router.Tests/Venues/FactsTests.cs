using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;
using static Chimera.S4.Router.Tests.Venues.Rig;

namespace Chimera.S4.Router.Tests.Venues;

public class Market_facts
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Know_nothing_before_they_are_told()
    {
        var facts = new MarketFacts();
        Assert.False(facts.HasInstruments(Market.Spot));
        Assert.Equal((null, null, null, null), (facts.Instrument(Market.Spot, "BTCUSDT"), facts.Quote(Market.Fut, "BTCUSDT"), facts.FreeBalance("BTC"), facts.Position("BTCUSDT")));
    }

    [Fact]
    public void Keep_the_later_word_on_a_balance_whichever_came_first()
    {
        var facts = new MarketFacts();
        facts.SetBalances([("BTC", 2)], Noon.AddSeconds(1), isAll: false);
        facts.SetBalances([("BTC", 1), ("USDT", 100)], Noon, isAll: true);
        Assert.Equal((2m, 100m, 0m), (facts.FreeBalance("BTC"), facts.FreeBalance("USDT"), facts.FreeBalance("ETH")));
        facts.SetBalances([("USDT", 90)], Noon.AddSeconds(2), isAll: true);
        Assert.Equal((0m, 90m), (facts.FreeBalance("BTC"), facts.FreeBalance("USDT")));
    }

    [Fact]
    public void Keep_the_later_quote()
    {
        var facts = new MarketFacts();
        facts.SetQuote(Market.Spot, "BTCUSDT", new([new(2, 1)], [], Noon));
        facts.SetQuote(Market.Spot, "BTCUSDT", new([new(1, 1)], [], Noon.AddSeconds(-1)));
        Assert.Equal(2, facts.Quote(Market.Spot, "BTCUSDT")!.Bids[0].Price);
    }

    [Theory]
    [InlineData("SPOT", "/stream?streams=btcusdt@depth5@100ms/ethusdt@depth5@100ms", "bids", "asks")]
    [InlineData("FUT", "/public/stream?streams=btcusdt@depth5@100ms/ethusdt@depth5@100ms", "b", "a")]
    public async Task Hear_books_from_the_first_read_then_from_the_stream_and_again_after_a_break(string market, string address, string bids, string asks)
    {
        await using var stub = await StubVenue.Start();
        stub.Answer = request => request.Path.EndsWith("/depth", StringComparison.Ordinal) && request.Has("symbol=BTCUSDT")
            ? (200, """{"lastUpdateId":1,"bids":[["90000.10","1.5"]],"asks":[["90000.20","2"]]}""")
            : (400, Samples.Error(-1121, "Invalid symbol."));
        using var rig = new Rig(stub.Rest, stub.Ws);
        var (which, api) = market is "SPOT" ? (Market.Spot, rig.SpotApi) : (Market.Fut, rig.FuturesApi);
        using var feed = rig.Feed(api);
        await feed.StartAsync(default);
        await Until(() => rig.Facts.Quote(which, "BTCUSDT")?.Mid == 90000.15m);
        Assert.Null(rig.Facts.Quote(which, "ETHUSDT"));
        for (var round = 1; round <= 2; round++)
        {
            var socket = await stub.NextSocket();
            Assert.Equal(address, Uri.UnescapeDataString(socket.Address));
            await socket.Send("""{"stream":"btcusdt@weather","data":{"e":"rain"}}""");
            await socket.Send($$$"""{"stream":"ethusdt@depth5@100ms","data":{"lastUpdateId":{{{round}}},"s":"ETHUSDT","{{{bids}}}":[["{{{round}}}","1"],["0.9","1"],["0.8","1"],["0.7","1"]],"{{{asks}}}":[["{{{round + 2}}}","1"]]}}""");
            await Until(() => rig.Facts.Quote(which, "ETHUSDT")?.Mid == round + 1);
            Assert.Equal(3, rig.Facts.Quote(which, "ETHUSDT")!.Bids.Count);
            socket.Cut();
        }
        await feed.StopAsync(default);
    }

    [Fact]
    public async Task Hear_futures_mark_prices()
    {
        await using var stub = await StubVenue.Start();
        using var rig = new Rig(stub.Rest, stub.Ws);
        using var feed = rig.Marks();
        await feed.StartAsync(default);
        var socket = await stub.NextSocket();
        Assert.Equal("/market/stream?streams=btcusdt@markPrice@1s/ethusdt@markPrice@1s", Uri.UnescapeDataString(socket.Address));
        await socket.Send("""{"stream":"btcusdt@markPrice@1s","data":{"e":"markPriceUpdate","E":1763800000000,"s":"BTCUSDT","p":"90011.10","i":"90010.00","P":"0","r":"0.0001","T":1763804800000}}""");
        await Until(() => rig.Facts.MarkPrice("BTCUSDT")?.Value == 90011.10m);
        Assert.Null(rig.Facts.MarkPrice("ETHUSDT"));
        await feed.StopAsync(default);
    }

    [Fact]
    public async Task Come_together_in_a_host_whose_exchange_is_told_late_and_answers_later()
    {
        await using var stub = await StubVenue.Start();
        var isUp = false;
        stub.Answer = request => !isUp ? null : request.Path.Split('/')[^1] switch
        {
            "time" => (200, """{"serverTime":1763800000000}"""),
            "exchangeInfo" => (200, """{"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[]},{"odd":true}]}"""),
            "account" => (200, """{"balances":[]}"""),
            "positionRisk" => (200, "[]"),
            "listenKey" => (200, """{"listenKey":"k"}"""),
            "depth" => (200, """{"bids":[["1","1"]],"asks":[["3","1"]]}"""),
            _ => (404, ""),
        };
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging().AddSingleton<IUserStreamSink>(new NotingSink());
        builder.Services.AddBinance(new ConfigurationBuilder().AddInMemoryCollection([new("S4_BINANCE_KEY", "k"), new("S4_BINANCE_SECRET", "s")]).Build());
        builder.Services.PostConfigure<BinanceOptions>(options =>
            (options.SpotRestUrl, options.FutRestUrl, options.SpotWsUrl, options.FutWsUrl) = (stub.Rest, stub.Rest, stub.Ws, stub.Ws));
        using var host = builder.Build();
        await host.StartAsync();
        var venues = host.Services.GetServices<IVenue>().ToDictionary(venue => venue.Market);
        var facts = host.Services.GetRequiredService<IMarketFacts>();
        await Until(() => !stub.Requests.IsEmpty);
        Assert.False(facts.HasInstruments(Market.Spot));
        isUp = true;
        await Until(() => facts.HasInstruments(Market.Spot) && facts.HasInstruments(Market.Fut) && facts.FreeBalance("BTC") == 0 && facts.Position("BTCUSDT") == 0);
        await Until(() => facts.Quote(Market.Spot, "BTCUSDT")?.Mid == 2 && facts.Quote(Market.Fut, "DOGEUSDT")?.Mid == 2);
        await Until(() => venues[Market.Fut].StreamReconciledSince is not null);
        await Until(() => Math.Abs(venues[Market.Spot].Now.ToUnixTimeSeconds() - 1763800000) <= 60);
        await host.StopAsync();
    }

    [Fact]
    public async Task Stop_a_host_whose_options_are_wrong()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging().AddSingleton<IUserStreamSink>(new NotingSink());
        builder.Services.AddBinance(new ConfigurationBuilder().Build());
        using var host = builder.Build();
        var refusal = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("S4_BINANCE_KEY", refusal.Message, StringComparison.Ordinal);
    }
}
