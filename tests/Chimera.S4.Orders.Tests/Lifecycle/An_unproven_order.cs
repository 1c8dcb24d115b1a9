using Xunit;

namespace Chimera.S4.Orders.Tests;

public class An_unproven_order
{
    [Fact]
    public void Whose_placement_is_unknown_says_so_once_and_is_known_by_any_sign_of_life()
    {
        var order = Sample.Open().Order;
        var unknown = order.Then(order.Comes(ReportKind.Unknown));
        Assert.Equal((OrderStatus.Unknown, "UNKNOWN", false), (unknown.Order.Status, unknown.Result!.Status, unknown.Result.Final));
        Assert.Equal(OrderEventType.Unknown, Assert.Single(unknown.Events).Type);
        Assert.NotNull(unknown.Order.Placing());                                            // still pending: the placement looks by itself
        Assert.True(unknown.Order == unknown.Order.Then(unknown.Order.Comes(ReportKind.Unknown), 9).Order);

        var known = unknown.Order.Then(unknown.Order.Says(VenueStatus.New));
        Assert.Equal((OrderStatus.Working, "NEW"), (known.Order.Status, known.Result!.Status));
        Assert.False(known.Order.VenueOrders[0].OutcomeUnknown);
        Assert.Equal(OrderStatus.Working, known.Order.Then(known.Order.Comes(ReportKind.Unknown)).Order.Status);
    }

    [Fact]
    public void Is_not_left_by_a_look_that_brought_nothing()
    {
        var order = Sample.Open().Order;
        order = order.Then(order.Comes(ReportKind.Unknown)).Order;
        Assert.True(order == order.Then(order.Comes(ReportKind.NothingNew)).Order);
    }

    [Fact]
    public void Is_looked_at_after_half_a_second_and_then_less_and_less_often_until_it_is_proven()
    {
        var order = Sample.Working();
        order = order.Then(order.Says(VenueStatus.Filled, 1, null, 1)).Order;
        Assert.Equal((OrderStatus.Filled, false), (order.Status, order.Final));
        Assert.Equal("NEW", order.Published!.Status);                                       // the end is not told while a trade is missing
        var now = Sample.Start;
        foreach (var seconds in new[] { 0.5, 1, 2, 4, 8, 15, 30, 30, 30 })
        {
            Assert.Equal(now.AddSeconds(seconds), order.ProbeAt);
            now = order.ProbeAt!.Value;
            var probe = Invariants.DecidePurely(order, it => OrderDecider.OnProbe(it, MarketView.At(now)));
            var query = Assert.IsType<QueryEffect>(Assert.Single(probe.Effects));
            Assert.Equal((order.Name(), "v1"), (query.ClientOrderId, query.VenueOrderId));
            Assert.Empty(OrderDecider.OnProbe(probe.Order, MarketView.At(now)).Effects);                   // one look at a time
            var answer = probe.Order.Then(probe.Order.Comes(ReportKind.NothingNew, query.Seq));
            Assert.Equal(query.Seq, Assert.Single(answer.Done));
            order = answer.Order;
        }
        var end = order.Then(order.Says(VenueStatus.Filled, 1, null, 2));
        Assert.Equal((OrderStatus.Closed, true, null, 0), (end.Order.Status, end.Order.Final, end.Order.ProbeAt, end.Order.Probes));
        Assert.Equal(new PublishedResult(end.Order.ResultSeq, "FILLED", new(1m), Final: true), end.Result);
        Assert.True(end.Order == OrderDecider.OnProbe(end.Order, MarketView.At(now.AddHours(1))).Order);   // a late timer is a no-op
    }

    [Fact]
    public void That_was_canceled_is_looked_for_under_the_name_of_its_cancel_as_well()
    {
        var order = OrderDecider.OnCancel(Sample.Working(), null, null, null, MarketView.At(Sample.Start)).Order;
        order = order.Then(order.Says(VenueStatus.Canceled, 0.5m)).Order;
        var query = (QueryEffect)OrderDecider.OnProbe(order, MarketView.At(order.ProbeAt!.Value)).Effects[0];
        Assert.Equal(ClientOrderId.CancelId(order.Name(), 0), query.CancelId);
    }

    [Theory]
    [InlineData("Filled    cum 1    word FILLED")]
    [InlineData("Canceled  cum 0.5  word CANCELED")]
    [InlineData("Expired   cum 0.5  word EXPIRED")]
    public void That_ended_before_its_placement_was_answered_is_told_as_ended_only_then(string row)
    {
        var status = Enum.Parse<VenueStatus>(row.Split(' ')[0]);
        var cell = Row.Of("status " + row);
        int[] lots = status is VenueStatus.Filled ? [1, 2] : [1];
        var order = Sample.Open().Order;
        var stream = order.Then(order.Says(status, cell.Decimal("cum"), null, lots));
        Assert.Equal((null, false), (stream.Result, stream.Order.Final));
        var answer = stream.Order.Then(stream.Order.Says(VenueStatus.New, answers: order.Placing()));
        Assert.Equal((cell["word"], cell.Decimal("cum"), true), (answer.Result!.Status, answer.Result.CumQty.Value, answer.Result.Final));
        Assert.Equal(order.Placing(), Assert.Single(answer.Done));
    }

    [Fact]
    public void That_needs_review_says_so_until_the_venue_tells_more()
    {
        var order = Sample.Open().Order;
        order = order.Then(order.Comes(ReportKind.Unknown) with { NeedsReview = true }).Order;
        Assert.Equal((OrderStatus.Unknown, ReasonCode.NeedsReview), (order.Status, order.Code));
        Assert.Contains(order.Timeline, note => note.What == "NEEDS_REVIEW");
        Assert.True(order.Then(order.Comes(ReportKind.Unknown)).Order.NeedsReview);                           // another look that brings nothing
        var found = order.Then(order.Says(VenueStatus.New)).Order;
        Assert.Equal((OrderStatus.Working, null), (found.Status, found.Code));
    }
}
