using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_working_order
{
    [Theory]
    [InlineData("Working          New 0                  -> Working          NEW")]
    [InlineData("Working          PartiallyFilled 0.5 1  -> PartiallyFilled  PARTIALLY_FILLED")]
    [InlineData("Working          Filled 1 1,2           -> Closed           FILLED")]
    [InlineData("Working          Filled 1               -> Filled           -          its trades are missing")]
    [InlineData("Working          Canceled 0             -> Canceled         CANCELED")]
    [InlineData("Working          Canceled 0.5           -> Canceled         -          its trade is missing")]
    [InlineData("Working          Expired 0.5 1          -> Expired          EXPIRED")]
    [InlineData("PartiallyFilled  New 0                  -> PartiallyFilled  -          late acknowledgement")]
    [InlineData("PartiallyFilled  PartiallyFilled 0.5 1  -> PartiallyFilled  -          told again")]
    [InlineData("PartiallyFilled  PartiallyFilled 1 2    -> Closed           FILLED     the quantity says so")]
    [InlineData("PartiallyFilled  Canceled 0             -> Canceled         CANCELED   a stale quantity with a new status")]
    public void Moves_as_the_table_says(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, "->");
        var order = Sample.Working();
        if (words[0] == "PartiallyFilled") order = order.Then(order.Says(VenueStatus.PartiallyFilled, 0.5m, null, 1)).Order;
        int[] lots = at > 3 ? [.. words[3].Split(',').Select(int.Parse)] : [];
        var seen = order.Says(Enum.Parse<VenueStatus>(words[1]), decimal.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture), null, lots);
        var decision = Invariants.DecidePurely(order, it => it.Then(seen, 1));
        Assert.Equal((words[at + 1], words[at + 2]), (decision.Order.Status.ToString(), decision.Result?.Status ?? (words[1] == "New" && words[0] == "Working" ? "NEW" : "-")));
    }

    /// <summary>Futures cut a reduce-only order down to the position: filled is what the venue calls filled, though less than was asked, and whatever else it says.</summary>
    [Theory]
    [InlineData("first Filled    then Canceled")]
    [InlineData("first Canceled  then Filled")]
    [InlineData("first Filled    then PartiallyFilled")]
    [InlineData("first Expired   then Filled")]
    public void Is_filled_when_the_venue_says_so_of_less_than_was_asked(string row)
    {
        var cell = Row.Of(row);
        var order = Sample.Working();
        foreach (var status in new[] { cell["first"], cell["then"] }.Select(Enum.Parse<VenueStatus>)) order = order.Then(order.Says(status, 0.5m, null, 1)).Order;
        Assert.Equal((OrderStatus.Closed, 0.5m, "FILLED"), (order.Status, order.CumQty.Value, order.Published!.Status));
    }

    [Fact]
    public void Ignores_the_refusal_of_a_repeat()
    {
        var order = Sample.Open().Order;
        order = order.Then(order.Says(VenueStatus.New)).Order;
        var refused = order.Then(order.Comes(ReportKind.Rejected, order.Placing(), ReasonCode.VenueRejected, "Duplicate order sent."));
        Assert.Equal((OrderStatus.Working, null, null, null), (refused.Order.Status, refused.Order.RejectedBy, refused.Order.Reason, refused.Order.Message));
        Assert.Equal(1, Assert.Single(refused.Done));
        Assert.Empty(refused.Events);
    }

    [Fact]
    public void Comes_back_from_a_refusal_that_was_a_repeats()
    {
        var order = Sample.Open(Sample.Intent with { Qty = new(1.0009m) }).Order;
        var refused = order.Then(order.Comes(ReportKind.Rejected, 1, ReasonCode.VenueRejected, "Duplicate order sent."));
        Assert.Equal((OrderStatus.Rejected, true, ReasonCode.VenueRejected), (refused.Order.Status, refused.Order.Final, refused.Order.Reason));
        var alive = refused.Order.Then(refused.Order.Says(VenueStatus.New));
        Assert.Equal((OrderStatus.Working, ReasonCode.QtyRounded, null, null), (alive.Order.Status, alive.Order.Reason, alive.Order.Message, alive.Order.ClosedAt));
        Assert.Equal((2, "NEW", 1), (alive.Result!.Seq, alive.Result.Status, alive.Corrects));
    }

    [Theory]
    [InlineData("reason InsufficientBalance  by Venue")]
    [InlineData("reason WouldTake            by Venue")]
    [InlineData("reason IntentExpired        by Router   it was never sent")]
    [InlineData("reason none                 by Venue    the venue gave none")]
    public void Says_who_refused_it(string row)
    {
        var cell = Row.Of(row);
        var order = Sample.Open().Order;
        ReasonCode? reason = cell["reason"] == "none" ? null : Enum.Parse<ReasonCode>(cell["reason"]);
        var refused = order.Then(order.Comes(ReportKind.Rejected, 1, reason, "its words")).Order;
        Assert.Equal((cell["by"], reason ?? ReasonCode.VenueRejected, "its words"), (refused.RejectedBy.ToString(), refused.Reason, refused.Message));
    }

    [Fact]
    public void Tells_its_refusal_once_though_stream_and_answer_both_bring_it()
    {
        var order = Sample.Open().Order;
        var stream = order.Then(order.Says(VenueStatus.Rejected));
        var answer = stream.Order.Then(stream.Order.Comes(ReportKind.Rejected, 1, ReasonCode.WouldTake));
        Assert.Equal(OrderEventType.Rejected, Assert.Single(stream.Events.Concat(answer.Events)).Type);
        Assert.Equal(ReasonCode.WouldTake, answer.Order.Reason);
    }

    [Fact]
    public void Is_corrected_when_the_venue_counts_a_fill_after_the_end()
    {
        var order = Sample.Working();
        var end = order.Then(order.Says(VenueStatus.Canceled));
        Assert.Equal((2, "CANCELED", 0m, true, null), (end.Result!.Seq, end.Result.Status, end.Result.CumQty.Value, end.Result.Final, end.Corrects));
        var late = end.Order.Then(end.Order.Says(VenueStatus.PartiallyFilled, 0.5m, null, 1));
        Assert.Equal((3, "CANCELED", 0.5m, true, 2), (late.Result!.Seq, late.Result.Status, late.Result.CumQty.Value, late.Result.Final, late.Corrects));
        Assert.Equal("t1", Assert.Single(late.NewTrades).Trade.TradeId);
        var all = late.Order.Then(late.Order.Says(VenueStatus.Filled, 1, null, 2));
        Assert.Equal((4, "FILLED", 1m, 3), (all.Result!.Seq, all.Result.Status, all.Result.CumQty.Value, all.Corrects));
        Assert.Null(all.Order.Then(all.Order.Says(VenueStatus.Filled, 1, null, 1, 2)).Result);
    }

    /// <summary>The stream may be faster than whoever sent the order, and only he knows the market that it was sent into.</summary>
    [Theory]
    [InlineData(ReportKind.Known)]
    [InlineData(ReportKind.Unknown)]
    public void Has_a_fill_recorded_with_the_market_that_it_was_sent_into(ReportKind answer)
    {
        var order = Sample.Open().Order;
        var heard = Invariants.Decide(order, it => it.Then(it.Says(VenueStatus.Filled, 1, null, 1, 2)));
        Assert.Empty(heard.NewTrades);
        var answered = Invariants.Decide(heard.Order, it => it.Then((answer is ReportKind.Known ? it.Says(VenueStatus.New, 0, it.Placing()) : it.Comes(answer)) with { SentAt = Sample.Start, MidAtSend = 50_000m }));
        Assert.Equal(["t1", "t2"], answered.NewTrades.Select(told => told.Trade.TradeId));
        Assert.Equal(50_000m, answered.Order.VenueOrders[0].MidAtSend);
        Assert.Empty(answered.Order.Then(answered.Order.Says(VenueStatus.Filled, 1, null, 1, 2)).NewTrades);
    }

    /// <summary>A correction is as proven as the line that it puts right.</summary>
    [Fact]
    public void Is_corrected_only_with_the_trades_that_prove_it()
    {
        var order = Sample.Working();
        var end = order.Then(order.Says(VenueStatus.Canceled)).Order;
        var counted = end.Then(end.Says(VenueStatus.Canceled, 0.5m));
        Assert.Equal((null, false, false), (counted.Result, counted.Order.Final, counted.Order.ProbeAt is null));
        var proven = counted.Order.Then(counted.Order.Says(VenueStatus.Canceled, 0.5m, null, 1));
        Assert.Equal((3, 2), (proven.Result!.Seq, proven.Corrects));
    }

    [Fact]
    public void Is_not_moved_by_a_report_about_another_order()
    {
        var order = Sample.Working();
        var decision = order.Then(order.Says(VenueStatus.Filled, 1, 77, 1, 2) with { ClientOrderId = "s4tother" });
        Assert.True(order == decision.Order);
        Assert.Equal(77, Assert.Single(decision.Done));
    }

    [Fact]
    public void Keeps_the_beginning_and_the_latest_of_a_long_life()
    {
        var intent = Sample.Intent with { Qty = new(100m) };
        var order = Sample.Working(intent);
        var first = order.Timeline[0];
        for (var lot = 1; lot <= 150; lot++) order = order.Then(order.Says(VenueStatus.PartiallyFilled, lot * 0.5m, null, lot), lot).Order;
        Assert.Equal((64, first, "75 of 100"), (order.Timeline.Length, order.Timeline[0], order.Timeline[^1].Detail));
        Assert.Equal(order.Timeline.OrderBy(note => note.At), order.Timeline);
    }

    [Theory]
    [InlineData("side Buy   mid 50000  px1 50001  px2 50002  avg 50001.5  bps 0.3    paid above the middle: a cost")]
    [InlineData("side Sell  mid 50000  px1 50001  px2 50002  avg 50001.5  bps -0.3")]
    [InlineData("side Buy   mid 0      px1 50001  px2 50002  avg 50001.5  bps none   a middle of zero is none")]
    public void Says_what_its_fills_came_to(string row)
    {
        var cell = Row.Of(row);
        var order = Sample.Open(Sample.Intent with { Side = Enum.Parse<Side>(cell["side"]) }).Order;
        order = order.Then(order.Says(VenueStatus.Filled, 1, 1, 1, 2) with { MidAtSend = cell.Decimal("mid"), CumQuote = 1m }).Order;
        Assert.Equal((cell.Decimal("avg"), cell["bps"]), (order.AvgPx!.Value, order.SlippageBps is { } bps ? DecimalJson.Format(bps) : "none"));
    }

    [Fact]
    public void Says_the_venues_own_total_while_trades_are_missing_and_nothing_without_one()
    {
        var order = Sample.Working();
        Assert.Equal(50_000m, order.Then(order.Says(VenueStatus.PartiallyFilled, 0.5m)).Order.AvgPx);
        Assert.Null(order.Then(order.Says(VenueStatus.PartiallyFilled, 0.5m) with { CumQuote = null }).Order.AvgPx);
        Assert.Null(order.AvgPx);
    }

    /// <summary>An older total over a newer quantity would be a price that nobody paid.</summary>
    [Fact]
    public void Never_divides_one_reports_total_by_anothers_quantity()
    {
        var order = Sample.Working();
        order = order.Then(order.Says(VenueStatus.PartiallyFilled, 0.3m)).Order;
        order = order.Then(order.Says(VenueStatus.PartiallyFilled, 0.6m) with { CumQuote = null }).Order;
        Assert.Null(order.AvgPx);
        order = order.Then(order.Says(VenueStatus.PartiallyFilled, 0.6m)).Order;
        Assert.Equal(50_000m, order.Then(order.Says(VenueStatus.PartiallyFilled, 0.3m)).Order.AvgPx);
    }
}
