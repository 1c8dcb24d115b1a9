using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

public class A_market_snapshot
{
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    readonly MarketFacts facts = new();
    readonly Dictionary<string, string> written = [];
    int reads;

    sealed class Written(A_market_snapshot test) : IMarketSnapshots
    {
        public Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel)
        {
            test.reads++;
            return Task.FromResult<IReadOnlyList<string?>>([.. symbols.Select(test.written.GetValueOrDefault)]);
        }
    }

    async Task<Quote?> Quote(Market market = Market.Spot)
    {
        using var feed = new SnapshotFeed(facts, new Written(this), () => ["BTCUSDT"], TimeSpan.FromSeconds(10), time, NullLogger<SnapshotFeed>.Instance);
        await feed.Look(default);
        return facts.Quote(market, "BTCUSDT");
    }

    void Write(int ageMs, string market = "SPOT", string mid = "\"90000\"", string spread = "2", string depth = "1.5") =>
        written["BTCUSDT"] = $$"""{"market":"{{market}}","mid":{{mid}},"spread":{{spread}},"depth_top":{{depth}},"ts":{{time.GetUtcNow().ToUnixTimeMilliseconds() - ageMs}}}""";

    [Fact]
    public async Task Stands_in_where_nothing_was_heard_and_for_its_own_market_only()
    {
        Write(300);
        var quote = await Quote();
        Assert.Equal((new BookLevel(89_999, 1.5m), new BookLevel(90_001, 1.5m), time.GetUtcNow().AddMilliseconds(-300)), (quote!.Bids[0], quote.Asks[0], quote.At));
        Assert.Null(facts.Quote(Market.Fut, "BTCUSDT"));
    }

    [Theory]
    [InlineData(9, 89_000)]
    [InlineData(11, 90_000)]
    public async Task Stands_in_only_while_our_own_quote_is_too_old(int ownAge, decimal mid)
    {
        facts.SetQuote(Market.Spot, "BTCUSDT", new([new(89_000, 1)], [new(89_000, 1)], time.GetUtcNow().AddSeconds(-ownAge)));
        Write(300);
        Assert.Equal(mid, (await Quote())!.Mid);
    }

    [Fact]
    public async Task Never_replaces_a_newer_quote_and_is_not_read_without_need()
    {
        Write(60_000);
        foreach (var market in new[] { Market.Spot, Market.Fut }) facts.SetQuote(market, "BTCUSDT", new([new(1, 1)], [new(1, 1)], time.GetUtcNow().AddSeconds(-20)));
        Assert.Equal(1, (await Quote())!.Mid);
        foreach (var market in new[] { Market.Spot, Market.Fut }) facts.SetQuote(market, "BTCUSDT", new([new(2, 1)], [new(2, 1)], time.GetUtcNow()));
        await Quote();
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task From_a_clock_ahead_of_ours_is_as_old_as_now()
    {
        Write(-60_000);
        Assert.Equal(time.GetUtcNow(), (await Quote())!.At);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"market":"SPOT","mid":0,"spread":1,"depth_top":1,"ts":1763800000000}""")]
    [InlineData("""{"market":"SPOT","mid":5,"spread":-1,"depth_top":1,"ts":1763800000000}""")]
    [InlineData("""{"market":"SPOT","mid":5,"spread":11,"depth_top":1,"ts":1763800000000}""")]
    [InlineData("""{"market":"SPOT","mid":5,"spread":1,"depth_top":1}""")]
    [InlineData("""{"market":"SPOT","mid":5,"spread":1,"depth_top":1,"ts":1e30}""")]
    public async Task That_cannot_be_read_is_none(string text)
    {
        written["BTCUSDT"] = text;
        Assert.Null(await Quote());
    }
}
