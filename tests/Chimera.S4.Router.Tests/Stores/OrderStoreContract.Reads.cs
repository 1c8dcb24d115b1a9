using Chimera.S4.Contracts;
using Chimera.S4.Router.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

public abstract partial class OrderStoreContract
{
    /// <summary>60 orders: two markets, two symbols, three states, several in the same millisecond.</summary>
    async Task<List<IntentSummary>> Book()
    {
        var start = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        var steps = Enumerable.Range(0, 60).Select(i => Given.Step(Guid.NewGuid(), null, start.AddMilliseconds(i / 4),
            status: (i % 3) switch { 0 => "NEW", 1 => "FILLED", _ => "UNKNOWN" }, symbol: i % 4 < 3 ? "BTCUSDT" : "ETHUSDT", market: i % 5 == 0 ? "FUT" : "SPOT")).ToList();
        await Task.WhenAll(steps.Select(Committed));
        return [.. steps.OrderByDescending(step => step.Line.Summary.CreatedAt).ThenByDescending(step => step.Id.ToString(), StringComparer.Ordinal).Select(step => step.Line.Summary)];
    }

    async Task<List<IntentSummary>> Pages(ListIntents query)
    {
        var items = new List<IntentSummary>();
        do
        {
            var page = await Store.List(query, Ever);
            Assert.True(page.Items.Length <= query.Limit);
            items.AddRange(page.Items);
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);
        return items;
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("NEW", null, null, null)]
    [InlineData(null, "ETHUSDT", null, null)]
    [InlineData(null, null, "FUT", null)]
    [InlineData("FILLED", "BTCUSDT", "SPOT", null)]
    [InlineData("UNKNOWN", "ETHUSDT", "FUT", 4)]
    [InlineData(null, null, null, 13)]
    [InlineData("EXPIRED", null, null, null)]
    public async Task Lists_what_matches_all_filters_newest_first_without_loss_or_repeat(string? state, string? symbol, string? market, int? sinceMs)
    {
        var all = await Book();
        var query = new ListIntents { State = state, Symbol = symbol, Market = market, Since = sinceMs is { } ms ? all[^1].CreatedAt.AddMilliseconds(ms) : null };
        var expected = all.Where(line => (state is null || line.Status == state) && (symbol is null || line.Symbol == symbol)
            && (market is null || line.Market == market) && (query.Since is null || line.CreatedAt >= query.Since)).ToList();
        foreach (var limit in new[] { 1, 3, 7, 60, 500 }) Assert.Equal(expected, await Pages(query with { Limit = limit }));
    }

    [Fact]
    public async Task Pages_on_unmoved_while_newer_orders_arrive()
    {
        var all = await Book();
        var first = await Store.List(new ListIntents { Limit = 10 }, Ever);
        await Committed(Step(null) with { Line = Given.Step(id, null, all[0].CreatedAt.AddSeconds(1)).Line });
        Assert.Equal(all.Skip(10), await Pages(new ListIntents { Limit = 10, Cursor = first.NextCursor }));
    }

    [Fact]
    public async Task Moves_an_order_between_states_in_the_index()
    {
        await Committed(Step(null));
        await Committed(Step(1, status: "FILLED"));
        Assert.Empty((await Store.List(new ListIntents { State = "NEW" }, Ever)).Items);
        Assert.Equal("FILLED", Assert.Single((await Store.List(new ListIntents { State = "FILLED" }, Ever)).Items).Status);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(501, null)]
    [InlineData(10, "yesterday")]
    [InlineData(10, "12-34")]
    public async Task Refuses_a_page_outside_its_bounds(int limit, string? cursor) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.List(new ListIntents { Limit = limit, Cursor = cursor }, Ever));

    [Fact]
    public async Task Tells_results_in_the_order_of_their_commits()
    {
        var at = new DateTimeOffset(2026, 11, 22, 8, 0, 0, 500, TimeSpan.Zero);
        ResultLine[] lines =
        [
            Given.Result(id, 1, at, code: "QTY_ROUNDED"),
            Given.Result(id, 2, at) with { AvgPrice = null, SlippageBps = null, FilledQty = 0 },
            Given.Result(id, 3, at, corrects: 2),
        ];
        for (var i = 0; i < lines.Length; i++) await Committed(Step(i == 0 ? null : i) with { Result = lines[i] });
        Assert.Equal(lines, (await Store.Results(new ListResults(), Ever)).Items);

        var page = await Store.Results(new ListResults { Limit = 2 }, Ever);
        Assert.Equal(lines[..2], page.Items);
        page = await Store.Results(new ListResults { Limit = 2, After = page.NextAfter }, Ever);
        Assert.Equal(lines[2..], page.Items);
        var end = await Store.Results(new ListResults { After = page.NextAfter }, Ever);
        Assert.Empty(end.Items);
        Assert.Equal(page.NextAfter, end.NextAfter);               // whoever tails the results asks from here again
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Results(new ListResults { After = "x" }, Ever));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Results(new ListResults { Limit = 1001 }, Ever));
    }

    [Fact]
    public async Task Finds_the_order_behind_a_venue_order_id_within_its_market_and_symbol()
    {
        await Committed(Step(null) with { VenueOrders = [new VenueOrderKey("SPOT", "BTCUSDT", "1"), new VenueOrderKey("FUT", "BTCUSDT", "2")] });
        await Committed(Step(1) with { VenueOrders = [new VenueOrderKey("SPOT", "BTCUSDT", "3")], TombstoneTtl = Given.Week });
        Assert.Equal(id, await Store.FindByVenueOrderId("SPOT", "BTCUSDT", "1", Ever));
        Assert.Equal(id, await Store.FindByVenueOrderId("FUT", "BTCUSDT", "2", Ever));
        Assert.Equal(id, await Store.FindByVenueOrderId("SPOT", "BTCUSDT", "3", Ever));
        Assert.Null(await Store.FindByVenueOrderId("FUT", "BTCUSDT", "1", Ever));
        Assert.Null(await Store.FindByVenueOrderId("SPOT", "ETHUSDT", "1", Ever));
    }
}
