using Xunit;

namespace Chimera.S4.Orders.Tests.Themes;

/// <summary>Field notes §3 H: no replacement before the end of what it replaces is seen, and then for what is left.</summary>
public class Theme_H_races_of_cancel_and_replace
{
    static readonly Intent Patient = FutStory.Stop with { Side = Side.Buy, ReduceOnly = false, Type = OrderType.Market, TriggerPx = null, Maker = new MakerTerms(TimeSpan.FromSeconds(2), 0) };

    static FutStory Canceling() => FutStory.Of(Patient).Then(0, VenueStatus.New).After(2);

    /// <summary>hummingbot#7503, #7295, #6980: filled, not seen, and filled again.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("0.3")]
    [InlineData("0.999")]
    [InlineData("1")]
    public void A_fill_between_cancel_and_its_answer_is_taken_off_what_follows(string raced)
    {
        var filled = decimal.Parse(raced, System.Globalization.CultureInfo.InvariantCulture);
        var story = Canceling();
        Assert.Equal("cancel LIMIT_MAKER 1", story.Does);
        Assert.Single(story.After(1).Order.VenueOrders);                                     // nothing before its end is seen
        story.Then(0, filled == 1 ? VenueStatus.Filled : VenueStatus.Canceled, filled);
        Assert.Equal(raced switch { "1" or "0.999" => "", _ => $"MARKET {1 - filled}" }, story.Does);          // a last lot is too small to be taken
        Assert.Equal(filled, story.Order.CumQty.Value);
    }

    /// <summary>One in a hundred: the venue says canceled, and counts a fill after that. It is applied and told of; the excess cannot be taken back, and is not hidden.</summary>
    [Fact]
    public void A_fill_after_the_end_was_told_is_counted_and_the_next_order_is_not_repeated()
    {
        var story = Canceling().Then(0, VenueStatus.Canceled, 0.3m);
        Assert.Equal("MARKET 0.7", story.Does);
        Assert.Equal("", story.Then(1, VenueStatus.Canceled, 0.4m).Does);
        Assert.Equal(0.4m, story.Order.CumQty.Value);
        story.Then(0, VenueStatus.Filled, 0.7m);
        Assert.Equal((1.1m, OrderStatus.Closed), (story.Order.CumQty.Value, story.Order.Status));
    }

    /// <summary>hummingbot#7611: a second close is a trade of the other side that nobody keeps account of.</summary>
    [Fact]
    public void A_stop_that_fills_while_it_is_replaced_leaves_nothing_to_replace_it()
    {
        var story = FutStory.Of(FutStory.Protected).Then(0, VenueStatus.New).Then(0, VenueStatus.PartiallyFilled, 0.4m).Then(1, VenueStatus.New).Then(0, VenueStatus.New);
        story.Then(1, VenueStatus.Filled, 0.4m);                                             // the stop of 0.4
        Assert.DoesNotContain("STOP", story.Does.Replace("cancel ", "", StringComparison.Ordinal));
        Assert.True(story.Order.CancelAsked, "what has been stopped out is not entered any more");
    }

    /// <summary>hummingbot#3374: an order given up after network errors was filled later. While its end is not known nothing takes its place.</summary>
    [Fact]
    public void An_order_whose_outcome_is_not_known_is_not_replaced()
    {
        var story = FutStory.Of(Patient);
        story.Hears(new Observation { ClientOrderId = story.Order.VenueOrders[0].ClientOrderId, Kind = ReportKind.Unknown });
        for (var second = 0; second < 60; second++) story.After(1);
        Assert.Single(story.Order.VenueOrders);
    }

    /// <summary>zenbot#879: a post-only order that would take was sent again for ever.</summary>
    [Fact]
    public void A_post_only_order_that_would_take_is_tried_a_few_times_and_then_taken()
    {
        var story = FutStory.Of(Patient);
        var quotes = 0;
        for (; story.Order.VenueOrders[^1].Type is OrderType.LimitMaker; quotes++)
        {
            Assert.True(quotes < 10, "it goes on for ever");
            story.Refused(0, ReasonCode.WouldTake);
        }
        Assert.Equal((4, "MARKET 1"), (quotes, story.Does));
    }

    /// <summary>freqtrade#3658, cowswap#3530: the place in the queue was lost by asking the same price again.</summary>
    [Fact]
    public void An_unchanged_price_is_not_asked_again()
    {
        var story = FutStory.Of(Patient).Then(0, VenueStatus.New);
        for (var look = 0; look < 6; look++) Assert.Equal("", story.After(0.3).Does);
    }
}
