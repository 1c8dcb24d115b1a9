using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues.Faults;

/// <summary>What the adapter reports for each fault of reference binance §9.3, and what is true at the venue. Stream faults are told of in <see cref="A_deaf_stream"/>.</summary>
public sealed class A_fault_of_the_venue : LiveVenueTest
{
    Task<VenueAnswer> Place(string market) => Place(market, Order(market, "a", 89_000m));
    Task<VenueAnswer> Cancel(string market) => Cancel(market, "a");
    Task<VenueAnswer> Query(string market) => Query(market, "a");

    [Theory]
    [InlineData("SPOT accept-then-drop-response -> Unknown, placed")]
    [InlineData("FUT  accept-then-drop-response -> Unknown, placed")]
    [InlineData("SPOT accept-then-cut-response  -> Unknown, placed")]
    [InlineData("FUT  accept-then-cut-response  -> Unknown, placed")]
    [InlineData("SPOT accept-then-503A          -> Unknown, placed")]
    [InlineData("FUT  accept-then-503A          -> Unknown, placed")]
    [InlineData("SPOT accept-then-5xx           -> Unknown, placed")]
    [InlineData("FUT  accept-then-5xx           -> Unknown, placed")]
    [InlineData("SPOT -1007-after-execution     -> Unknown, placed")]
    [InlineData("FUT  -1007-after-execution     -> Unknown, placed")]
    [InlineData("SPOT -1006-after-execution     -> Unknown, placed")]
    [InlineData("FUT  -1006-after-execution     -> Unknown, placed")]
    [InlineData("SPOT reject-503B               -> Unknown, not placed")]
    [InlineData("FUT  reject-503B               -> FailedVerify, not placed")]
    [InlineData("SPOT reject-503C               -> Unknown, not placed")]
    [InlineData("FUT  reject-503C               -> FailedVerify, not placed")]
    [InlineData("SPOT reset-connection          -> Unknown, not placed")]
    [InlineData("FUT  reset-connection          -> Unknown, not placed")]
    [InlineData("SPOT 403-html                  -> Unknown, not placed")]
    [InlineData("FUT  403-html                  -> Unknown, not placed")]
    [InlineData("SPOT 429                       -> NotExecuted, not placed")]
    [InlineData("FUT  429                       -> NotExecuted, not placed")]
    [InlineData("SPOT 418                       -> NotExecuted, not placed")]
    [InlineData("FUT  418                       -> NotExecuted, not placed")]
    [InlineData("SPOT latency                   -> Known, placed")]
    [InlineData("FUT  latency                   -> Known, placed")]
    public async Task Is_reported(string row)
    {
        var (left, right) = (row.Split("->")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Split("->")[1].Trim().Split(", "));
        await Fault(new { kind = left[1], venue = left[0], count = 1, seconds = 30, ms = 20 });
        var answer = await Place(left[0]);
        Assert.Equal((right[0], right[1] is "placed"), (answer.Outcome.ToString(), (await LedgerOrders("a")).Length == 1));
        Assert.Equal(left[1] is "429" or "418" ? 30 : 0, answer.RetryAfter is { } hold && answer.Outcome is VenueOutcome.NotExecuted ? (int)Math.Round(hold.TotalSeconds) : 0);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task That_loses_the_answer_to_a_cancel_is_settled_by_looking(string market)
    {
        await Place(market);
        await Fault(new { kind = "accept-then-drop-response", venue = market, count = 1 });
        Assert.Equal(VenueOutcome.Unknown, (await Cancel(market)).Outcome);
        Assert.Equal((VenueStatus.Canceled, "a"), (await Query(market)) is { Order: { } order } ? (order.Status, order.ClientOrderId) : default);
        Assert.Equal(VenueOutcome.NotOpen, (await Cancel(market)).Outcome);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task That_hides_an_order_for_a_while_reads_as_not_found_and_then_as_found(string market)
    {
        await Fault(new { kind = "hide-order", venue = market, seconds = 1.0, lists = true });
        Assert.Equal(VenueOutcome.Known, (await Place(market)).Outcome);
        Assert.Equal(VenueOutcome.NotFound, (await Query(market)).Outcome);
        Assert.Equal(VenueOutcome.NotFound, (await Rig.Venue(market).LookEverywhere(new("BTCUSDT", "a"), TimeProvider.System.GetUtcNow().AddMinutes(-1), default)).Outcome);
        await Until(async () => (await Query(market)).Outcome is VenueOutcome.Known);
    }

    [Theory]
    [InlineData("SPOT", -20_000)]
    [InlineData("FUT", 20_000)]
    public async Task In_its_clock_is_refused_once_and_corrected(string market, int ms)
    {
        await Fault(new { kind = "clock-skew", venue = market, ms });
        var refused = await Place(market);
        Assert.Equal((VenueOutcome.NotExecuted, -1021), (refused.Outcome, refused.VenueCode));
        Assert.Equal(VenueOutcome.Known, (await Place(market)).Outcome);
        Assert.Single(await LedgerOrders("a"));
    }

    [Theory]
    [InlineData("SPOT", VenueOutcome.Exists)]
    [InlineData("FUT", VenueOutcome.Exists)]
    public async Task Or_of_ours_a_second_order_under_an_open_ones_id_is_the_first(string market, VenueOutcome outcome)
    {
        await Place(market);
        Assert.Equal(outcome, (await Place(market)).Outcome);
        Assert.Single(await LedgerOrders("a"));
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Or_a_fill_that_races_a_cancel_is_not_open_and_filled(string market)
    {
        await Place(market);
        await Market(new { venue = market, symbol = "BTCUSDT", mid = "88000" });
        await Until(async () => (await Query(market)).Order?.Status is VenueStatus.Filled);
        Assert.Equal(VenueOutcome.NotOpen, (await Cancel(market)).Outcome);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task A_ban_is_not_asked_again(string market)
    {
        await Fault(new { kind = "418", venue = market, count = 1, seconds = 60 });
        Assert.Equal(418, (await Place(market)).HttpStatus);
        Assert.Equal((VenueOutcome.NotExecuted, null), (await Cancel(market)) is var answer ? (answer.Outcome, answer.HttpStatus) : default);
    }
}
