using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Spec §5.3, second half: a purchase at a limit, a stop at the venue as soon as something is bought, and S4's own watch wherever none stands.</summary>
public class A_guarded_stop
{
    static SpotStory Resting() => SpotStory.Of(SpotStory.Guard).Then(0, VenueStatus.New);

    [Fact]
    public void Cancels_its_entry_when_the_stop_comes_before_the_fill()
    {
        var story = Resting();
        Assert.True(story.Order.Watch is { IsArmed: true, SlPx: { Value: 90 } });
        Assert.Equal(("cancel LIMIT_MAKER", "GuardTriggered"), (story.At(90).Does, story.Tells));
        Assert.Equal(("", OrderStatus.Canceled, true), (story.Then(0, VenueStatus.Canceled).Does, story.Order.Status, story.Order.Final));
    }

    /// <summary>Found by the simulation: more than the venue takes at market in one order was refused, and that was the end of it.</summary>
    [Fact]
    public void Reverses_in_as_many_orders_as_the_venue_needs()
    {
        var story = SpotStory.Of(SpotStory.Guard with { Qty = new(5), Guard = new GuardTerms(new(90), true) }).Then(0, VenueStatus.New).At(90);
        Assert.Equal("MARKET 3", story.Then(0, VenueStatus.Canceled).Does);
        Assert.Equal("MARKET 2", story.Then(0, VenueStatus.Filled, 3).Does);
        Assert.Equal(("", true), (story.Then(0, VenueStatus.Filled, 2).Does, story.Order.Final));
    }

    [Fact]
    public void Stands_at_the_venue_as_soon_as_something_is_bought()
    {
        var story = Resting().Then(0, VenueStatus.Filled, 1);
        Assert.Equal("STOP 1@90", story.Does);
        story.Now = story.Now.AddMilliseconds(120);
        Assert.Equal((null, TimeSpan.FromMilliseconds(120)), (story.Then(0, VenueStatus.New).Order.Watch, story.Last.NakedFor));
    }

    [Fact]
    public void Is_resized_by_one_owner_at_a_time()
    {
        var story = Resting().Then(0, VenueStatus.PartiallyFilled, 0.4m).Then(0, VenueStatus.New);
        Assert.Null(story.Order.Watch);
        Assert.Equal("cancel STOP", story.Then(1, VenueStatus.Filled, 1).Does);
        Assert.True(story.Order.Watch is { IsArmed: true }, "the old one is on its way out");
        Assert.Equal("STOP 1@90", story.Then(0, VenueStatus.Canceled).Does);
        Assert.Null(story.Then(0, VenueStatus.New).Order.Watch);
    }

    [Fact]
    public void Sells_at_market_what_was_bought_when_the_price_comes_before_the_venue_holds_a_stop()
    {
        var story = Resting().Then(0, VenueStatus.Filled, 1).At(89.9m);
        Assert.Equal("", story.Does);                                                               // the stop is on its way: what becomes of it comes first
        Assert.Equal("MARKET 1", story.Refused(0, ReasonCode.WouldTrigger).Does);
        Assert.Equal((OrderStatus.Closed, true), (story.Then(0, VenueStatus.Filled, 1).Order.Status, story.Order.Final));
    }

    [Fact]
    public void Is_kept_watch_over_when_the_venue_refuses_it_for_ever()
    {
        var story = Resting().Then(0, VenueStatus.Filled, 1);
        for (var tries = 0; tries < 6; tries++, story.Now = story.Now.AddMinutes(1))
        {
            Assert.Equal("STOP 1@90", story.Does);
            story.Refused(0, ReasonCode.VenueTooManyOrders);
            if (tries < 5) { story.Now = story.Now.AddMinutes(1); story.At(100); }
        }
        Assert.Equal(("", "ProtectionRefused"), (story.Does, story.Tells));
        Assert.True(story.Order.Watch is { IsArmed: true });
        Assert.Equal("MARKET 1", story.At(90).Does);
    }

    [Fact]
    public void Does_not_act_on_an_old_sight()
    {
        var story = Resting();
        Assert.Empty(OrderDecider.OnPrice(story.Order, 80, story.Now.AddSeconds(-11), story.Facts.View).Effects);
        Assert.NotEmpty(OrderDecider.OnPrice(story.Order, 80, story.Now.AddSeconds(-9), story.Facts.View).Effects);
    }

    [Fact]
    public void Reverses_only_what_was_never_bought_and_only_once()
    {
        var intent = SpotStory.Guard with { Guard = new GuardTerms(new(90), true) };
        var story = SpotStory.Of(intent).Then(0, VenueStatus.New).At(90).Then(0, VenueStatus.Canceled);
        var sale = Assert.IsType<PlaceEffect>(Assert.Single(story.Last.Effects));
        Assert.Equal((OrderType.Market, Side.Sell, 1m), (sale.Type, sale.Side, sale.Qty.Value));
        Assert.Equal(("", OrderStatus.Canceled, true), (story.Refused(0, ReasonCode.InsufficientBalance).Does, story.Order.Status, story.Order.Final));

        var bought = SpotStory.Of(intent).Then(0, VenueStatus.PartiallyFilled, 0.4m).Then(0, VenueStatus.New).At(90);
        Assert.Equal("", bought.Does);                                                              // the venue's stop owns it
        Assert.DoesNotContain(SpotStory.Of(intent).Then(0, VenueStatus.New).Canceled().Then(0, VenueStatus.Canceled).Order.Legs, leg => leg.Purpose is LegPurpose.Reversal);
    }
}
