using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

public class A_filter_reject
{
    [Fact]
    public async Task Has_the_instruments_read_again()
    {
        await using var stub = await StubVenue.Start();
        var filter = "Filter failure: LOT_SIZE";
        stub.Answer = request => request.Path.Split('/')[^1] switch
        {
            "order" => (400, Samples.Error(-1013, filter)),
            "exchangeInfo" => (200, """{"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[]}]}"""),
            "account" => (200, """{"balances":[]}"""),
            _ => (200, """{"serverTime":1763800000000}"""),
        };
        using var rig = new Rig(stub.Rest);
        using var upkeep = new VenueUpkeep(Market.Spot, new(rig.SpotApi, rig.Facts), rig.SpotApi.Doubt, rig.Time, NullLogger.Instance);
        await upkeep.StartAsync(default);
        await Rig.Until(() => rig.Facts.HasInstruments(Market.Spot));
        Assert.Equal(1, Reads());
        filter = "Filter failure: MAX_NUM_ORDERS";
        Assert.Equal(ReasonCode.VenueTooManyOrders, (await rig.Spot.Place(rig.Spot.Sign(Rig.Placement("SPOT")), default)).Reason);
        await Task.Delay(100);
        Assert.Equal(1, Reads());
        filter = "Filter failure: LOT_SIZE";
        Assert.Equal(ReasonCode.VenueFilter, (await rig.Spot.Place(rig.Spot.Sign(Rig.Placement("SPOT")), default)).Reason);
        await Rig.Until(() => Reads() == 2);
        await upkeep.StopAsync(default);

        int Reads() => stub.Requests.Count(request => request.Path.EndsWith("exchangeInfo", StringComparison.Ordinal));
    }

    [Fact]
    public void Is_heeded_once_a_minute()
    {
        var time = new FakeTimeProvider();
        var doubt = new InstrumentDoubt(time);
        var first = doubt.Next();
        Assert.False(first.IsCompleted);
        doubt.Raise();
        Assert.True(first.IsCompleted);
        var second = doubt.Next();
        doubt.Raise();
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(1));
        doubt.Raise();
        Assert.True(second.IsCompleted);
    }
}

public class The_upkeep_of_a_venue
{
    [Theory]
    [InlineData("exchangeInfo", 60)]
    [InlineData("account", 5)]
    [InlineData("time", 15)]
    public async Task Reads_again_on_a_schedule(string path, int minutes)
    {
        await using var stub = await StubVenue.Start();
        stub.Answer = request => request.Path.Split('/')[^1] switch
        {
            "exchangeInfo" => (200, """{"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[]}],"rateLimits":[{"rateLimitType":"MOON_PHASES"}]}"""),
            "account" => (200, """{"balances":[]}"""),
            _ => (200, """{"serverTime":1763800000000}"""),
        };
        var time = new FakeTimeProvider();
        using var counts = new NotedCounts();
        using var rig = new Rig(stub.Rest, time: time, change: options => options.HttpTimeout = TimeSpan.FromDays(1));
        using var upkeep = new VenueUpkeep(Market.Spot, new(rig.SpotApi, rig.Facts), rig.SpotApi.Doubt, rig.Time, NullLogger.Instance);
        await upkeep.StartAsync(default);
        await Rig.Until(() => new[] { "exchangeInfo", "account", "time" }.All(each => Reads(each) > 0) && rig.Facts.HasInstruments(Market.Spot));
        var began = time.GetUtcNow();
        await Rig.Until(() =>
        {
            if (Reads(path) < 2) time.Advance(TimeSpan.FromMinutes(1));
            return Reads(path) >= 2;
        });
        Assert.True(time.GetUtcNow() - began >= TimeSpan.FromMinutes(minutes), "not before its time");
        Assert.Contains(("s4.venue.unknown_words", "MOON_PHASES"), counts.All);
        await upkeep.StopAsync(default);

        int Reads(string end) => stub.Requests.Count(request => request.Path.EndsWith(end, StringComparison.Ordinal));
    }
}
