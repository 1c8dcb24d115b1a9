using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>The exits of a futures position while another intent closes it, and after it has.</summary>
public class Exits_that_make_room
{
    static readonly Intent Levels = FutStory.Protected with { Protection = FutStory.Exits with { TakeProfits = [new TakeProfitLevel(new Price(110), new(0.3m)), new TakeProfitLevel(new Price(120), null)] } };

    static FutStory Standing() => FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Then(1, VenueStatus.New).Then(0, VenueStatus.New);

    [Fact]
    public void Are_the_take_profits_and_never_the_stop()
    {
        var story = Standing().GivesWay(3);
        Assert.Equal("cancel TAKE_PROFIT 1", story.Does);
        Assert.Contains(story.Last.Events, told => told is { Type: OrderEventType.ExitsGaveWay, Detail: "take-profits make room for close" });
        story.Then(0, VenueStatus.Canceled);
        Assert.Equal(("", null, OrderStatus.Filled), (story.Does, story.Order.NakedSince, story.Order.Status));
        Assert.Equal("", story.After(14).Does);
    }

    [Fact]
    public void Come_back_when_nothing_more_is_heard_of_it() =>
        Assert.Equal("TAKE_PROFIT 1@110", Standing().GivesWay(3).Then(0, VenueStatus.Canceled).After(15).Does);

    [Fact]
    public void Come_back_as_they_were_when_nothing_was_closed() =>
        Assert.Equal("TAKE_PROFIT 1@110", Standing().GivesWay(3).Then(0, VenueStatus.Canceled).GivesWay(9, 0).Does);

    [Fact]
    public void Are_not_asked_by_a_question_that_comes_after_its_end()
    {
        var story = Standing().GivesWay(9, 0.2m);
        Assert.Equal("STOP 0.8@90, TAKE_PROFIT 0.8@110", story.Does);
        Assert.Equal("", story.GivesWay(3).Does);
    }

    [Fact]
    public void Follow_what_is_left_the_new_one_first()
    {
        var story = Standing().GivesWay(3).Then(0, VenueStatus.Canceled).GivesWay(9, 0.4m);
        Assert.Equal("STOP 0.6@90, TAKE_PROFIT 0.6@110", story.Does);
        Assert.Contains(story.Order.Timeline, note => note is { What: "POSITION_REDUCED", Detail: "0.4 was closed by close" });
        Assert.Equal("cancel STOP 1", story.Then(1, VenueStatus.New).Does);
        story.Then(0, VenueStatus.New).Then(3, VenueStatus.Canceled);
        Assert.Equal(("", null), (story.Does, story.Order.NakedSince));
        // The next close takes from what is left.
        Assert.Equal("cancel STOP 0.6, cancel TAKE_PROFIT 0.6", story.GivesWay(4, 0.6m, "another").Does);
        story.Then(0, VenueStatus.Canceled).Then(1, VenueStatus.Canceled);
        Assert.Equal((OrderStatus.Closed, true, ReasonCode.PositionClosed), (story.Order.Status, story.Order.Final, story.Order.Reason));
        Assert.Contains(story.Order.Timeline, note => note is { What: "POSITION_CLOSED", Detail: "0.6 was closed by another" });
    }

    /// <summary>The venue counts both against the position: the old stop makes room for the new one, and the moment between is measured.</summary>
    [Fact]
    public void Follow_also_where_the_venue_takes_only_one()
    {
        var story = Standing().GivesWay(9, 0.4m).Then(0, VenueStatus.New);
        Assert.Equal("cancel STOP 1", story.Refused(1, ReasonCode.ReduceOnlyLocked).Does);
        Assert.Equal("STOP 0.6@90", story.Then(3, VenueStatus.Canceled).Does);
        Assert.NotNull(story.Order.NakedSince);
        Assert.NotNull(story.Then(0, VenueStatus.New).Last.NakedFor);
    }

    [Fact]
    public void Share_what_is_left_level_by_level()
    {
        var story = FutStory.Of(Levels).Then(0, VenueStatus.Filled, 1).Then(2, VenueStatus.New).Then(1, VenueStatus.New).Then(0, VenueStatus.New);
        Assert.Equal("STOP 0.6@90, TAKE_PROFIT 0.3@120", story.GivesWay(9, 0.4m).Does);
    }

    /// <summary>It was closed and exited at once: what is told to have been closed cannot be more than was there.</summary>
    [Fact]
    public void End_as_stopped_out_where_the_stop_took_the_rest()
    {
        var story = Standing().GivesWay(9, 0.4m).Then(3, VenueStatus.Filled, 0.6m);
        Assert.DoesNotContain(story.Order.Timeline, note => note.What is "POSITION_CLOSED" or "OVER_EXITED");
        Assert.True(story.Order.VenueOrders.Where(venue => venue.TriggerPx is not null && venue.Status is VenueStatus.New).All(venue => venue.CancelId is not null), "an exit stands that nothing is left for");
    }

    /// <summary>A take-profit that is an intent of its own does as one of an entry does; a stop of its own only follows.</summary>
    [Fact]
    public void May_be_intents_of_their_own()
    {
        var profit = FutStory.Of(FutStory.Stop with { Type = OrderType.TakeProfit, TriggerPx = new(110) }).Then(0, VenueStatus.New).GivesWay(3);
        Assert.Equal("cancel TAKE_PROFIT 1", profit.Does);
        Assert.Equal(("", OrderStatus.PendingNew, false), (profit.Then(0, VenueStatus.Canceled).Does, profit.Order.Status, profit.Order.Final));
        Assert.Equal("TAKE_PROFIT 0.6@110", profit.GivesWay(9, 0.4m).Does);
        Assert.Equal((OrderStatus.Closed, true, 0.6m), (profit.Then(0, VenueStatus.Filled, 0.6m).Order.Status, profit.Order.Final, profit.Order.CumQty.Value));
        var stop = FutStory.Of(FutStory.Stop).Then(0, VenueStatus.New).GivesWay(3);
        Assert.Equal("", stop.Does);
        Assert.Equal("STOP 0.6@90", stop.GivesWay(9, 0.4m).Does);
        Assert.Equal("cancel STOP 1", stop.Then(0, VenueStatus.New).Does);
        Assert.Equal("cancel STOP 0.6", stop.Then(1, VenueStatus.Canceled).GivesWay(4, 0.6m, "another").Does);
        Assert.Equal((OrderStatus.Canceled, true, ReasonCode.PositionClosed), (stop.Then(0, VenueStatus.Canceled).Order.Status, stop.Order.Final, stop.Order.Reason));
    }

    [Fact]
    public void May_be_canceled_while_they_make_room()
    {
        var profit = FutStory.Of(FutStory.Stop with { Type = OrderType.TakeProfit, TriggerPx = new(110) }).Then(0, VenueStatus.New).GivesWay(3).Then(0, VenueStatus.Canceled).Canceled();
        Assert.Equal(("", OrderStatus.Canceled, true), (profit.Does, profit.Order.Status, profit.Order.Final));
    }

    [Fact]
    public void Are_counted_out_of_what_live_intents_hold()
    {
        var line = PositionCheck.Of(new Dictionary<string, decimal> { ["BTCUSDT"] = 0.6m }, [Standing().GivesWay(9, 0.4m).Order]).Single();
        Assert.Equal((0.6m, false), (line.Held, line.IsShort));
    }
}
