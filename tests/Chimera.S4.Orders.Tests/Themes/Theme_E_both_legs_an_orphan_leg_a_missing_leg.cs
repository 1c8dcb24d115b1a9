using Xunit;

namespace Chimera.S4.Orders.Tests.Themes;

/// <summary>Field notes §3 E, by the defect that each test is named after; for the native list, the OTOCO and the guard. Every step of a story is also died after, see <see cref="SpotStory"/>.</summary>
public class Theme_E_both_legs_an_orphan_leg_a_missing_leg
{
    /// <summary>Bought and protected: 1 by an OCO or a guard, 0.999 by the exits of an OTOCO.</summary>
    static SpotStory Protected(string how) => how switch
    {
        "list" => SpotStory.Of(SpotStory.Oco).Then(0, VenueStatus.Filled, 1).Stands(),
        "otoco" => SpotStory.Of(SpotStory.AtLimit).Then(2, VenueStatus.New).Stands().Then(2, VenueStatus.Filled, 1, fee: 0.001m),
        "guard" => SpotStory.Of(SpotStory.Guard).Then(0, VenueStatus.New).Then(0, VenueStatus.Filled, 1).Then(0, VenueStatus.New),
        _ => SpotStory.Of(SpotStory.Oco).Then(0, VenueStatus.Filled, 1).Refused(1, ReasonCode.VenueRejected).Refused(0, ReasonCode.VenueRejected).Then(0, VenueStatus.New),
    };

    static decimal Held(string how) => how == "otoco" ? 0.999m : 1;

    static int Sales(SpotStory story) => story.Order.VenueOrders.Count(venue => venue is { Leg: 1, IsAlive: true });

    /// <summary>nautilus#4043: a restart between the fill of one leg and the cancel of the other left an exit that fired later.</summary>
    [Theory]
    [InlineData("list", 1)]
    [InlineData("list", 0)]
    [InlineData("otoco", 1)]
    [InlineData("otoco", 0)]
    public void A_restart_between_the_fill_of_one_leg_and_the_end_of_the_other_leaves_no_orphan(string how, int filled)
    {
        var story = Protected(how).Then(filled, VenueStatus.Filled, Held(how));
        Assert.Equal(filled == 1 ? "cancel STOP" : "cancel LIMIT_MAKER", story.Does);       // found again in the document by whoever comes after the crash
        Assert.False(story.Order.Final);
        story.Then(1 - filled, VenueStatus.Expired);
        Assert.Equal((0, true), (Sales(story), story.Order.Final));
    }

    /// <summary>nautilus#2623: children were triggered by a part of the entry.</summary>
    [Fact]
    public void A_part_of_the_entry_does_not_set_its_exits_off_and_is_watched_instead()
    {
        var story = SpotStory.Of(SpotStory.AtLimit).Then(2, VenueStatus.New).Stands().Then(2, VenueStatus.PartiallyFilled, 0.4m);
        Assert.Equal("", story.Does);
        Assert.Equal(90m, story.Order.Watch?.SlPx?.Value);
        story.At(90);
        Assert.StartsWith("cancel LIMIT_MAKER", story.Does);                                 // no more is bought, and what waits for it goes
    }

    /// <summary>nautilus#1024, Lean.Brokerages.Alpaca#74: a leg that fills though its sibling has filled. The venue's list makes it impossible; told of it all the same, nothing is sold beyond that.</summary>
    [Theory]
    [InlineData("list")]
    [InlineData("otoco")]
    public void Two_legs_told_as_filled_sell_nothing_more(string how)
    {
        var story = Protected(how).Then(1, VenueStatus.Filled, Held(how)).Then(0, VenueStatus.Filled, Held(how));
        Assert.Equal("", story.Does);
        Assert.Equal((OrderStatus.Closed, true, 0), (story.Order.Status, story.Order.Final, Sales(story)));
    }

    /// <summary>The price comes to both exits within one tick: what stands at the venue owns the sale, and what S4 watches waits for its end.</summary>
    [Fact]
    public void Both_prices_within_one_tick_sell_once()
    {
        Assert.Equal("", Protected("guard").At(89).Does);                                    // the venue's stop stands, so nobody else sells there
        var fallen = Protected("fallen back").At(111);
        Assert.Equal("cancel STOP", fallen.Does);
        Assert.Equal("", fallen.At(89).Does);
        Assert.Equal("", fallen.Then(0, VenueStatus.Filled, 1).Does);                        // it had set off before the cancel came
        Assert.Equal((OrderStatus.Closed, true), (fallen.Order.Status, fallen.Order.Final));
    }

    /// <summary>Lean#9635, Lean#9666: hand-made brackets fail where one leg is refused.</summary>
    [Fact]
    public void One_refused_exit_of_an_OTOCO_is_replaced_by_both_for_what_was_bought()
    {
        var story = SpotStory.Of(SpotStory.AtLimit).Then(2, VenueStatus.New).Stands().Then(2, VenueStatus.Filled, 1, fee: 0.001m).Then(1, VenueStatus.Rejected);
        Assert.True(story.Order.NakedSince is not null || story.Order.VenueOrders[^1].Status is VenueStatus.New);
        story.Then(0, VenueStatus.Rejected);
        Assert.Equal("OCO 0.999", story.Does);
        Assert.Equal(90m, story.Order.Watch?.SlPx?.Value);                                   // until they stand
        Assert.Null(story.Stands().Order.Watch);
    }

    [Theory]
    [InlineData("list", "MARKET 0.5")]
    [InlineData("otoco", "MARKET 0.498")]                                                   // of 0.499 the market takes lots of 0.002
    public void A_part_of_the_take_profit_and_then_the_stop_sells_the_rest_once(string how, string does)
    {
        var story = Protected(how).Then(1, VenueStatus.PartiallyFilled, 0.4m).Then(0, VenueStatus.Expired).At(89);
        Assert.Equal("cancel LIMIT_MAKER", story.Does);
        Assert.Equal(does, story.Then(1, VenueStatus.Canceled, 0.5m).Does);            // a tenth more was sold while the cancel was on its way
    }

    [Fact]
    public void A_part_of_the_sale_at_the_upper_price_and_then_the_stop_sells_the_rest_once()
    {
        var story = Protected("fallen back").At(111).Then(0, VenueStatus.Canceled).Then(0, VenueStatus.Expired, 0.4m);
        Assert.Equal("MARKET 0.6", story.Does);
        Assert.Equal("", story.At(89).Does);
    }

    /// <summary>freqtrade#11608: the stop was left after the position was closed.</summary>
    [Fact]
    public void A_stop_does_not_outlive_the_position_that_it_protects()
    {
        var story = FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Then(1, VenueStatus.New).Then(0, VenueStatus.New);
        Assert.Equal("cancel STOP 1", story.Then(0, VenueStatus.Filled, 1).Does);
        Assert.True(story.Then(1, VenueStatus.Canceled).Order.Final);
    }

    /// <summary>gruelbox/orko#367: soft legs without reduce-only.</summary>
    [Fact]
    public void Every_exit_on_futures_only_reduces() =>
        Assert.All(FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Last.Effects.Cast<PlaceEffect>(), exit => Assert.True(exit.ReduceOnly));

    /// <summary>UPetit/python-binance-profit#28: a stop-limit leg that the market jumps over sells nothing. It is the caller's choice (<c>sl_limit_px</c>); without one the stop sells at market.</summary>
    [Fact]
    public void A_stop_has_no_limit_to_be_jumped_over_unless_the_caller_gives_one()
    {
        var list = (PlaceListEffect)SpotStory.Of(SpotStory.Oco).Then(0, VenueStatus.Filled, 1).Last.Effects[0];
        Assert.Null(list.Below.Price);
    }

    /// <summary>tony-ho/binance-oco#1 and #8: one leg has ended, of the other nothing is heard: the venue is asked.</summary>
    [Fact]
    public void A_leg_of_which_nothing_is_heard_is_asked_for() => Assert.NotNull(Protected("list").Then(1, VenueStatus.Expired).Order.ProbeAt);
}
