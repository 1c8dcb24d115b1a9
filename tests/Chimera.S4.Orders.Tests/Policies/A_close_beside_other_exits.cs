using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Design §6: the reduce-only orders of a symbol may promise the position and no more. A close that is locked out asks, tries again, and tells what it has closed.</summary>
public class A_close_beside_other_exits
{
    static FutStory Locked(Intent? intent = null) => FutStory.Of(intent ?? FutStory.Close).Refused(0, ReasonCode.ReduceOnlyLocked);

    [Fact]
    public void Is_not_given_up_when_it_is_locked_out()
    {
        var story = Locked();
        Assert.Equal(("find exits", OrderStatus.PendingNew, false), (story.Does, story.Order.Status, story.Order.Final));
        Assert.Equal("give way now, give way now", story.Finds(1, 0.5m, 0.5m).Does);
        Assert.Contains(story.Last.Events, told => told is { Type: OrderEventType.RoomAsked, Code: ReasonCode.ReduceOnlyLocked, Detail: "intents that hold exits beside it: 2" });
        Assert.Equal("", story.After(0.19).Does);
        Assert.Equal("MARKET 1", story.After(0.01).Does);
    }

    [Fact]
    public void Is_refused_at_once_where_what_locks_it_belongs_to_nobody_here()
    {
        var story = Locked().Finds(1);
        Assert.Equal(("", OrderStatus.Rejected, true, ReasonCode.ReduceOnlyLocked, RejectedBy.Venue), (story.Does, story.Order.Status, story.Order.Final, story.Order.Reason, story.Order.RejectedBy));
        Assert.Contains(story.Order.Timeline, note => note.What == "ROOM_ASKED" && note.Detail!.StartsWith("no live intent of S4", StringComparison.Ordinal));
        Assert.Equal("", story.After(3_600).Does);
    }

    /// <summary>Foreign orders may lock it besides. Who made room for it is told that it is over.</summary>
    [Fact]
    public void Is_tried_a_few_times_and_lets_the_others_go_before_they_have_waited_in_vain()
    {
        var story = Locked().Finds(1, 1);
        var asked = story.Now;
        for (var pause = 0.2; !story.Order.Final; pause *= 2) story.After(pause).Refused(0, ReasonCode.ReduceOnlyLocked);
        Assert.Equal((7, ReasonCode.ReduceOnlyLocked, "find what is left"), (story.Order.VenueOrders.Length, story.Order.Reason, story.Does));
        Assert.InRange(story.Now - asked, TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(15));
        Assert.Equal("give way 0", story.Finds(1, 1).Does);
    }

    [Fact]
    public void Is_canceled_while_it_waits()
    {
        var story = Locked();
        story.Canceled();
        Assert.Equal((OrderStatus.Canceled, true), (story.Order.Status, story.Order.Final));
        Assert.Equal("", story.Finds(1, 1).Does);
    }

    /// <summary>The oldest first; no more than was closed, and only what is promised beyond the position: what nobody protects was closed before that.</summary>
    [Theory]
    [InlineData("closed 0.4  position 0.6  held 0.5 0.5  -> give way 0.4, give way 0")]
    [InlineData("closed 0.7  position 0.3  held 0.5 0.5  -> give way 0.5, give way 0.2")]
    [InlineData("closed 1    position 0    held 0.6      -> give way 0.6")]
    [InlineData("closed 0.4  position 0.6  held 0.5      -> give way 0")]
    [InlineData("closed 0.4  position 0    held 1        -> give way 0.4")]
    [InlineData("closed 0.4  position 0.6  held          -> ")]
    public void Tells_who_protects_how_much_is_gone(string row)
    {
        var (given, expected) = (row.Split("->")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Split("->")[1].Trim());
        decimal Of(int at) => decimal.Parse(given[at], System.Globalization.CultureInfo.InvariantCulture);
        var story = FutStory.Of(FutStory.Close with { Qty = new(Of(1)) }).Then(0, VenueStatus.Filled, Of(1));
        Assert.Equal("find what is left", story.Does);                                       // also where it was never locked out: stops that promise too much lock the next stop out
        Assert.Equal(expected, story.Finds(Of(3), [.. Enumerable.Range(5, given.Length - 5).Select(Of)]).Does);
    }

    /// <summary>A stop and a take-profit that are intents of their own protect the same quantity.</summary>
    [Fact]
    public void Takes_from_stops_and_from_take_profits_what_each_of_them_promises_too_much()
    {
        ExitOwner Owner(string id, decimal held, OrderType? only = null) => new(SagaIds.Of(id), new(held), only);
        string Shares(params ExitOwner[] owners) => string.Join(' ', ExitOwners.Share(owners, new(0.6m), new(0.4m)).Select(share => share.Taken));
        Assert.Equal("0.4 0.4", Shares(Owner("stop", 1, OrderType.Stop), Owner("profit", 1, OrderType.TakeProfit)));
        Assert.Equal("0.4 0 0", Shares(Owner("both", 0.5m), Owner("stop", 0.5m, OrderType.Stop), Owner("profit", 0.6m, OrderType.TakeProfit)));
        Assert.Equal("0 0.2", Shares(Owner("stop", 0.6m, OrderType.Stop), Owner("profit", 0.8m, OrderType.TakeProfit)));
    }

    /// <summary>It may have been told of the first fills while the venue had counted another: what an owner lost to it is told anew, as a whole, and what it had been told does not count against it.</summary>
    [Fact]
    public void Tells_the_whole_again_where_the_venue_adds_a_fill_after_its_end()
    {
        var story = FutStory.Of(FutStory.Close).Then(0, VenueStatus.Expired, 0.4m);
        Assert.Equal("give way 0.4", story.Finds(0.6m, 1).Does);
        Assert.Equal("find what is left", story.Then(0, VenueStatus.Expired, 0.5m).Does);
        var owner = FutStory.Of(FutStory.Protected).Then(0, VenueStatus.Filled, 1).Then(1, VenueStatus.New).Then(0, VenueStatus.New).GivesWay(4, 0.4m);
        Assert.Equal(new Quantity(0.6m), Assert.Single(ExitOwners.Of([owner.Order], SagaIds.Of("another"), "BTCUSDT", Side.Sell)).Held);
        Assert.Equal("give way 0.5", story.FindsOwners(0.5m, [.. ExitOwners.Of([owner.Order], story.Order.Id, "BTCUSDT", Side.Sell)]).Does);
        Assert.Equal(new Quantity(0.5m), ExitOwners.Of([owner.GivesWay(7, 0.5m).Order], SagaIds.Of("another"), "BTCUSDT", Side.Sell).Single().Held);
    }

    /// <summary>A fill between the looks at the documents and at the position must not look like something that was closed.</summary>
    [Fact]
    public void Counts_what_its_owners_held_before_the_position_was_looked_at_and_after()
    {
        ExitOwner Owner(string id, decimal held) => new(SagaIds.Of(id), new(held));
        var counted = ExitOwners.Throughout([Owner("entering", 0.3m), Owner("leaving", 1), Owner("gone", 1)], [Owner("entering", 0.8m), Owner("leaving", 0.4m), Owner("new", 1)]);
        Assert.Equal([Owner("entering", 0.3m), Owner("leaving", 0.4m)], counted.AsEnumerable());
    }

    /// <summary>While one stop takes the place of another both stand, and promise more than the position: that passes by itself, and no stop gives way.</summary>
    [Fact]
    public void Waits_for_stops_without_asking_them_for_anything()
    {
        var story = Locked().FindsOwners(1, new ExitOwner(SagaIds.Of("stops"), new(1), OrderType.Stop));
        Assert.Equal(("", "MARKET 1"), (story.Does, story.After(0.2).Does));
    }

    [Fact]
    public void Waits_for_the_proof_of_its_fills_before_it_tells()
    {
        var story = FutStory.Of(FutStory.Close);
        var venue = story.Order.VenueOrders[0];
        story.Hears(new Observation { ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Known, EffectSeq = venue.PlaceSeq, Status = VenueStatus.Filled, CumQty = new(1), VenueOrderId = "v" });
        Assert.Equal("", story.Does);
    }

    [Fact]
    public void Gets_its_room_as_a_resting_order_and_as_slices_too()
    {
        var resting = Locked(FutStory.Close with { Maker = new MakerTerms(TimeSpan.FromSeconds(3), null) });
        Assert.Equal("find exits", resting.Does);
        Assert.Equal("LIMIT_MAKER 1", resting.Finds(1, 1).After(0.2).Does);
        var sliced = Locked(FutStory.Close with { Twap = new TwapTerms(2, null, TimeSpan.FromSeconds(10), TimeSpan.Zero, SliceWeights.Equal) });
        Assert.Equal("MARKET 0.5", sliced.Finds(1, 1).After(0.2).Does);
        sliced.Then(0, VenueStatus.Filled, 0.5m);
        Assert.Equal("find exits", sliced.After(10).Refused(0, ReasonCode.ReduceOnlyLocked).Does);       // the take-profits had come back meanwhile
        Assert.Equal("MARKET 0.5", sliced.Finds(0.5m, 1).After(0.2).Does);
    }

    /// <summary>It closes nothing yet, and its like are refused for a reason.</summary>
    [Fact]
    public void Is_not_what_a_stop_of_its_own_is()
    {
        var story = Locked(FutStory.Stop);
        Assert.Equal(("", true, ReasonCode.ReduceOnlyLocked), (story.Does, story.Order.Final, story.Order.Reason));
    }

    [Fact]
    public void Finds_those_that_hold_exits_on_its_side()
    {
        Order Owner(string id, Side side = Side.Buy, string symbol = "BTCUSDT") =>
            FutStory.Of(FutStory.Protected with { IntentId = id, Side = side, Symbol = symbol, Price = new(side is Side.Buy ? 99 : 101), Protection = side is Side.Buy ? FutStory.Exits : new ProtectionTerms(new Price(110), []) })
                .Then(0, VenueStatus.Filled, 1).Order;
        var (older, younger) = (Owner("older"), Owner("younger"));
        younger = younger with { CreatedAt = older.CreatedAt.AddSeconds(1), GivenWay = [new GivenWay("close", 1, Sample.Start, new(0.3m))] };
        var waiting = FutStory.Of(FutStory.Protected).Order;
        Order[] live = [younger, Owner("short", Side.Sell), waiting, Owner("elsewhere", symbol: "ETHUSDT"), older, FutStory.Of(FutStory.Close).Order];
        Assert.Equal("older 1, younger 0.7", string.Join(", ", ExitOwners.Of(live, SagaIds.Of("another"), "BTCUSDT", Side.Sell).Select(owner => $"{(owner.OrderId == older.Id ? "older" : owner.OrderId == younger.Id ? "younger" : "?")} {owner.Held}")));
        Assert.Equal(younger.Id, Assert.Single(ExitOwners.Of(live, older.Id, "BTCUSDT", Side.Sell)).OrderId);
    }
}
