using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_new_intent
{
    [Fact]
    public void That_is_accepted_is_placed_once_and_recorded()
    {
        var waiter = Sample.Waiter(WaitsFor.Answer);
        var decision = Sample.Open(waiter: waiter);
        var place = Assert.IsType<PlaceEffect>(Assert.Single(decision.Effects));
        Assert.Equal(
            (1, Market.Spot, "BTCUSDT", Side.Buy, OrderType.Limit, 1m, 50_000m, TimeInForce.Gtc, false),
            (place.Seq, place.Market, place.Symbol, place.Side, place.Type, place.Qty.Value, place.Price!.Value.Value, place.TimeInForce!.Value, place.ReduceOnly));
        Assert.Equal(decision.Order.Name(), place.ClientOrderId);
        Assert.Equal((OrderStatus.PendingNew, 1m), (decision.Order.Status, decision.Order.OrderQty.Value));
        Assert.Equal(OrderEventType.Accepted, Assert.Single(decision.Events).Type);
        Assert.Equal((null, false), (decision.Result, decision.RecordEffect is null));   // nothing is reported before the venue is heard
        Assert.Empty(decision.Replies);
        Assert.Equal(waiter, Assert.Single(decision.Order.Waiters));
    }

    [Fact]
    public void That_only_waits_for_acceptance_is_answered_at_once()
    {
        var waiter = Sample.Waiter(WaitsFor.Acceptance);
        var decision = Sample.Open(waiter: waiter);
        Assert.Equal(waiter, Assert.Single(decision.Replies).To);
        Assert.Empty(decision.Order.Waiters);
    }

    [Fact]
    public void That_is_denied_is_final_reported_recorded_and_answered_and_nothing_is_placed()
    {
        var decision = Sample.Open(Sample.Intent with { Qty = new(0.0001m) }, waiter: Sample.Waiter(WaitsFor.Answer));
        var order = decision.Order;
        Assert.Equal((OrderStatus.Rejected, RejectedBy.Router, ReasonCode.QtyBelowStep, 0m, true), (order.Status, order.RejectedBy, order.Reason, order.OrderQty.Value, order.Final));
        Assert.Empty(decision.Effects);
        Assert.Empty(order.VenueOrders);
        Assert.Equal(new PublishedResult(1, "REJECTED", Quantity.Zero, Final: true), decision.Result);
        Assert.Equal((OrderEventType.Rejected, ReasonCode.QtyBelowStep), (Assert.Single(decision.Events).Type, decision.Events[0].Code!.Value));
        Assert.Null(Assert.Single(decision.Replies).Refused);   // the denial is the answer: the request as such was dealt with
        Assert.NotNull(decision.RecordEffect);
    }

    [Fact]
    public void That_intake_could_not_read_is_denied_with_what_intake_says()
    {
        var denial = new Denial(ReasonCode.UnknownWord, "side 'LONG' is not BUY or SELL");
        Assert.Equal((denial.Reason, denial.Message), (Sample.Open(malformed: denial).Order.Reason, Sample.Open(malformed: denial).Order.Message));
    }

    [Theory]
    [InlineData("asked 1       worked 1      code none")]
    [InlineData("asked 1.0009  worked 1      code QtyRounded")]
    [InlineData("asked 0.0019  worked 0.001  code QtyRounded")]
    public void Is_worked_on_the_grid_and_says_when_that_is_less(string row)
    {
        var cell = Row.Of(row);
        var order = Sample.Open(Sample.Intent with { Qty = new(cell.Decimal("asked")) }).Order;
        Assert.Equal((cell.Decimal("worked"), cell["code"]), (order.OrderQty.Value, order.Reason?.ToString() ?? "none"));
        Assert.Equal(cell.Decimal("worked"), order.VenueOrders[0].OrderQty.Value);
    }

    [Theory]
    [InlineData("type Market      tif none  places none")]
    [InlineData("type LimitMaker  tif none  places none")]
    [InlineData("type Limit       tif none  places Gtc   the default is said, not left to the venue")]
    [InlineData("type Limit       tif Ioc   places Ioc")]
    public void Is_placed_with_its_time_in_force(string row)
    {
        var cell = Row.Of(row);
        var type = Enum.Parse<OrderType>(cell["type"]);
        var intent = Sample.Intent with { Type = type, Price = type is OrderType.Market ? null : new(50_000m), TimeInForce = Enum.TryParse<TimeInForce>(cell["tif"], out var tif) ? tif : null };
        Assert.Equal(cell["places"], ((PlaceEffect)Sample.Open(intent).Effects[0]).TimeInForce?.ToString() ?? "none");
    }

    [Fact]
    public void That_ends_at_a_time_is_not_placed_after_it()
    {
        var end = Sample.Start.AddSeconds(9);
        Assert.Equal(end, ((PlaceEffect)Sample.Open(Sample.Intent with { ExpiresAt = end }).Effects[0]).NotAfter);
    }
}
