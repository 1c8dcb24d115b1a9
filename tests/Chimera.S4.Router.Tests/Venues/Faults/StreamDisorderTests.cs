using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues.Faults;

/// <summary>A user stream that tells everything, though not as one would wish. The adapter hands on what it hears; that each report says the whole (cumulative quantity, trade ids) makes it harmless.</summary>
public sealed class A_stream_in_disorder : LiveVenueTest
{
    static string Event(string market) => market is "SPOT" ? "executionReport" : "ORDER_TRADE_UPDATE";

    VenueStatus[] Told(string id) => [.. Sink.Reports.Where(report => report.ClientOrderId == id).Select(report => report.Status)];

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task That_says_things_twice_tells_of_one_trade(string market)
    {
        await Listen(market);
        await Fault(new { kind = "duplicate-events", venue = market, @event = Event(market) });
        await Buy(market, "a", 90_001m);
        await Until(() => Task.FromResult(Sink.Statuses.GetValueOrDefault("a") is VenueStatus.Filled));
        Assert.All(Sink.Reports, report => Assert.True(report.Trades.Count <= 1));           // said in one or in several
        Assert.Equal(0.01m, Assert.Single(Sink.Trades.Values).Qty.Value);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task That_swaps_two_events_has_each_tell_its_own_state(string market)
    {
        await Listen(market);
        await Fault(new { kind = "reorder-events", venue = market, count = 1, @event = Event(market) });
        await Buy(market, "a", 90_001m);
        await Until(() => Task.FromResult(Sink.Reports.Count == 2));
        Assert.Equal([VenueStatus.Filled, VenueStatus.New], Told("a"));
        Assert.Equal([0.01m, 0], Sink.Reports.Select(report => report.CumQty.Value));
        Assert.Equal(1, Sink.Reconciliations);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task That_is_late_by_less_than_two_seconds_is_waited_for(string market)
    {
        await Listen(market);
        await Fault(new { kind = "delay-events", venue = market, ms = 800, count = 1, @event = Event(market) });
        var answer = await Buy(market, "a", 90_001m);
        Assert.Equal(VenueStatus.Filled, answer.Order!.Status);
        Assert.Empty(Sink.Reports);
        await Until(() => Task.FromResult(Sink.Statuses.GetValueOrDefault("a") is VenueStatus.Filled));
        Assert.Equal(VenueStatus.Filled, Told("a")[^1]);
        Assert.Equal(1, Sink.Reconciliations);
    }

    [Theory]
    [InlineData("SPOT", "/api/v3/order")]
    [InlineData("FUT", "/fapi/v1/order")]
    public async Task That_overtakes_the_answer_tells_of_a_fill_before_its_placement_is_known(string market, string path)
    {
        await Listen(market);
        await Fault(new { kind = "latency", venue = market, path, ms = 1_500, when = "after", count = 1 });
        var placing = Buy(market, "a", 90_001m);
        await Until(() => Task.FromResult(Sink.Statuses.GetValueOrDefault("a") is VenueStatus.Filled));
        Assert.False(placing.IsCompleted);
        var told = Sink.Reports.Last();
        var answer = (await placing).Order!;
        Assert.Equal((answer.VenueOrderId, answer.Status, answer.CumQty), (told.VenueOrderId, told.Status, told.CumQty));
        if (market is "SPOT") Assert.Equal(Assert.Single(answer.Trades).TradeId, Assert.Single(Sink.Trades).Key);
        // The stream had told before REST did, so it owes nothing.
        Assert.Null((market is "SPOT" ? Rig.SpotWatch : Rig.FuturesWatch).Overdue);
    }

    [Fact]
    public async Task That_renames_a_canceled_order_still_tells_of_the_one_that_was_placed()
    {
        await Listen("SPOT");
        var (ours, theirs) = ((await Buy("SPOT", "a", 89_000m)).Order!, (await Buy("SPOT", "b", 89_000m)).Order!);
        Assert.Equal((VenueOutcome.Known, "a"), (await Cancel("SPOT", "a")) is var canceled ? (canceled.Outcome, canceled.Order!.ClientOrderId) : default);
        // Somebody at the web site: the cancel's id is one that we never heard of.
        Assert.Equal(200, (await SpotCancel($"orderId={theirs.VenueOrderId}&newClientOrderId=web_77")).Status);
        await Until(() => Task.FromResult(Sink.Reports.Count(report => report.Status is VenueStatus.Canceled) == 2));
        Assert.Equal([("a", ours.VenueOrderId), ("b", theirs.VenueOrderId)], Sink.Reports.Where(report => report.Status is VenueStatus.Canceled).Select(report => (report.ClientOrderId, report.VenueOrderId)));
        // By our own cancel's id the order is found again; by a foreign one's it is not, and the venue's id or the lists have to do.
        Assert.Equal("a", (await Query("SPOT", "a")).Order!.ClientOrderId);
        Assert.Equal(VenueOutcome.NotFound, (await Query("SPOT", "b")).Outcome);
        Assert.Equal((VenueStatus.Canceled, "b"), (await Query("SPOT", "b", theirs.VenueOrderId)) is { Order: { } found } ? (found.Status, found.ClientOrderId) : default);
    }
}
