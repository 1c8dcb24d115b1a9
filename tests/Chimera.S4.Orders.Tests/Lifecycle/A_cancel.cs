using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_cancel
{
    static readonly Waiter Caller = Sample.Waiter(WaitsFor.Cancel);

    [Fact]
    public void Of_a_working_order_goes_out_once_under_a_name_of_its_own()
    {
        var order = Sample.Working();
        var first = Cancel(order);
        var cancel = Assert.IsType<CancelEffect>(Assert.Single(first.Effects));
        Assert.Equal((order.Name(), "v1", ClientOrderId.CancelId(order.Name(), 0)), (cancel.ClientOrderId, cancel.VenueOrderId, cancel.CancelId));
        Assert.Equal((OrderStatus.PendingCancel, "NEW", "BY_HAND"), (first.Order.Status, first.Order.Wire(), first.Order.CancelReason));
        Assert.Empty(Cancel(first.Order).Effects);
        Assert.Empty(first.Order.Then(first.Order.Says(VenueStatus.PartiallyFilled, 0.5m, null, 1)).Effects);
    }

    [Theory]
    [InlineData("heard New")]
    [InlineData("heard PartiallyFilled")]
    public void Waits_while_the_placement_is_open_and_goes_out_when_the_venue_is_heard(string row)
    {
        var heard = Enum.Parse<VenueStatus>(Row.Of(row)["heard"]);
        foreach (var isUnknown in new[] { false, true })
        {
            var order = Sample.Open().Order;
            if (isUnknown) order = order.Then(order.Comes(ReportKind.Unknown)).Order;
            var asked = Cancel(order);
            Assert.Empty(asked.Effects);
            Assert.Equal(isUnknown ? OrderStatus.Unknown : OrderStatus.PendingNew, asked.Order.Status);
            var cum = heard is VenueStatus.New ? 0 : 0.5m;
            var known = asked.Order.Then(asked.Order.Says(heard, cum, null, heard is VenueStatus.New ? [] : [1]));
            Assert.IsType<CancelEffect>(Assert.Single(known.Effects));
            Assert.Equal(OrderStatus.PendingCancel, known.Order.Status);
        }
    }

    [Fact]
    public void Still_waits_after_another_unproven_look()
    {
        var order = Cancel(Sample.Open().Order).Order;
        order = order.Then(order.Comes(ReportKind.Unknown)).Order;
        Assert.Empty(order.Then(order.Comes(ReportKind.Unknown)).Effects);
    }

    [Fact]
    public void That_came_before_a_refused_placement_ends_rejected()
    {
        var order = Cancel(Sample.Open().Order).Order;
        var end = order.Then(order.Comes(ReportKind.Rejected, order.Placing(), ReasonCode.InsufficientBalance));
        Assert.Empty(end.Effects);
        Assert.Equal((OrderStatus.Rejected, true), (end.Order.Status, end.Order.Final));
        Assert.Equal(Caller, Assert.Single(end.Replies).To);
    }

    [Theory]
    [InlineData("story canceled         -> Canceled  cum 0")]
    [InlineData("story fill,canceled    -> Canceled  cum 0.5   partly filled, then canceled")]
    [InlineData("story canceled,fill    -> Canceled  cum 0.5   the fill was on the wire")]
    [InlineData("story filled           -> Closed    cum 1     the fill beat the cancel")]
    [InlineData("story filled,canceled  -> Closed    cum 1     a stale word after it")]
    [InlineData("story canceled,filled  -> Closed    cum 1     Canceled, and then all of it had traded")]
    public void Races_the_fills_both_ways(string row)
    {
        var cell = Row.Of(row);
        var decision = Cancel(Sample.Working());
        var pending = decision.Order.VenueOrders[0].CancelSeq!.Value;
        var (replies, done) = (new List<ReplyEffect>(decision.Replies), new List<int>());
        foreach (var happens in cell["story"].Split(','))
        {
            var order = decision.Order;
            decision = Invariants.DecidePurely(order, it => it.Then(happens switch
            {
                "fill" => it.Says(VenueStatus.PartiallyFilled, 0.5m, null, 1),
                "filled" => it.Says(VenueStatus.Filled, 1, null, 1, 2),
                _ => it.Says(VenueStatus.Canceled, it.CumQty.Value, it.VenueOrders[0].CancelSeq),
            }, 1));
            replies.AddRange(decision.Replies);
            done.AddRange(decision.Done);
        }
        Assert.Equal((cell["->"], cell.Decimal("cum"), true), (decision.Order.Status.ToString(), decision.Order.CumQty.Value, decision.Order.Final));
        Assert.Equal(Caller, Assert.Single(replies).To);
        Assert.Contains(pending, done);
        Assert.Null(decision.Order.VenueOrders[0].CancelSeq);
    }

    [Fact]
    public void Of_an_order_that_has_ended_is_answered_and_asks_for_nothing()
    {
        var order = Sample.Working();
        order = order.Then(order.Says(VenueStatus.Filled, 1, null, 1, 2)).Order;
        var cancel = Cancel(order);
        Assert.Equal(Caller, Assert.Single(cancel.Replies).To);
        Assert.Empty(cancel.Effects);
        Assert.False(cancel.Order.CancelAsked);
    }

    [Fact]
    public void Of_an_order_that_ended_unproven_is_answered_when_it_is_proven()
    {
        var order = Sample.Working();
        order = order.Then(order.Says(VenueStatus.Filled, 1)).Order;
        var cancel = Cancel(order);
        Assert.Empty(cancel.Replies);
        Assert.Equal(Caller, Assert.Single(cancel.Order.Then(cancel.Order.Says(VenueStatus.Filled, 1, null, 1, 2)).Replies).To);
    }

    static Decision Cancel(Order order) => Invariants.DecidePurely(order, it => OrderDecider.OnCancel(it, null, "BY_HAND", Caller, MarketView.At(Sample.Start)));
}
