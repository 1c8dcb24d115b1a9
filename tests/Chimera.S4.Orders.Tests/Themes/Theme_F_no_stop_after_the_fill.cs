using Xunit;

namespace Chimera.S4.Orders.Tests.Themes;

/// <summary>Field notes §3 F: what is protected is what was filled less fees, rounded down; dust is told of; past the stop it is left at market once.</summary>
public class Theme_F_no_stop_after_the_fill
{
    /// <summary>freqtrade#2011: a part below the smallest notional was rejected as a stop, and the bot crashed.</summary>
    [Fact]
    public void A_fill_of_one_lot_waits_for_more_before_it_has_a_stop_and_is_watched_meanwhile()
    {
        var story = SpotStory.Of(SpotStory.Guard).Then(0, VenueStatus.New).Then(0, VenueStatus.PartiallyFilled, 0.001m);
        Assert.Equal("", story.Does);                                                        // 0.001 × 90 is below 5
        Assert.Equal("STOP 0.06@90", story.Then(0, VenueStatus.PartiallyFilled, 0.06m).Does);
    }

    [Fact]
    public void A_fill_of_one_lot_that_stays_alone_ends_as_dust_that_is_told_of()
    {
        var story = SpotStory.Of(SpotStory.Guard).Then(0, VenueStatus.New).Then(0, VenueStatus.PartiallyFilled, 0.001m).Canceled().Then(0, VenueStatus.Canceled, 0.001m);
        Assert.Equal(("", true, ReasonCode.RemainderTooSmall), (story.Does, story.Order.Final, story.Order.Legs[1].Why));
        Assert.Contains(story.Order.Timeline, note => note.What == "DUST");
    }

    [Fact]
    public void A_futures_fill_of_one_lot_has_its_stop_at_once() =>
        Assert.Equal("STOP 0.002@90, TAKE_PROFIT 0.002@110", FutStory.Of(FutStory.Protected).Then(0, VenueStatus.New).Then(0, VenueStatus.PartiallyFilled, 0.002m).Does);

    /// <summary>freqtrade#8374, #8526: a stop that has filled in part was taken for none, or for all.</summary>
    [Fact]
    public void A_stop_that_has_filled_in_part_keeps_the_rest_to_itself()
    {
        var story = SpotStory.Of(SpotStory.Guard).Then(0, VenueStatus.New).Then(0, VenueStatus.Filled, 1).Then(0, VenueStatus.New).Then(0, VenueStatus.PartiallyFilled, 0.4m);
        Assert.Equal("", story.At(80).Does);
        Assert.Equal("MARKET 0.6", story.Then(0, VenueStatus.Expired, 0.4m).Does);           // the book ran dry: what is left is sold, once
        Assert.Equal((OrderStatus.Closed, true), (story.Then(0, VenueStatus.Filled, 0.6m).Order.Status, story.Order.Final));
    }

    /// <summary>freqtrade#4051: the stop cannot be placed, and there is no way out.</summary>
    [Fact]
    public void A_stop_that_cannot_be_placed_is_watched_and_sold_by_S4() =>
        Assert.Equal("MARKET 1", SpotStory.Of(SpotStory.Guard).Then(0, VenueStatus.New).Then(0, VenueStatus.Filled, 1).Refused(0, ReasonCode.VenueTooManyOrders).At(90).Does);

    /// <summary>freqtrade#4999, #5770, #12598: an emergency exit at a loss because a stop was rejected that need not have been left for.</summary>
    [Theory]
    [InlineData(ReasonCode.VenueTooManyOrders)]
    [InlineData(ReasonCode.VenueFilter)]
    [InlineData(ReasonCode.VenueRejected)]
    public void A_refused_stop_alone_is_no_reason_to_sell(ReasonCode reason)
    {
        var story = SpotStory.Of(SpotStory.Guard).Then(0, VenueStatus.New).Then(0, VenueStatus.Filled, 1).Refused(0, reason);
        Assert.Equal("", story.Does);
        Assert.True(story.Order.Watch is { IsArmed: true, SlPx: { Value: 90 } });
    }

    /// <summary>freqtrade#6808: naked while the limit exit rests. The take-profit has begun to fill, which ends its stop at the venue: S4 watches what is left.</summary>
    [Fact]
    public void A_limit_exit_that_rests_does_not_leave_the_rest_unwatched() => Assert.Equal(90m,
        SpotStory.Of(SpotStory.Oco).Then(0, VenueStatus.Filled, 1).Stands().Then(1, VenueStatus.PartiallyFilled, 0.4m).Then(0, VenueStatus.Expired).Order.Watch?.SlPx?.Value);

    /// <summary>tony-ho/binance-oco#2: the fee was taken in what was bought, and the exit of the whole was refused (-2010).</summary>
    [Theory]
    [InlineData("BTC", "OCO 0.998")]
    [InlineData("USDT", "OCO 1")]
    [InlineData("BNB", "OCO 1")]
    public void A_fee_makes_the_exit_smaller_only_where_it_is_taken_in_what_was_bought(string asset, string does) =>
        Assert.Equal(does, SpotStory.Of(SpotStory.Oco).Then(0, VenueStatus.Filled, 1, fee: 0.0015m, asset).Does);

    /// <summary>-2021, and on spot "would trigger immediately": once, at market.</summary>
    [Fact]
    public void A_price_past_the_stop_already_is_left_at_market_once()
    {
        var story = FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Refused(1, ReasonCode.WouldTrigger);
        Assert.Equal("MARKET 1", story.Does);
        Assert.Equal("", story.Then(1, VenueStatus.New).Does);                               // the take-profit stands meanwhile, and nothing more is sent for the stop
        Assert.Equal("cancel TAKE_PROFIT 1", story.Then(0, VenueStatus.Filled, 1).Does);
        Assert.True(story.Then(1, VenueStatus.Canceled).Order.Final);
    }

    /// <summary>The venue lets a stop lapse that had stood: the book ran dry, or the engine refused the child (reference binance §2.3). What is held is still held; only a position that is told to be flat, or an exit that finds nothing, says otherwise.</summary>
    [Fact]
    public void A_futures_stop_that_lapses_by_itself_is_placed_again_and_takes_nothing_with_it()
    {
        FutStory Standing() => FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Then(1, VenueStatus.New).Then(0, VenueStatus.New).After(5);
        Assert.Equal("STOP 1@90", Standing().Then(1, VenueStatus.Expired).Does);
        var inPart = Standing().Then(1, VenueStatus.Expired, 0.4m);
        Assert.Equal("STOP 0.6@90, TAKE_PROFIT 0.6@110", inPart.Does);
        Assert.Equal("MARKET 0.6", inPart.Refused(1, ReasonCode.WouldTrigger).Does);
        var flat = Standing().Flat().Then(1, VenueStatus.Expired).Then(0, VenueStatus.New);
        Assert.Equal("cancel STOP 1, cancel TAKE_PROFIT 1", flat.After(1).Does);
        Assert.Equal(ReasonCode.PositionClosed, flat.Order.Reason);
    }

    [Fact]
    public void A_futures_stop_that_lapses_again_and_again_is_given_up_once_and_told_of()
    {
        var story = FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Then(1, VenueStatus.New).Then(0, VenueStatus.New).Then(1, VenueStatus.Expired);
        for (var tries = 0; tries < 10; tries++)
        {
            if (story.Order.VenueOrders[^1] is { IsAlive: true, Type: OrderType.Stop }) story.Then(0, VenueStatus.New).Then(0, VenueStatus.Expired);
            if (story.Order.WakeAt is { } wake) story.After((wake - story.Now).TotalSeconds);
        }
        Assert.Equal((1, 6), (story.Order.Timeline.Count(note => note.What == "PROTECTION_REFUSED"), story.Order.VenueOrders.Count(venue => venue.Type is OrderType.Stop)));
        Assert.True(story.Order.VenueOrders.Single(venue => venue.Type is OrderType.TakeProfit).IsAlive);
    }

    /// <summary>The sale that replaces a stop is refused for the moment: what is held is still held, and the story goes on until it is sold or told of.</summary>
    [Fact]
    public void A_refused_sale_is_not_the_end_while_something_is_held()
    {
        var story = SpotStory.Of(SpotStory.Guard).Then(0, VenueStatus.New).Then(0, VenueStatus.Filled, 1).Refused(0, ReasonCode.WouldTrigger).Refused(0, ReasonCode.VenueRejected);
        Assert.Equal((false, null), (story.Order.Final, story.Order.Legs[1].Ended));
        story.Now = story.Order.WakeAt!.Value;
        Assert.Equal("MARKET 1", story.At(89).Does);
    }

    /// <summary>PERCENT_PRICE: an exit too far from the market is refused for its price. The others stand; it is tried again, with growing pauses, and told of once when it is given up.</summary>
    [Fact]
    public void A_breach_of_the_price_band_leaves_the_stop_in_place_and_is_told_of_once()
    {
        var (story, told) = (FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Then(1, VenueStatus.New), 0);
        for (var tries = 0; tries < 10; tries++)
        {
            if (story.Order.VenueOrders[^1].Status is not VenueStatus.None) break;
            told += story.Refused(0, ReasonCode.VenueFilter).Last.Events.Count(one => one.Type is OrderEventType.ProtectionRefused);
            Assert.DoesNotContain("cancel", story.Does);
            story.After(60);
        }
        Assert.Equal((1, VenueStatus.New, null), (told, story.Order.VenueOrders[1].Status, story.Order.WakeAt));
    }

    /// <summary>The venue counts old and new against the position (-4118): the old one goes first, and what is held has the larger one at once after that.</summary>
    [Fact]
    public void A_stop_that_may_not_stand_beside_the_larger_one_makes_room_for_it()
    {
        var story = FutStory.Of(FutStory.Protected with { Protection = FutStory.Exits with { TakeProfits = [] } }).Then(0, VenueStatus.New).Then(0, VenueStatus.PartiallyFilled, 0.4m).Then(0, VenueStatus.New);
        Assert.Equal("STOP 1@90", story.Then(1, VenueStatus.Filled, 1).Does);
        Assert.Equal("cancel STOP 0.4", story.Refused(0, ReasonCode.ReduceOnlyLocked).Does);
        Assert.Equal("STOP 1@90", story.Then(1, VenueStatus.Canceled).Does);
        story.Now = story.Now.AddMilliseconds(80);
        Assert.Equal((TimeSpan.FromMilliseconds(80), null, null), (story.Then(0, VenueStatus.New).Last.NakedFor, story.Order.NakedSince, story.Order.Legs[1].Why));
    }
}
