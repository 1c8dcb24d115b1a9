using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Design §7 <c>replaces</c>: moving a stop, repricing a limit. Theme H of the field notes: never two that may fill for the same quantity.</summary>
public class An_intent_that_replaces_another
{
    static readonly Intent Repriced = Sample.Intent with { IntentId = "new", Replaces = "old" };
    static readonly Intent Moved = Sample.Intent with { IntentId = "new", Replaces = "old", Market = Market.Fut, Side = Side.Sell, ReduceOnly = true, Type = OrderType.Stop, Price = null, TriggerPx = new(45_000m), TimeInForce = null };

    static Decision Ended(Decision asked, decimal filled = 0, bool unknown = false, Side? side = null) => OrderDecider.OnReplaced(asked.Order, new ReplacedEnd(new(filled), unknown, side), Sample.Facts.View);

    static Decision Locked(Decision placed) => Refused(placed, ReasonCode.ReduceOnlyLocked);

    static Decision Refused(Decision placed, ReasonCode why)
    {
        var (last, at) = (placed.Order.VenueOrders[^1], placed.Order.UpdatedAt);
        return OrderDecider.OnReport(placed.Order, placed.Order.Comes(ReportKind.Rejected, last.PlaceSeq, why) with { ClientOrderId = last.ClientOrderId, AnsweredAt = at }, MarketView.At(at));
    }

    static Decision Says(Order order, VenueStatus status) => OrderDecider.OnReport(order, order.Says(status, answers: order.Placing()), Sample.Facts.View);

    [Fact]
    public void Waits_for_the_end_of_a_limit_before_it_is_sent()
    {
        var asked = Sample.Open(Repriced);
        Assert.Equal(SagaIds.Of("old"), Assert.IsType<EndIntentEffect>(Assert.Single(asked.Effects)).OrderId);
        Assert.Equal((OrderStatus.PendingNew, false), (asked.Order.Status, asked.Order.Final));
        var sent = Ended(asked);
        Assert.Equal((1m, 50_000m), (Assert.IsType<PlaceEffect>(Assert.Single(sent.Effects)).Qty.Value, ((PlaceEffect)sent.Effects[0]).Price?.Value));
        Assert.Equal(asked.Effects[0].Seq, Assert.Single(sent.Done));
    }

    [Fact]
    public void Does_what_the_other_has_left()
    {
        var sent = Ended(Sample.Open(Repriced), filled: 0.4m);
        Assert.Equal(0.6m, ((PlaceEffect)sent.Effects[0]).Qty.Value);
        var end = OrderDecider.OnReport(sent.Order, sent.Order.Says(VenueStatus.Filled, 0.6m, sent.Order.Placing()) with { Trades = [new Trade("t", new(0.6m), new(50_000m), 0, null, true, Sample.Start)] }, Sample.Facts.View);
        Assert.Equal((OrderStatus.Closed, null), (end.Order.Status, end.Order.Reason));
    }

    /// <summary>One that sells in the place of one that had bought: what was bought is what it sells, and no part of its own quantity.</summary>
    [Theory]
    [InlineData(Side.Buy, 1)]
    [InlineData(Side.Sell, 0.4)]
    [InlineData(null, 0.4)]
    public void Counts_what_the_other_has_filled_on_its_own_side(Side? filled, decimal left)
    {
        Assert.Equal(left, ((PlaceEffect)Assert.Single(Ended(Sample.Open(Repriced with { Side = Side.Sell }), filled: 0.6m, side: filled).Effects)).Qty.Value);
    }

    /// <summary>It only reduces. Made smaller, it would stand twice for a moment, and the simulation found both of them set off.</summary>
    [Fact]
    public void Keeps_its_size_where_the_other_had_exited_a_part_of_a_position()
    {
        var stands = Says(Sample.Open(Moved, Sample.Facts with { Reducible = 1 }).Order, VenueStatus.New);
        var told = Ended(stands, filled: 0.4m, side: Side.Sell);
        Assert.Equal((OrderStatus.Working, 0), (told.Order.Status, told.Effects.Length));
    }

    [Fact]
    public void Goes_where_the_other_has_left_nothing_of_a_position()
    {
        var told = Ended(Says(Sample.Open(Moved, Sample.Facts with { Reducible = 1 }).Order, VenueStatus.New), filled: 1, side: Side.Sell);
        Assert.IsType<CancelEffect>(Assert.Single(told.Effects));
        var gone = Says(told.Order, VenueStatus.Canceled);
        Assert.Equal((OrderStatus.Canceled, true, "REPLACED_HAS_FILLED"), (gone.Order.Status, gone.Order.Final, gone.Order.CancelReason));
    }

    [Theory]
    [InlineData(1, false, OrderStatus.Canceled, ReasonCode.ReplacedHasFilled, null)]
    [InlineData(0, true, OrderStatus.Rejected, ReasonCode.OrderNotFound, RejectedBy.Router)]
    public void Sends_nothing_when_there_is_nothing_to_replace(int filled, bool unknown, OrderStatus status, ReasonCode reason, RejectedBy? by)
    {
        var end = Ended(Sample.Open(Repriced), filled, unknown);
        Assert.Empty(end.Effects);
        Assert.Equal((status, true, reason, by), (end.Order.Status, end.Order.Final, end.Order.Reason, end.Order.RejectedBy));
    }

    /// <summary>Found by the simulation: it had ended at once, and a third one in its place did again what the first had done.</summary>
    [Fact]
    public void Is_not_sent_after_all_when_it_is_canceled_while_it_waits()
    {
        var canceled = OrderDecider.OnCancel(Sample.Open(Repriced).Order, null, "REPLACED", Sample.Waiter(WaitsFor.Cancel), Sample.Facts.View);
        Assert.Equal((OrderStatus.PendingNew, false, 0), (canceled.Order.Status, canceled.Order.Final, canceled.Replies.Length));
        var end = Ended(canceled, filled: 0.4m);
        Assert.Equal((OrderStatus.Canceled, true, 0, 1), (end.Order.Status, end.Order.Final, end.Effects.Length, end.Replies.Length));
        Assert.Equal((0m, 0.4m), (end.Order.CumQty.Value, end.Order.ReplacedQty.Value));
    }

    /// <summary>A futures stop is there twice for a moment rather than not at all.</summary>
    [Fact]
    public void Stands_before_the_stop_that_it_moves_is_asked_to_go()
    {
        var placed = Sample.Open(Moved, Sample.Facts with { Reducible = 1 });
        Assert.Equal(45_000m, Assert.IsType<PlaceEffect>(Assert.Single(placed.Effects)).TriggerPx?.Value);
        var stands = Says(placed.Order, VenueStatus.New);
        Assert.IsType<EndIntentEffect>(Assert.Single(stands.Effects));
        Assert.Equal((OrderStatus.Working, false), (stands.Order.Status, stands.Order.Final));
        Assert.Empty(Ended(stands).Effects);                                                // its stop stays, whatever the other had done
    }

    /// <summary>A full-size stop and a full-size stop are twice the position: the old one goes, and the new one follows at once, as large as what is left.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.4, 0.6)]
    public void Follows_a_futures_stop_that_locks_it_out(decimal exited, decimal left)
    {
        var locked = Locked(Sample.Open(Moved, Sample.Facts with { Reducible = 1 }));
        Assert.IsType<EndIntentEffect>(Assert.Single(locked.Effects));
        Assert.Equal((false, null), (locked.Order.Final, locked.Order.NakedSince));                            // the old one stands
        var again = Ended(locked, filled: exited, side: Side.Sell);
        var place = Assert.IsType<PlaceEffect>(Assert.Single(again.Effects));
        Assert.Equal((left, 45_000m), (place.Qty.Value, place.TriggerPx!.Value.Value));
        Assert.NotNull(again.Order.NakedSince);
        var stands = OrderDecider.OnReport(again.Order, again.Order.Comes(ReportKind.Known, again.Order.Placing()) with { ClientOrderId = place.ClientOrderId, Status = VenueStatus.New }, Sample.Facts.View);
        Assert.Equal((OrderStatus.Working, false, 0), (stands.Order.Status, stands.Order.Final, stands.Effects.Length));
        Assert.NotNull(stands.NakedFor);
    }

    [Fact]
    public void Tries_again_for_a_while_when_it_stays_locked_out_and_says_so_in_the_end()
    {
        var decision = Locked(Ended(Locked(Sample.Open(Moved, Sample.Facts with { Reducible = 1 }))));
        for (var refused = 2; refused < 6; refused++)
        {
            Assert.Equal((false, true), (decision.Order.Final, decision.Order.NakedSince is not null));
            var due = decision.Order.WakeAt!.Value;
            decision = OrderDecider.OnWake(decision.Order, MarketView.At(due));
            Assert.Equal(45_000m, Assert.IsType<PlaceEffect>(Assert.Single(decision.Effects)).TriggerPx!.Value.Value);
            decision = Locked(decision);
        }
        Assert.Equal((OrderStatus.Rejected, true, ReasonCode.ReduceOnlyLocked), (decision.Order.Status, decision.Order.Final, decision.Order.Reason));
        Assert.Contains(decision.Events, told => told.Type is OrderEventType.ProtectionRefused);
    }

    [Fact]
    public void Takes_at_market_what_has_lost_its_stop_when_the_price_is_past_the_new_one()
    {
        var again = Ended(Locked(Sample.Open(Moved, Sample.Facts with { Reducible = 1 })));
        var place = Assert.IsType<PlaceEffect>(Assert.Single(Refused(again, ReasonCode.WouldTrigger).Effects));
        Assert.Equal((OrderType.Market, 1m), (place.Type, place.Qty.Value));
    }

    /// <summary>It is an exit like any other, also when it came by that way.</summary>
    [Fact]
    public void Makes_room_for_a_close_after_it_has_followed_a_take_profit()
    {
        var again = Ended(Locked(Sample.Open(Moved with { Type = OrderType.TakeProfit, TriggerPx = new(55_000m) }, Sample.Facts with { Reducible = 1 })));
        var last = again.Order.VenueOrders[^1];
        var stands = OrderDecider.OnReport(again.Order, again.Order.Says(VenueStatus.New, answers: last.PlaceSeq) with { ClientOrderId = last.ClientOrderId }, Sample.Facts.View);
        Assert.Equal(last.ClientOrderId, Assert.IsType<CancelEffect>(Assert.Single(OrderDecider.OnGiveWay(stands.Order, "close", 1, null, Sample.Facts.View).Effects)).ClientOrderId);
    }

    /// <summary>An earlier build had ended such a move: whatever is heard of it now, the stop that stayed is left alone.</summary>
    [Fact]
    public void Asks_nobody_to_go_once_it_has_ended()
    {
        var locked = Locked(Sample.Open(Moved, Sample.Facts with { Reducible = 1 })).Order;
        var ended = locked with { Legs = [locked.Legs[0] with { Ended = VenueStatus.Rejected, Why = ReasonCode.ReduceOnlyLocked }], Replaced = new ReplacedIntent("old") };
        Assert.Empty(OrderDecider.OnLook(ended, Sample.Facts.View).Effects);
    }

    [Fact]
    public void Leaves_the_one_that_locks_it_out_where_it_is_canceled_before_it_has_asked()
    {
        var canceled = OrderDecider.OnCancel(Sample.Open(Moved, Sample.Facts with { Reducible = 1 }).Order, null, "x", null, Sample.Facts.View);
        var locked = Locked(canceled);
        Assert.Equal((OrderStatus.Canceled, true, 0), (locked.Order.Status, locked.Order.Final, locked.Effects.Length));
    }

    /// <summary>The venue takes no second spot order for what the first has locked: so the old stop goes first, and the gap is told.</summary>
    [Theory]
    [InlineData(VenueStatus.New)]
    [InlineData(VenueStatus.Rejected)]
    [InlineData(VenueStatus.Filled)]
    public void Measures_how_long_a_spot_holding_is_without_its_stop(VenueStatus status)
    {
        var asked = Sample.Open(Moved with { Market = Market.Spot, Price = new(44_900m) });
        Assert.Null(asked.Order.NakedSince);
        var sent = Ended(asked);
        Assert.Equal((Sample.Facts.View.Now, null), (sent.Order.NakedSince!.Value, sent.NakedFor));
        var stands = OrderDecider.OnReport(sent.Order, sent.Order.Says(status, answers: sent.Order.Placing()), Sample.Facts.View with { Now = Sample.Facts.View.Now.AddMilliseconds(70) });
        Assert.Equal((null, TimeSpan.FromMilliseconds(70)), (stands.Order.NakedSince, stands.NakedFor));
    }

    [Fact]
    public void Measures_no_gap_of_a_limit() => Assert.Null(Ended(Sample.Open(Repriced)).Order.NakedSince);

    /// <summary>Found by the simulation: the message of the other had been overtaken. One that stands would have stayed beside it.</summary>
    [Fact]
    public void Asks_again_where_it_stands_and_nobody_knows_the_other_yet()
    {
        var stands = Says(Sample.Open(Moved, Sample.Facts with { Reducible = 1 }).Order, VenueStatus.New);
        var unknown = Ended(stands, unknown: true);
        Assert.Equal((null, true), (unknown.Order.Replaced!.Ended, unknown.Done.IsEmpty));                     // its question stays pending, and repeats itself
        Assert.Equal(new(new(0), false), Ended(unknown).Order.Replaced!.Ended);
        var late = OrderDecider.OnReplaced(unknown.Order, new ReplacedEnd(Quantity.Zero, Unknown: true), MarketView.At(Sample.Start.AddMinutes(2)));
        Assert.Equal((true, 1), (late.Order.Replaced!.Ended!.Unknown, late.Done.Length));
    }

    /// <summary>Found by the simulation: what the other had left was too small for the venue, and was sent all the same.</summary>
    [Fact]
    public void Sends_nothing_when_what_is_left_is_too_small()
    {
        var view = Sample.Facts.View with { Instrument = Sample.Instrument with { MinNotional = 500m } };
        var end = OrderDecider.OnReplaced(Sample.Open(Repriced).Order, new ReplacedEnd(new(0.995m), false), view);
        Assert.Empty(end.Effects);
        Assert.Equal((OrderStatus.Canceled, true, ReasonCode.RemainderTooSmall), (end.Order.Status, end.Order.Final, end.Order.Reason));
    }

    [Fact]
    public void Leaves_the_other_in_place_when_it_is_refused_itself()
    {
        var placed = Sample.Open(Moved, Sample.Facts with { Reducible = 1 });
        var refused = OrderDecider.OnReport(placed.Order, placed.Order.Comes(ReportKind.Rejected, placed.Order.Placing(), ReasonCode.VenueTooManyOrders), Sample.Facts.View);
        Assert.Empty(refused.Effects);
        Assert.Equal(OrderStatus.Rejected, refused.Order.Status);
    }

    [Fact]
    public void Hears_the_same_end_only_once()
    {
        var sent = Ended(Sample.Open(Repriced), filled: 0.4m);
        Assert.True(sent.Order == Ended(sent, filled: 0.4m).Order);
    }

    [Theory]
    [InlineData("self yes    -> POLICY_CONFLICT itself")]
    [InlineData("market yes  -> POLICY_CONFLICT replaces type must be")]
    public void That_makes_no_sense_is_denied(string row)
    {
        var (cell, expected) = (Row.Of(row), row[(row.IndexOf("->", StringComparison.Ordinal) + 3)..].Split(' ', 2));
        var intent = cell.Has("self") ? Repriced with { Replaces = "new" } : Repriced with { Type = OrderType.Market, Price = null, TimeInForce = null };
        var verdict = IntentRules.Check(intent, Sample.Facts);
        Assert.Equal(expected[0], verdict.Denial?.Reason.Text());
        Assert.All(expected[1].Split(' '), word => Assert.Contains(word, verdict.Denial!.Message));
    }
}
