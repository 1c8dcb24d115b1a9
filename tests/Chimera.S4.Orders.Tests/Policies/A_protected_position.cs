using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Spec §5.4 and theme F of the field notes: the stop is there with the first fill, as large as what is held, and never away.</summary>
public class A_protected_position
{
    static readonly ProtectionTerms Terms = new(new Price(90), [new TakeProfitLevel(new Price(110), new(0.3m)), new TakeProfitLevel(new Price(120), null)]);
    static readonly Intent Protected = Sample.Intent with { Market = Market.Fut, Type = OrderType.Market, Price = null, TimeInForce = null, Protection = Terms };
    static readonly IntentFacts Facts = Sample.Facts with { Instrument = PolicyLife.Instrument with { Market = Market.Fut }, Mid = 100, Quote = new Quote([new(99.95m, 5)], [new(100.05m, 5)], Sample.Start) };

    static Decision Filled(decimal cum = 1, VenueStatus status = VenueStatus.Filled) => Fill(Sample.Open(Protected, Facts).Order, 0, cum, status);

    static Decision Fill(Order order, int at, decimal cum, VenueStatus status)
    {
        var venue = order.VenueOrders[at];
        return Report(order, venue, status, cum);
    }

    static Decision Report(Order order, VenueOrder venue, VenueStatus status, decimal cum = 0) => OrderDecider.OnReport(order, new Observation
    {
        ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Known, EffectSeq = venue.PlaceSeq, VenueOrderId = "v", Status = status, CumQty = new(cum),
        Trades = cum == 0 ? [] : [new Trade($"{venue.ClientOrderId}-{cum}", new(cum - venue.CumQty.Value), new(100), 0, null, false, Sample.Start)],
    }, Facts.View);

    static Order Stand(Order order) => order.VenueOrders.Aggregate(order, (now, venue) => venue.Status is VenueStatus.None ? Report(now, venue, VenueStatus.New).Order : now);

    [Fact]
    public void Has_its_stop_and_take_profits_with_the_fill()
    {
        var decision = Filled();
        Assert.Equal([(OrderType.Stop, 1m, 90m), (OrderType.TakeProfit, 0.3m, 110m), (OrderType.TakeProfit, 0.7m, 120m)],
            decision.Effects.Cast<PlaceEffect>().Select(place => (place.Type, place.Qty.Value, place.TriggerPx!.Value.Value)));
        Assert.All(decision.Effects.Cast<PlaceEffect>(), place => Assert.True(place is { ReduceOnly: true, Side: Side.Sell }));
        Assert.Equal(("FILLED", false), (decision.Order.Wire(), decision.Order.Final));
        Assert.Equal((1m, 100m), (decision.Order.CumQty.Value, decision.Order.AvgPx));
    }

    [Fact]
    public void Grows_its_stop_with_the_fills_the_new_one_first()
    {
        var order = Stand(Filled(0.4m, VenueStatus.PartiallyFilled).Order);
        var more = Fill(order, 0, 1, VenueStatus.Filled);
        var stop = more.Effects.OfType<PlaceEffect>().First(place => place.Type is OrderType.Stop);
        Assert.Equal(1m, stop.Qty.Value);
        Assert.Empty(more.Effects.OfType<CancelEffect>());
        var stands = Report(more.Order, more.Order.VenueOrders.First(venue => venue.ClientOrderId == stop.ClientOrderId), VenueStatus.New);
        Assert.Equal(order.VenueOrders.First(venue => venue.Type is OrderType.Stop).ClientOrderId, Assert.Single(stands.Effects.OfType<CancelEffect>()).ClientOrderId);
    }

    /// <summary>Found by the simulation: while the new stop replaces the old one there are two, and the end of one left the other resting for ever.</summary>
    [Fact]
    public void Withdraws_the_old_stop_when_the_new_one_found_nothing_to_reduce()
    {
        var order = Stand(Filled(0.4m, VenueStatus.PartiallyFilled).Order);
        var old = order.VenueOrders.First(venue => venue.Type is OrderType.Stop).ClientOrderId;
        order = Fill(order, 0, 1, VenueStatus.Filled).Order;
        var grown = order.VenueOrders.Last(venue => venue.Type is OrderType.Stop);
        var lapsed = OrderDecider.OnReport(order, new Observation { ClientOrderId = grown.ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.ReduceOnlyRejected, EffectSeq = grown.PlaceSeq }, Facts.View);
        var next = OrderDecider.OnWake(lapsed.Order, Facts.View);
        Assert.Contains(lapsed.Effects.Concat(next.Effects).OfType<CancelEffect>(), cancel => cancel.ClientOrderId == old);
    }

    /// <summary>Found by the simulation: more than the venue takes at market in one order was refused, again and again, and given up.</summary>
    [Fact]
    public void Is_left_at_market_in_as_many_orders_as_the_venue_needs()
    {
        var order = Fill(Sample.Open(Protected with { Type = OrderType.Limit, Price = new(100), Qty = new(5), Protection = new ProtectionTerms(new Price(90), []) }, Facts).Order, 0, 5, VenueStatus.Filled).Order;
        Decision Past(Order now) => OrderDecider.OnReport(now, new Observation { ClientOrderId = now.VenueOrders[^1].ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.WouldTrigger, EffectSeq = now.VenueOrders[^1].PlaceSeq }, Facts.View);
        var first = Past(order);
        Assert.Equal((OrderType.Market, 3m), first.Effects.OfType<PlaceEffect>().Select(place => (place.Type, place.Qty.Value)).Single());
        var rest = Past(Report(first.Order, first.Order.VenueOrders[^1], VenueStatus.Filled, 3).Order);
        Assert.Equal((OrderType.Market, 2m), rest.Effects.OfType<PlaceEffect>().Select(place => (place.Type, place.Qty.Value)).Single());
        Assert.True(Report(rest.Order, rest.Order.VenueOrders[^1], VenueStatus.Filled, 2).Order.Final);
    }

    [Fact]
    public void Is_closed_when_its_stop_has_filled_and_its_take_profits_are_gone()
    {
        var order = Stand(Filled().Order);
        var stopped = Report(order, order.VenueOrders[1], VenueStatus.Filled, 1);
        Assert.Equal(2, stopped.Effects.OfType<CancelEffect>().Count());
        order = stopped.Order;
        foreach (var exit in order.VenueOrders.Where(venue => venue.Type is OrderType.TakeProfit)) order = Report(order, order.VenueOrders.First(now => now.ClientOrderId == exit.ClientOrderId), VenueStatus.Canceled).Order;
        Assert.Equal((OrderStatus.Closed, true), (order.Status, order.Final));
    }

    [Fact]
    public void Shrinks_its_stop_when_a_take_profit_has_filled()
    {
        var order = Stand(Filled().Order);
        var taken = Report(order, order.VenueOrders[2], VenueStatus.Filled, 0.3m);
        Assert.Equal((OrderType.Stop, 0.7m), taken.Effects.OfType<PlaceEffect>().Select(place => (place.Type, place.Qty.Value)).Single());
    }

    [Fact]
    public void Is_left_at_market_once_when_the_price_is_past_its_stop()
    {
        var order = Filled().Order;
        var stop = order.VenueOrders[1];
        var past = OrderDecider.OnReport(order, new Observation { ClientOrderId = stop.ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.WouldTrigger, EffectSeq = stop.PlaceSeq }, Facts.View);
        var exit = Assert.Single(past.Effects.OfType<PlaceEffect>());
        Assert.Equal((OrderType.Market, 1m, true, null), (exit.Type, exit.Qty.Value, exit.ReduceOnly, exit.TriggerPx));
    }

    [Fact]
    public void Keeps_the_smaller_stop_when_the_larger_is_refused_for_ever()
    {
        var order = Stand(Filled(0.4m, VenueStatus.PartiallyFilled).Order);
        var decision = Fill(order, 0, 1, VenueStatus.Filled);
        var (told, view) = (0, Facts.View);
        for (var step = 0; step < 40; step++)
        {
            var refused = decision.Order.VenueOrders.LastOrDefault(venue => venue.Type is OrderType.Stop && venue.Status is VenueStatus.None);
            decision = refused is not null
                ? OrderDecider.OnReport(decision.Order, new Observation { ClientOrderId = refused.ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.VenueTooManyOrders, EffectSeq = refused.PlaceSeq, AnsweredAt = view.Now }, view)
                : OrderDecider.OnWake(decision.Order, view = view with { Now = decision.Order.WakeAt ?? view.Now.AddSeconds(60) });
            told += decision.Events.Count(told => told.Type is OrderEventType.ProtectionRefused);
            Assert.Empty(decision.Effects.OfType<CancelEffect>());
        }
        Assert.Equal(1, told);
        Assert.Contains(decision.Order.VenueOrders, venue => venue is { Type: OrderType.Stop, Status: VenueStatus.New });
    }

    [Fact]
    public void Keeps_its_exits_when_its_entry_is_canceled_and_loses_them_when_they_are_all_there_is()
    {
        var order = Stand(Filled(0.4m, VenueStatus.PartiallyFilled).Order);
        var canceled = OrderDecider.OnCancel(order, null, "RISK", null, Facts.View);
        Assert.Equal(order.VenueOrders[0].ClientOrderId, Assert.Single(canceled.Effects.OfType<CancelEffect>()).ClientOrderId);
        order = Report(canceled.Order, canceled.Order.VenueOrders[0], VenueStatus.Canceled, 0.4m).Order;
        Assert.Equal((OrderStatus.Canceled, false), (order.Status, order.Final));
        Assert.Equal(order.VenueOrders.Count(venue => venue.IsAlive), OrderDecider.OnCancel(order, null, "RISK", null, Facts.View).Effects.OfType<CancelEffect>().Count());
    }

    [Fact]
    public void Keeps_its_exits_when_the_cancel_of_its_entry_is_delivered_again()
    {
        var (first, second) = (SagaIds.Of("cancel-1"), SagaIds.Of("cancel-2"));
        var order = Stand(Filled(0.4m, VenueStatus.PartiallyFilled).Order);
        order = OrderDecider.OnCancel(order, first, "RISK", null, Facts.View).Order;
        order = OrderDecider.OnCancel(order, second, "RISK", null, Facts.View).Order;
        order = Report(order, order.VenueOrders[0], VenueStatus.Canceled, 0.4m).Order;
        foreach (var again in (Guid[])[first, second, first])
        {
            var decision = OrderDecider.OnCancel(order, again, "RISK", null, Facts.View);
            Assert.Empty(decision.Effects.OfType<CancelEffect>());
            Assert.False(decision.Order.ExitsCanceled);
        }
        Assert.False(OrderDecider.OnCancel(order, SagaIds.Of("cancel-all"), "CANCEL_ALL", null, Facts.View, keepsExits: true).Order.ExitsCanceled);
        Assert.True(OrderDecider.OnCancel(order, SagaIds.Of("cancel-3"), "RISK", null, Facts.View).Order.ExitsCanceled);
    }

    [Fact]
    public void Stops_entering_when_it_is_stopped_out()
    {
        var order = Stand(Filled(0.4m, VenueStatus.PartiallyFilled).Order);
        var stopped = Report(order, order.VenueOrders[1], VenueStatus.Filled, 0.4m);
        Assert.True(stopped.Order.CancelAsked);
        Assert.Contains(stopped.Effects.OfType<CancelEffect>(), cancel => cancel.ClientOrderId == order.VenueOrders[0].ClientOrderId);
    }

    [Theory]
    [InlineData("stop 101              -> TRIGGER_ON_WRONG_SIDE stop_loss 101 below 100")]
    [InlineData("take 99               -> TRIGGER_ON_WRONG_SIDE take_profit[0] 99 above")]
    [InlineData("stop 90.001           -> PRICE_OFF_TICK 90.001")]
    [InlineData("take 110 qty 2        -> POLICY_OUT_OF_RANGE 2 1")]
    [InlineData("market spot  stop 90  -> POLICY_NOT_SUPPORTED FUT exec_policy.oco")]
    [InlineData("reduce yes   stop 90  -> POLICY_CONFLICT reduces")]
    [InlineData("nothing yes           -> FIELD_REQUIRED stop_loss take_profit")]
    [InlineData("stop 90  take 110     -> accepted")]
    public void That_makes_no_sense_is_denied(string row)
    {
        var (cell, expected) = (Row.Of(row), row[(row.IndexOf("->", StringComparison.Ordinal) + 3)..].Split(' '));
        var intent = Protected with
        {
            Market = cell.Has("market") ? Market.Spot : Market.Fut, ReduceOnly = cell.Has("reduce"), Side = cell.Has("reduce") ? Side.Sell : Side.Buy,
            Protection = new ProtectionTerms(cell.Has("stop") ? new Price(cell.Decimal("stop")) : null,
                cell.Has("take") ? [new TakeProfitLevel(new Price(cell.Decimal("take")), cell.Has("qty") ? new Quantity(cell.Decimal("qty")) : null)] : []),
        };
        var verdict = IntentRules.Check(intent, Facts);
        Assert.Equal(expected[0], verdict.Denial?.Reason.Text() ?? "accepted");
        Assert.All(expected[1..], word => Assert.Contains(word, verdict.Denial?.Message ?? ""));
    }

    /// <summary>Any order of fills, exits, refusals, cancels, restarts and closes by other intents: what the exits take is what was entered, the stop is as large as what is held once all is heard, and in the end nothing is left alive.</summary>
    [Fact]
    public void Is_as_protected_as_it_is_large_in_any_life() => Seeds.Each(1_000, random =>
    {
        var intent = Protected with
        {
            Qty = new(random.Next(60, 4_000) / 1000m), Protection = Terms with { TakeProfits = random.Chance(0.5) ? [] : [new TakeProfitLevel(new Price(110), new(0.02m)), new TakeProfitLevel(new Price(120), null)] },
            Maker = random.Chance(0.5) ? new MakerTerms(TimeSpan.FromSeconds(2), null) : null,
            Twap = random.Chance(0.3) ? new TwapTerms(3, null, TimeSpan.FromSeconds(1), TimeSpan.Zero, SliceWeights.Equal) : null,
        };
        PolicyLife.Live(intent, random, closeChance: random.Pick(0, 0.02), watch: life =>
        {
            Assert.True(life.Venue.Position >= 0, "more was exited than was entered");
            var leg = life.Order.Legs.FirstOrDefault(leg => leg.Type is OrderType.Stop);
            if (!life.IsAtRest || leg is not { Ended: null, Why: null } || life.Order.ExitsCanceled || life.Order.WakeAt is not null) return;
            var held = PolicyLife.Instrument.LotsFor(OrderType.Market).Floor(new(life.Venue.Position)).Value;
            var stops = life.Venue.Orders.Values.Where(order => order.IsAlive && order.Placed.Type is OrderType.Stop).ToArray();
            // One that has set off is on its way out, and no longer resized.
            if (stops.Any(stop => stop.Cum > 0)) return;
            var standing = stops.Sum(stop => stop.Placed.Qty.Value);
            Assert.True(held == standing, $"{standing} stand to protect {held}");
        });
    });
}
