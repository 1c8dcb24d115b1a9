using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Spec §5.3 and §11 on spot: both exits at the venue as one list; where it takes none, S4's guard or the market.</summary>
public class An_oco
{
    static SpotStory Bought() => SpotStory.Of(SpotStory.Oco).Then(0, VenueStatus.Filled, 1);
    static SpotStory Standing() => Bought().Stands();

    /// <summary>Found by 300 intents at once: the answer to the list was lost, the list was canceled, and its orders are not found any more by the ids that they were placed with.</summary>
    [Fact]
    public void Is_there_when_each_of_its_orders_was_heard_though_its_placement_was_never_answered()
    {
        var order = SpotStory.Of(SpotStory.Held).Order;
        var placing = order.VenueOrders[0].PlaceSeq;
        Decision Heard(Order of, int at) => OrderDecider.OnReport(of, new Observation { ClientOrderId = of.VenueOrders[at].ClientOrderId, Kind = ReportKind.Known, VenueOrderId = $"v{at}", Status = VenueStatus.New }, MarketView.At(Sample.Start));

        var first = Heard(order, 0);
        Assert.Empty(first.Done);
        Assert.NotNull(first.Order.VenueOrders[0].PlaceSeq);
        var second = Heard(first.Order, 1);
        Assert.Equal(placing, Assert.Single(second.Done));
        Assert.All(second.Order.VenueOrders, venue => Assert.Equal((null, Sample.Start), (venue.PlaceSeq, venue.AckedAt)));      // the record has no gap where no answer ever came
    }

    /// <summary>Found by the simulation: between two tries it was told as CANCELED and final, and then it sold.</summary>
    [Fact]
    public void Goes_on_when_the_sale_in_place_of_its_list_is_refused_once()
    {
        var story = SpotStory.Of(SpotStory.Held, isGuarded: false, features: Features.None);
        Assert.Equal("MARKET 1", story.Does);
        Assert.Equal((null, false), (story.Order.Legs[0].Ended, story.Order.Final));
        story.Refused(0, ReasonCode.VenueTooManyOrders);
        Assert.Equal((null, false, true), (story.Order.Legs[0].Ended, story.Order.Final, story.Order.WakeAt is not null));
    }

    /// <summary>Found by the simulation: what is proven so far is too little to be sold, and without a fresh quote it was sent all the same.</summary>
    [Fact]
    public void Sends_no_dust_where_no_quote_is_fresh()
    {
        var story = SpotStory.Of(SpotStory.Oco, isGuarded: false, features: Features.None);
        story.HasQuote = false;
        Assert.Equal("", story.Then(0, VenueStatus.PartiallyFilled, 0.01m).Does);
        story.Then(0, VenueStatus.Canceled, 0.01m);
        Assert.Equal(("", ReasonCode.RemainderTooSmall), (story.Does, story.Order.Legs[1].Why));
    }

    [Fact]
    public void Has_both_legs_at_the_venue_once_it_is_bought()
    {
        var story = Bought();
        Assert.Equal("OCO 1", story.Does);
        Assert.True(story.Order.Watch is { IsArmed: true }, "until they stand, S4 watches");
        story.Stands();
        Assert.Equal(("OcoArmed", "FILLED", false, null), (story.Tells, story.Order.Wire(), story.Order.Final, story.Order.Watch));
        var list = Assert.IsType<PlaceListEffect>(Bought().Last.Effects[0]);
        Assert.Equal((OrderType.LimitMaker, 110m, null, OrderType.Stop, null, 90m, Side.Sell),
            (list.Above.Type, list.Above.Price!.Value.Value, list.Above.TriggerPx, list.Below.Type, list.Below.Price, list.Below.TriggerPx!.Value.Value, list.Side));
    }

    [Fact]
    public void Comes_with_its_entry_where_the_venue_takes_that()
    {
        var story = SpotStory.Of(SpotStory.AtLimit);
        Assert.Equal("OTOCO 1/0.999", story.Does);
        story.Then(2, VenueStatus.New).Stands();
        Assert.Equal(("ACCEPTED", OrderStatus.Armed), (story.Order.Wire(), story.Order.Status));
        story.Then(2, VenueStatus.Filled, 1, fee: 0.001m);
        Assert.Equal(("", null), (story.Does, story.Order.Watch));
    }

    [Fact]
    public void Is_made_as_large_as_what_is_held_when_fees_are_not_taken_in_it()
    {
        var story = SpotStory.Of(SpotStory.AtLimit with { Qty = new(80) }).Then(2, VenueStatus.New).Stands().Then(2, VenueStatus.Filled, 80, 0.01m, "BNB");
        Assert.Equal("cancel LIMIT_MAKER, cancel STOP", story.Does);
        Assert.True(story.Order.Watch is { IsArmed: true });
        Assert.Equal("OCO 80", story.Then(1, VenueStatus.Canceled).Then(0, VenueStatus.Canceled).Does);
    }

    [Theory]
    [InlineData(ReasonCode.VenueRejected, "LIMIT_MAKER 1")]
    [InlineData(ReasonCode.InsufficientBalance, "")]
    public void Enters_alone_where_the_venue_refuses_the_list_for_its_own_sake(ReasonCode reason, string does)
    {
        var story = SpotStory.Of(SpotStory.AtLimit).Refused(2, reason).Refused(1, reason);
        Assert.Equal("", story.Does);
        Assert.Equal(does, story.Refused(0, reason).Does);
        Assert.Equal(does.Length == 0, story.Order is { Status: OrderStatus.Rejected, Final: true });
    }

    [Fact]
    public void Protects_the_part_that_was_bought_before_the_entry_was_canceled()
    {
        var story = SpotStory.Of(SpotStory.AtLimit).Then(2, VenueStatus.New).Stands().Then(2, VenueStatus.PartiallyFilled, 0.4m);
        Assert.True(story.Order.Watch is { IsArmed: true }, "the exits wait for the whole entry");
        Assert.Equal("cancel LIMIT_MAKER", story.Canceled().Does);
        story.Then(2, VenueStatus.Canceled, 0.4m).Then(1, VenueStatus.Expired).Then(0, VenueStatus.Expired);
        Assert.Equal("OCO 0.4", story.Does);
    }

    [Fact]
    public void Falls_back_to_the_guard_when_one_leg_fails()
    {
        var story = Bought().Then(1, VenueStatus.New).Refused(0, ReasonCode.VenueFilter);
        Assert.Equal("cancel LIMIT_MAKER", story.Does);
        story.Then(1, VenueStatus.Canceled);
        Assert.Equal(("STOP 1@90", "OcoFallback"), (story.Does, story.Tells));
        Assert.True(story.Order.Watch is { IsArmed: true, TpPx: { Value: 110 } }, "nothing at the venue sells at the upper price: S4 does");
        Assert.Null(story.Then(0, VenueStatus.New).Order.NakedSince);
    }

    [Fact]
    public void Falls_back_to_the_market_where_the_intent_says_so()
    {
        var intent = SpotStory.Oco with { Oco = SpotStory.Oco.Oco! with { OnLegFailure = OnLegFailure.Market } };
        var story = SpotStory.Of(intent).Then(0, VenueStatus.Filled, 1).Refused(1, ReasonCode.VenueRejected).Refused(0, ReasonCode.VenueRejected);
        Assert.Equal(("MARKET 1", "OcoFallback"), (story.Does, story.Tells));
        Assert.Equal(OrderStatus.Closed, story.Then(0, VenueStatus.Filled, 1).Order.Status);
    }

    [Fact]
    public void Is_sold_at_market_where_S4_may_not_watch()
    {
        var story = SpotStory.Of(SpotStory.Oco, isGuarded: false).Then(0, VenueStatus.Filled, 1);
        Assert.Null(story.Order.Watch);
        Assert.Equal("MARKET 1", story.Refused(1, ReasonCode.VenueRejected).Refused(0, ReasonCode.VenueRejected).Does);
    }

    [Fact]
    public void Is_guarded_on_a_symbol_that_has_no_lists() => Assert.Equal(("STOP 1@90", "OcoFallback, GuardArmed"), Seen(SpotStory.Of(SpotStory.Oco, features: Features.None).Then(0, VenueStatus.Filled, 1)));

    [Fact]
    public void Is_left_at_market_once_when_the_price_is_past_it_already()
    {
        Assert.Equal("MARKET 1", Bought().Refused(1, ReasonCode.WouldTrigger).Refused(0, ReasonCode.WouldTrigger).Does);
        var above = Bought().Refused(1, ReasonCode.VenueRejected).Refused(0, ReasonCode.VenueRejected).Then(0, VenueStatus.New).At(110.5m);
        Assert.Equal(("cancel STOP", "GuardTriggered"), Seen(above.Order.Watch is null ? throw new Xunit.Sdk.XunitException("nobody watches for the upper price") : above));
        Assert.Equal("MARKET 1", above.Then(0, VenueStatus.Canceled).Does);
    }

    [Fact]
    public void Leaves_what_its_take_profit_has_not_sold_to_the_guard()
    {
        var story = Standing().Then(1, VenueStatus.PartiallyFilled, 0.4m);
        Assert.Equal("cancel STOP", story.Does);                                                    // gone at the venue: this finds that out
        Assert.True(story.Then(0, VenueStatus.Expired).Order.Watch is { IsArmed: true });
        Assert.Equal(("cancel LIMIT_MAKER", "GuardTriggered"), Seen(story.At(89)));
        story.At(95);
        Assert.Equal("MARKET 0.6", story.Then(1, VenueStatus.Canceled, 0.4m).Does);
        Assert.Equal((OrderStatus.Closed, true), (story.Then(0, VenueStatus.Filled, 0.6m).Order.Status, story.Order.Final));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Is_closed_when_either_leg_has_filled_and_the_other_is_gone(int filled, int other)
    {
        var story = Standing().Then(filled, VenueStatus.Filled, 1);
        Assert.Equal(("FILLED", false), (story.Order.Wire(), story.Order.Final));
        Assert.StartsWith("cancel", story.Does);
        Assert.Equal((OrderStatus.Closed, true), (story.Then(other, VenueStatus.Expired).Order.Status, story.Order.Final));
    }

    [Fact]
    public void Asks_the_venue_when_one_leg_has_ended_and_nothing_is_heard_of_the_other()
    {
        var story = Standing().Then(1, VenueStatus.Expired);
        Assert.NotNull(story.Order.ProbeAt);
        Assert.Contains(OrderDecider.OnProbe(story.Order, story.Facts.View).Effects.OfType<QueryEffect>(), query => query.ClientOrderId == story.Order.VenueOrders[^1].ClientOrderId);
    }

    [Fact]
    public void Sells_no_more_than_is_left_after_fees_and_tells_of_dust()
    {
        var story = SpotStory.Of(SpotStory.Oco).Then(0, VenueStatus.Filled, 1, fee: 0.0015m);
        Assert.Equal("OCO 0.998", story.Does);
        story.Stands().Then(1, VenueStatus.Filled, 0.998m).Then(0, VenueStatus.Expired);
        Assert.Equal((OrderStatus.Closed, ReasonCode.RemainderTooSmall), (story.Order.Status, story.Order.Legs[1].Why));
        Assert.Contains(story.Order.Timeline, note => note is { What: "DUST", Detail: "0.0005 BTC is too little to be sold" });
    }

    [Fact]
    public void Keeps_its_exits_when_it_is_canceled_once_and_loses_them_when_they_are_all_there_is() =>
        Assert.Equal((OrderStatus.Closed, true), (Standing().Canceled().Then(1, VenueStatus.Canceled).Then(0, VenueStatus.Canceled).Order.Status, true));

    [Fact]
    public void Is_not_wanted_back_when_somebody_cancels_it_at_the_venue()
    {
        var story = Standing().Then(1, VenueStatus.Canceled).Then(0, VenueStatus.Canceled);
        Assert.Equal(("", VenueStatus.Canceled, null), (story.Does, story.Order.Legs[1].Ended, story.Order.Watch));
    }

    [Fact]
    public void Of_what_is_held_is_armed_until_one_leg_fills()
    {
        var story = SpotStory.Of(SpotStory.Held);
        Assert.Equal("OCO 1", story.Does);
        Assert.Equal(("ACCEPTED", OrderStatus.Armed), (story.Stands().Order.Wire(), story.Order.Status));
        story.Then(0, VenueStatus.Filled, 1).Then(1, VenueStatus.Expired);
        Assert.Equal((OrderStatus.Closed, true, 1m, 100m), (story.Order.Status, story.Order.Final, story.Order.CumQty.Value, story.Order.AvgPx));
    }

    [Fact]
    public void Of_what_is_held_goes_as_a_whole_when_it_is_canceled()
    {
        var story = SpotStory.Of(SpotStory.Held).Stands().Canceled();
        Assert.Equal("cancel LIMIT_MAKER, cancel STOP", story.Does);
        Assert.Equal((OrderStatus.Canceled, true), (story.Then(1, VenueStatus.Canceled).Then(0, VenueStatus.Canceled).Order.Status, story.Order.Final));
    }

    [Fact]
    public void Of_what_is_not_held_is_rejected()
    {
        var story = SpotStory.Of(SpotStory.Held).Refused(1, ReasonCode.InsufficientBalance).Refused(0, ReasonCode.InsufficientBalance);
        Assert.Equal((OrderStatus.Rejected, ReasonCode.InsufficientBalance, RejectedBy.Venue), (story.Order.Status, story.Order.Reason, story.Order.RejectedBy));
    }

    static (string, string) Seen(SpotStory story) => (story.Does, story.Tells);
}
