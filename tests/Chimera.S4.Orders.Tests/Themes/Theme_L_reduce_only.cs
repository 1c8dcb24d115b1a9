using Xunit;

namespace Chimera.S4.Orders.Tests.Themes;

/// <summary>Field notes §3 L: reduce-only exits that lock each other out, are refused for ever, or outlive what they reduce.</summary>
public class Theme_L_reduce_only
{
    static FutStory Standing() => FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Then(1, VenueStatus.New).Then(0, VenueStatus.New);

    /// <summary>hummingbot#6609, freqtrade#6739: -2022 again and again. A flat position is what was asked for.</summary>
    [Fact]
    public void A_reduction_of_a_flat_position_is_refused_once_and_never_repeated()
    {
        var story = FutStory.Of(FutStory.Stop with { Type = OrderType.Market, TriggerPx = null }).Refused(0, ReasonCode.ReduceOnlyRejected);
        Assert.Equal(("", true, ReasonCode.ReduceOnlyRejected), (story.Does, story.Order.Final, story.Order.Reason));
        Assert.Equal("", story.After(3_600).Does);
    }

    /// <summary>Qubx#386: a stop and a take-profit of full size lock every other close out (-4118). The take-profit makes room, the stop never does; and what protects follows what is left.</summary>
    [Theory]
    [InlineData(1, "", OrderStatus.Closed)]
    [InlineData(0.4, "STOP 0.6@90, TAKE_PROFIT 0.6@110", OrderStatus.Filled)]
    public void A_close_beside_full_size_exits_of_another_intent_gets_its_room(double closes, string followed, OrderStatus ends)
    {
        var (owner, closer, qty) = (Standing(), FutStory.Of(FutStory.Close with { Qty = new((decimal)closes) }), (decimal)closes);
        Assert.Equal("give way now", closer.Refused(0, ReasonCode.ReduceOnlyLocked).Finds(1, 1).Does);
        Assert.Equal("cancel TAKE_PROFIT 1", owner.GivesWay(3).Does);
        owner.Then(0, VenueStatus.Canceled);
        Assert.Equal($"MARKET {qty}", closer.After(0.2).Does);
        Assert.Equal($"give way {qty}", closer.Then(0, VenueStatus.Filled, qty).Finds(1 - qty, 1).Does);
        Assert.Equal((OrderStatus.Closed, true, null), (closer.Order.Status, closer.Order.Final, closer.Order.Reason));
        owner.GivesWay(9, qty);
        Assert.Equal(followed == "" ? "cancel STOP 1" : followed, owner.Does);
        if (followed == "") owner.Then(1, VenueStatus.Canceled);
        Assert.Equal((ends, followed == "" ? ReasonCode.PositionClosed : (ReasonCode?)null, (DateTimeOffset?)null), (owner.Order.Status, owner.Order.Reason, owner.Order.NakedSince));
    }

    [Fact]
    public void Slices_that_find_a_flat_position_end_with_their_reason()
    {
        var sliced = FutStory.Stop with { Type = OrderType.Market, TriggerPx = null, Twap = new TwapTerms(5, null, TimeSpan.FromSeconds(10), TimeSpan.Zero, SliceWeights.Equal) };
        var story = FutStory.Of(sliced).Then(0, VenueStatus.Filled, 0.2m).After(10).Refused(0, ReasonCode.ReduceOnlyRejected);
        Assert.Equal((true, 0.2m, ReasonCode.ReduceOnlyRejected, 2), (story.Order.Final, story.Order.CumQty.Value, story.Order.Reason, story.Order.VenueOrders.Length));
        Assert.Contains(story.Last.Events, told => told is { Type: OrderEventType.TwapDone, Detail: "0.2 of 1; 0.8 remain" });
    }

    [Fact]
    public void An_exit_that_finds_a_flat_position_ends_and_takes_its_siblings_with_it()
    {
        var story = FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Then(0, VenueStatus.New).Refused(1, ReasonCode.ReduceOnlyRejected);
        Assert.Equal("cancel TAKE_PROFIT 1", story.Does);
        Assert.Equal((OrderStatus.Closed, true), (story.Then(0, VenueStatus.Canceled).Order.Status, story.Order.Final));
    }

    /// <summary>bytex#26: an exit that rests after somebody else has closed the position would turn the next one.</summary>
    [Fact]
    public void A_position_that_somebody_else_has_closed_takes_its_protection_with_it()
    {
        var story = Standing().After(5).Flat();
        Assert.Equal("", story.Does);                                                        // one of its own exits may be what closed it
        Assert.Equal("cancel STOP 1, cancel TAKE_PROFIT 1", story.After(1).Does);
        Assert.Equal(("FILLED", ReasonCode.PositionClosed, story.Last.Result?.Seq - 1), (story.Last.Result?.Status, story.Order.Code, story.Last.Corrects));         // its last line had not said so
        story.Then(1, VenueStatus.Canceled).Then(0, VenueStatus.Canceled);
        Assert.Equal((OrderStatus.Closed, true, ReasonCode.PositionClosed), (story.Order.Status, story.Order.Final, story.Order.Reason));
        Assert.Contains(story.Order.Timeline, note => note is { What: "POSITION_CLOSED", Detail: "1 was closed by somebody else" });
    }

    [Fact]
    public void A_position_closed_by_its_own_stop_is_not_called_closed_by_somebody_else()
    {
        var story = Standing().After(5).Flat().Then(1, VenueStatus.Filled, 1);
        Assert.Equal("cancel TAKE_PROFIT 1", story.Does);
        Assert.Equal((true, null), (story.Then(0, VenueStatus.Canceled).After(2).Order.Final, story.Order.Reason));
    }

    [Fact]
    public void A_sight_from_before_the_last_fill_says_nothing() => Assert.Equal(("", null), (Standing().Flat(secondsAgo: 1).After(2).Does, Standing().Flat(secondsAgo: 1).After(2).Order.Code));

    /// <summary>Found by the simulation: a sight that came while more was being entered was forgotten, and the exits of what had been closed rested for ever.</summary>
    [Fact]
    public void A_position_that_is_closed_while_more_of_it_is_entered_takes_the_exits_of_what_there_was()
    {
        var story = FutStory.Of(FutStory.Protected).Then(0, VenueStatus.PartiallyFilled, 0.4m).Then(1, VenueStatus.New).Then(0, VenueStatus.New);
        Assert.Equal("cancel STOP 0.4, cancel TAKE_PROFIT 0.4", story.After(5).Flat().After(1).Does);
        story.Then(1, VenueStatus.Canceled).Then(0, VenueStatus.Canceled);
        Assert.Equal((OrderStatus.PartiallyFilled, false), (story.Order.Status, story.Order.Final));
        // What comes after that is held, and is protected alone.
        Assert.Equal("STOP 0.6@90, TAKE_PROFIT 0.6@110", story.Then(2, VenueStatus.Filled, 1).Does);
    }

    /// <summary>Found by the simulation: the report of its own stop came later than a second after the position was seen to be flat.</summary>
    [Fact]
    public void A_position_closed_by_its_own_stop_is_not_called_closed_by_somebody_else_however_late_that_is_heard()
    {
        var story = Standing().After(5).Flat();
        story.After(1).Then(0, VenueStatus.Canceled).Now = story.Now.AddSeconds(-1);                    // when the stop filled
        story.Then(1, VenueStatus.Filled, 1);
        Assert.Equal((OrderStatus.Closed, true, null), (story.Order.Status, story.Order.Final, story.Order.Code));
    }

    /// <summary>Found by the simulation: cut down to the position, filled and told as final, and then told again with a reason that was not so.</summary>
    [Fact]
    public void A_stop_that_was_cut_down_to_the_position_has_closed_it_itself()
    {
        var story = FutStory.Of(FutStory.Stop).Then(0, VenueStatus.New).After(5).Flat().Then(0, VenueStatus.Filled, 0.6m);
        Assert.Equal((OrderStatus.Closed, true, null), (story.Order.Status, story.Order.Final, story.Order.Code));
        story.Now = story.Now.AddSeconds(5);
        Assert.Equal((null, null), (story.Looks().Last.Result, story.Order.Code));
    }

    /// <summary>Found by the simulation: an exit had found nothing to reduce, and the intent was final within the second in which a flat position is not believed yet; then it was told again, with the reason.</summary>
    [Fact]
    public void What_has_been_told_as_final_is_not_told_again_when_the_close_is_sure()
    {
        var story = FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).After(1).Refused(1, ReasonCode.ReduceOnlyLocked).Flat().Refused(0, ReasonCode.ReduceOnlyRejected);
        Assert.Equal((OrderStatus.Closed, true), (story.Order.Status, story.Order.Final));
        story.Now = story.Now.AddSeconds(5);
        Assert.Equal((null, null), (story.Looks().Last.Result, story.Order.Code));
    }

    [Fact]
    public void A_stop_of_its_own_goes_with_the_position_too()
    {
        var story = FutStory.Of(FutStory.Stop).Then(0, VenueStatus.New).After(5).Flat();
        Assert.Equal("cancel STOP 1", story.After(1).Does);
        Assert.Equal((OrderStatus.Canceled, true, ReasonCode.PositionClosed), (story.Then(0, VenueStatus.Canceled).Order.Status, story.Order.Final, story.Order.Reason));
    }

    /// <summary>Both exits set off before one could be withdrawn: on an account with no more than this position the venue cuts the second down; where others hold more of it, that is told of.</summary>
    [Fact]
    public void Two_exits_that_both_fill_are_told_of()
    {
        var story = Standing().Then(1, VenueStatus.Filled, 1).Then(0, VenueStatus.Filled, 0.6m);
        Assert.Contains(story.Order.Timeline, note => note is { What: "OVER_EXITED", Detail: "1.6 of 1: two exits were set off before one could be withdrawn" });
        Assert.Equal("", story.Does);
    }
}
