using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Spec §5.1 and themes E and H of the field notes.</summary>
public class Maker_then_taker
{
    static readonly Intent Patient = Sample.Intent with { Type = OrderType.Market, Price = null, TimeInForce = null, Maker = new MakerTerms(TimeSpan.FromSeconds(2), 0.2m) };
    static readonly Quote Book = new([new(49_999m, 5)], [new(50_001m, 5)], Sample.Start);

    static Decision Open(Intent? intent = null) => Sample.Open(intent ?? Patient, Sample.Facts with { Quote = Book });
    static MarketView At(double seconds, decimal bid = 49_999m) =>
        new() { Now = Sample.Start.AddSeconds(seconds), Instrument = Sample.Instrument, Quote = Book with { Bids = [new(bid, 5)] } };

    static PlaceEffect Placed(Decision decision) => Assert.Single(decision.Effects.OfType<PlaceEffect>());
    static Observation Says(PlaceEffect of, VenueStatus status, decimal cum = 0) => new()
    {
        ClientOrderId = of.ClientOrderId, Kind = ReportKind.Known, EffectSeq = of.Seq, VenueOrderId = "v", Status = status, CumQty = new(cum),
        Trades = cum == 0 ? [] : [new Trade($"t-{of.ClientOrderId}", new(cum), of.Price ?? new(50_001m), 0, null, of.Price is not null, Sample.Start)],
    };

    [Fact]
    public void Rests_at_the_touch_first()
    {
        var decision = Open();
        var place = Placed(decision);
        Assert.Equal((OrderType.LimitMaker, 1m, 49_999m), (place.Type, place.Qty.Value, place.Price?.Value));
        Assert.True(decision.Order.WakeAt > Sample.Start && decision.Order.WakeAt <= Sample.Start.AddSeconds(1));
    }

    [Fact]
    public void Fills_in_its_window_without_taking()
    {
        var first = Open();
        var end = OrderDecider.OnReport(first.Order, Says(Placed(first), VenueStatus.Filled, 1), At(0.5));
        Assert.Equal((OrderStatus.Closed, 49_999m, null), (end.Order.Status, end.Order.AvgPx, end.Order.WakeAt));
        Assert.Empty(end.Effects);
    }

    [Fact]
    public void Takes_the_rest_after_its_window_and_tells_the_slippage()
    {
        var first = Open();
        var (maker, order) = (Placed(first), first.Order);
        order = OrderDecider.OnReport(order, Says(maker, VenueStatus.PartiallyFilled, 0.5m) with { MidAtSend = 50_000m }, At(0.5)).Order;
        var over = OrderDecider.OnWake(order, At(2));
        Assert.IsType<CancelEffect>(Assert.Single(over.Effects));
        var taken = OrderDecider.OnReport(over.Order, Says(maker, VenueStatus.Canceled, 0.5m) with { EffectSeq = over.Effects[0].Seq }, At(2.1));
        var taker = Placed(taken);
        Assert.Equal((OrderType.Market, 0.5m), (taker.Type, taker.Qty.Value));
        var end = OrderDecider.OnReport(taken.Order, Says(taker, VenueStatus.Filled, 0.5m), At(2.2));
        Assert.Equal((OrderStatus.Closed, 1m, 50_000m, 0m), (end.Order.Status, end.Order.CumQty.Value, end.Order.AvgPx, end.Order.SlippageBps));
    }

    [Fact]
    public void Waits_half_its_window_only_when_too_little_has_come()
    {
        var first = Open();
        var order = OrderDecider.OnReport(first.Order, Says(Placed(first), VenueStatus.New), At(0.1)).Order;
        Assert.Empty(OrderDecider.OnWake(order, At(0.99)).Effects);
        Assert.IsType<CancelEffect>(Assert.Single(OrderDecider.OnWake(order, At(1)).Effects));
        var some = OrderDecider.OnReport(order, Says(Placed(first), VenueStatus.PartiallyFilled, 0.2m), At(0.5)).Order;
        Assert.Empty(OrderDecider.OnWake(some, At(1)).Effects);
    }

    [Fact]
    public void Counts_a_fill_that_races_the_cancel()
    {
        var first = Open();
        var (maker, order) = (Placed(first), OrderDecider.OnReport(first.Order, Says(Placed(first), VenueStatus.New), At(0.1)).Order);
        var over = OrderDecider.OnWake(order, At(2));
        Assert.Empty(over.Effects.OfType<PlaceEffect>());                                   // nothing before the end is seen
        var taken = OrderDecider.OnReport(over.Order, Says(maker, VenueStatus.Canceled, 0.7m), At(2.1));
        Assert.Equal(0.3m, Placed(taken).Qty.Value);
    }

    [Fact]
    public void Quotes_anew_when_others_stand_before_it_and_only_after_the_cancel_is_seen()
    {
        var first = Open();
        var maker = Placed(first);
        var order = OrderDecider.OnReport(first.Order, Says(maker, VenueStatus.New), At(0.1)).Order;
        Assert.Empty(OrderDecider.OnWake(order, At(0.3)).Effects);                          // an unchanged price keeps its place in the queue
        Assert.Empty(OrderDecider.OnWake(order, At(0.3, bid: 49_998m)).Effects);            // best alone is as good as it gets
        var behind = OrderDecider.OnWake(order, At(0.3, bid: 50_000m));
        Assert.IsType<CancelEffect>(Assert.Single(behind.Effects));
        var again = Placed(OrderDecider.OnReport(behind.Order, Says(maker, VenueStatus.Canceled), At(0.4, bid: 50_000m)));
        Assert.Equal((OrderType.LimitMaker, 50_000m), (again.Type, again.Price?.Value));
        Assert.NotEqual(maker.ClientOrderId, again.ClientOrderId);
    }

    [Theory]
    [InlineData(VenueStatus.Rejected)]
    [InlineData(VenueStatus.Expired)]
    public void Sees_a_miss_where_a_post_only_order_would_have_taken(VenueStatus how)
    {
        var decision = Open();
        for (var quote = 0; quote < 4; quote++)
        {
            var maker = Placed(decision);
            Assert.Equal(OrderType.LimitMaker, maker.Type);
            var miss = how is VenueStatus.Expired
                ? Says(maker, how)
                : new Observation { ClientOrderId = maker.ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.WouldTake, EffectSeq = maker.Seq };
            decision = OrderDecider.OnReport(decision.Order, miss, At(0.01 * quote));
        }
        Assert.Equal(OrderType.Market, Placed(decision).Type);                              // three re-quotes and no more
    }

    [Fact]
    public void Ends_where_it_is_refused_for_good()
    {
        var first = Open();
        var refusal = new Observation { ClientOrderId = Placed(first).ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.InsufficientBalance, EffectSeq = 1, VenueText = "no money" };
        var end = OrderDecider.OnReport(first.Order, refusal, At(0.1));
        Assert.Equal((OrderStatus.Rejected, true, ReasonCode.InsufficientBalance, RejectedBy.Venue, "no money"), (end.Order.Status, end.Order.Final, end.Order.Reason, end.Order.RejectedBy, end.Order.Message));
    }

    [Fact]
    public void Waits_for_a_price_and_takes_when_none_comes()
    {
        var decision = Sample.Open(Patient, Sample.Facts with { Quote = null });
        Assert.Empty(decision.Effects);
        Assert.Equal(Sample.Start.AddMilliseconds(250), decision.Order.WakeAt);
        Assert.Equal(OrderType.Market, Placed(OrderDecider.OnWake(decision.Order, At(1) with { Quote = null })).Type);
    }

    [Fact]
    public void Leaves_a_rest_that_is_too_small_with_its_reason()
    {
        var first = Open();
        var order = OrderDecider.OnReport(first.Order, Says(Placed(first), VenueStatus.PartiallyFilled, 0.9995m), At(0.1)).Order;
        var over = OrderDecider.OnWake(order, At(2));
        var end = OrderDecider.OnReport(over.Order, Says(Placed(first), VenueStatus.Canceled, 0.9995m) with { EffectSeq = over.Effects[0].Seq }, At(2.1));
        Assert.Equal((OrderStatus.Expired, true, ReasonCode.RemainderTooSmall, 0.9995m), (end.Order.Status, end.Order.Final, end.Order.Reason, end.Order.CumQty.Value));
    }

    /// <summary>Seed 461612 of the simulation: the maker's answer was lost, the cancel's tells its fill without a trade, and no book is fresh.</summary>
    [Fact]
    public void Leaves_it_also_where_only_the_price_at_which_it_rested_is_known()
    {
        var first = Open();
        var over = OrderDecider.OnWake(OrderDecider.OnReport(first.Order, Says(Placed(first), VenueStatus.New), At(0.1)).Order, At(2));
        // 0.0999 × 49,999 is below 5,000.
        var dear = Sample.Instrument with { MinNotional = 5_000 };
        var end = OrderDecider.OnReport(over.Order, Says(Placed(first), VenueStatus.Canceled, 0.9001m) with { EffectSeq = over.Effects[0].Seq, Trades = [] }, At(2.1) with { Quote = null, Instrument = dear });
        Assert.Empty(end.Effects);
        Assert.Equal((OrderStatus.Expired, ReasonCode.RemainderTooSmall, 0.9001m), (end.Order.Status, end.Order.Reason, end.Order.CumQty.Value));
    }

    [Fact]
    public void Fills_exactly_what_was_asked_in_any_life() => Seeds.Each(1_500, random => PolicyLife.Live(Patient with { Qty = new(random.Next(60, 4_000) / 1000m), Side = random.Pick(Side.Buy, Side.Sell) }, random));
}
