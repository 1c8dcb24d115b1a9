using Xunit;

namespace Chimera.S4.Orders.Tests.Themes;

/// <summary>Field notes §2.4 and §3 G, by the defect that each test is named after. That it holds in any life is <see cref="Slices_over_time"/>'s to show.</summary>
public class Theme_G_wrong_totals_of_slices
{
    static readonly Intent Sliced = FutStory.Stop with
    {
        Side = Side.Buy, ReduceOnly = false, Type = OrderType.Market, TriggerPx = null, Twap = new TwapTerms(5, null, TimeSpan.FromSeconds(10), TimeSpan.Zero, SliceWeights.Equal),
    };

    static readonly Intent Patient = Sliced with { Maker = new MakerTerms(TimeSpan.FromSeconds(2), 0) };

    static FutStory Fill(FutStory story) => story.Then(0, VenueStatus.Filled, story.Order.VenueOrders[^1].OrderQty.Value);

    /// <summary>§2.4 row 1 (3,000 of 5,000 and "completed"), row 2 (4,000 and no retry).</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_slice_that_fails_once_does_not_end_the_plan_short(int failing)
    {
        var story = FutStory.Of(Sliced);
        for (var sent = 0; !story.Order.Final; sent++)
        {
            Assert.True(sent < 10, "it goes on for ever");
            (sent == failing ? story.Refused(0, ReasonCode.InsufficientMargin) : Fill(story)).After(10);
        }
        Assert.Equal((OrderStatus.Closed, 1m), (story.Order.Status, story.Order.CumQty.Value));
    }

    /// <summary>§2.4 row 3 (5,598 of 5,000): a maker child filled to 60 % was refreshed and its fill forgotten. Lean#3231: parts are fills too.</summary>
    [Fact]
    public void A_maker_slice_that_filled_in_part_is_not_filled_again()
    {
        var story = FutStory.Of(Patient).Then(0, VenueStatus.New).Then(0, VenueStatus.PartiallyFilled, 0.12m).After(2);
        Assert.Equal("cancel LIMIT_MAKER 0.2", story.Does);
        Assert.Equal("MARKET 0.06", story.Then(0, VenueStatus.Canceled, 0.14m).Does);
    }

    /// <summary>§2.4 row 4 (two resting slots: division by zero for ever), hummingbot#6915 (refresh crash): there is never more than one slice at work.</summary>
    [Fact]
    public void A_slice_that_still_rests_when_the_next_is_due_is_not_joined_by_it()
    {
        var story = FutStory.Of(Patient with { Twap = Sliced.Twap! with { Gap = TimeSpan.FromMilliseconds(500) } }).Then(0, VenueStatus.New).After(0.6).After(0.6);
        Assert.Single(story.Order.VenueOrders);
    }

    /// <summary>§2.4 row 5: with one slice it was done before it was acknowledged.</summary>
    [Fact]
    public void One_slice_is_done_when_it_has_filled_and_not_before()
    {
        var story = FutStory.Of(Sliced with { Twap = Sliced.Twap! with { Slices = 1 } });
        Assert.False(story.Order.Twap!.IsDone);
        Assert.True(Fill(story).Order is { Final: true, Twap.IsDone: true, Status: OrderStatus.Closed });
    }

    /// <summary>§2.4, last line: after a stall all overdue slots were fired at once.</summary>
    [Fact]
    public void A_stall_is_not_followed_by_a_burst()
    {
        var story = Fill(FutStory.Of(Sliced)).After(300);
        Assert.Equal("MARKET 0.2", story.Does);
        Assert.Equal("", Fill(story).Does);
        Assert.Equal("MARKET 0.2", story.After(10).Does);
    }

    /// <summary>nautilus#1442 (fewer lots than slices), hummingbot#3696 and #3697 (segments), nautilus#4544 (children off the grid, a remainder of 0.000000001), bfx-hf-algo#76 and #176 (a last slice that is too large, or too small).</summary>
    [Theory]
    [InlineData("0.06", 7, "0.06")]                                                         // all of it is hardly the smallest notional at 100
    [InlineData("0.2", 7, "0.056 0.058 0.086")]                                             // no slice below 5 USDT × 1.02
    [InlineData("1.002", 4, "0.25 0.25 0.25 0.252")]
    public void Slices_lie_on_the_grid_are_large_enough_and_add_up(string qty, int slices, string cut) =>
        Assert.Equal(cut, string.Join(' ', FutStory.Of(Sliced with { Qty = new(decimal.Parse(qty, System.Globalization.CultureInfo.InvariantCulture)), Twap = Sliced.Twap! with { Slices = slices } }).Order.Twap!.Slices));

    /// <summary>bbgo#2606: orders that had been sent were not known when the executor was built anew. <see cref="FutStory"/> builds it anew after each step.</summary>
    [Fact]
    public void A_plan_that_is_read_back_knows_what_was_sent()
    {
        var story = Fill(FutStory.Of(Sliced)).After(10);
        Assert.Equal([1, 2], [story.Order.VenueOrders.Count(venue => venue.IsAlive), story.Order.VenueOrders.Length]);
        Assert.Equal(3, Twap.Queue(PolicyLife.Restarted(story.Order)).Length);
    }

    /// <summary>cowswap#2710: a part that cannot be filled was stuck. It ends, with what remains and why.</summary>
    [Fact]
    public void A_part_that_cannot_be_filled_ends_with_its_remainder()
    {
        var story = Fill(FutStory.Of(Sliced));
        for (var tries = 0; !story.Order.Final; tries++)
        {
            Assert.True(tries < 20, "it goes on for ever");
            if (story.After(10).Order.VenueOrders[^1].Status is VenueStatus.None) story.Refused(0, ReasonCode.InsufficientMargin);
        }
        Assert.Equal((0.2m, ReasonCode.InsufficientMargin), (story.Order.CumQty.Value, story.Order.Reason));
        Assert.Contains(story.Last.Events, told => told is { Type: OrderEventType.TwapDone, Detail: "0.2 of 1; 0.8 remain" });
    }
}
