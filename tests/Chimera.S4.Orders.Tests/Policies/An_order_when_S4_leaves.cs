using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>The last replica is told to stop (decision 0028): makers go, nothing is entered, what protects stays, and the intent goes on when S4 is back.</summary>
public class An_order_when_S4_leaves
{
    static readonly Intent Patient = Sample.Intent with { Type = OrderType.Market, Price = null, TimeInForce = null, Maker = new MakerTerms(TimeSpan.FromSeconds(60), 0) };
    static readonly Intent Brief = Patient with { Maker = new MakerTerms(TimeSpan.FromSeconds(3), 0) };
    static readonly Intent Sliced = Sample.Intent with { Type = OrderType.Market, Price = null, TimeInForce = null, Twap = new TwapTerms(4, null, TimeSpan.FromSeconds(10), TimeSpan.Zero, SliceWeights.Equal) };
    static readonly PolicyLimits Long = new() { MakerMaxWait = TimeSpan.FromMinutes(1) };
    static readonly Quote Book = new([new(49_999m, 5)], [new(50_001m, 5)], Sample.Start);

    static Decision Open(Intent intent) => Sample.Open(intent, Sample.Facts with { Quote = Book, Limits = Long });
    static MarketView At(double seconds, decimal bid = 49_999m) =>
        new() { Now = Sample.Start.AddSeconds(seconds), Instrument = Sample.Instrument, Quote = Book with { Bids = [new(bid, 5)] } };
    static MarketView Leaving(double seconds, decimal bid = 49_999m) => At(seconds, bid) with { IsStopping = true };

    static PlaceEffect Placed(Decision decision) => Assert.Single(decision.Effects.OfType<PlaceEffect>());
    static Observation Says(string id, VenueStatus status, decimal cum = 0, int? answers = null) => new()
    {
        ClientOrderId = id, Kind = ReportKind.Known, EffectSeq = answers, VenueOrderId = "v", Status = status, CumQty = new(cum),
        Trades = cum == 0 ? [] : [new Trade($"t-{id}", new(cum), new(50_000m), 0, null, true, Sample.Start)],
    };

    static Order Resting(Intent intent)
    {
        var first = Open(intent);
        return OrderDecider.OnReport(first.Order, Says(Placed(first).ClientOrderId, VenueStatus.New, answers: Placed(first).Seq), At(0.1)).Order;
    }

    static Decision Withdrawn(Order resting, double seconds, decimal cum = 0, MarketView? then = null)
    {
        var asked = OrderDecider.OnLook(resting, Leaving(seconds));
        var cancel = Assert.IsType<CancelEffect>(Assert.Single(asked.Effects));
        return OrderDecider.OnReport(asked.Order, Says(cancel.ClientOrderId, VenueStatus.Canceled, cum, cancel.Seq), then ?? Leaving(seconds + 0.1));
    }

    [Fact]
    public void Withdraws_its_maker_and_places_nothing_though_it_lives_on()
    {
        var gone = Withdrawn(Resting(Patient), 5, 0.25m);
        Assert.Empty(gone.Effects);
        Assert.Equal((OrderStatus.PartiallyFilled, false, null), (gone.Order.Status, gone.Order.Final, gone.Order.Legs[0].Ended));
        Assert.Equal(Sample.Start.AddSeconds(6.1), gone.Order.WakeAt);
        Assert.Empty(OrderDecider.OnWake(gone.Order, Leaving(6.1)).Effects);
    }

    [Fact]
    public void Is_quoted_anew_for_what_is_left_when_S4_is_back()
    {
        var gone = Withdrawn(Resting(Patient), 5, 0.25m).Order;
        var back = Placed(OrderDecider.OnWake(PolicyLife.Restarted(gone), At(20)));
        Assert.Equal((OrderType.LimitMaker, 0.75m), (back.Type, back.Qty.Value));
        Assert.NotEqual(gone.VenueOrders[0].ClientOrderId, back.ClientOrderId);
    }

    [Fact]
    public void Takes_what_is_left_when_S4_is_back_after_its_window()
    {
        var gone = Withdrawn(Resting(Patient), 5, 0.25m).Order;
        var taken = Placed(OrderDecider.OnWake(gone, At(61)));
        Assert.Equal((OrderType.Market, 0.75m), (taken.Type, taken.Qty.Value));
    }

    /// <summary>Its window allows four quotes; each stop would else cost it one.</summary>
    [Fact]
    public void Has_used_up_no_quote_however_often_S4_left()
    {
        var order = Resting(Patient);
        for (var stop = 0; stop < 6; stop++)
        {
            var back = OrderDecider.OnWake(Withdrawn(order, stop + 1).Order, At(stop + 2.5));
            Assert.Equal(OrderType.LimitMaker, Placed(back).Type);
            order = OrderDecider.OnReport(back.Order, Says(Placed(back).ClientOrderId, VenueStatus.New, answers: Placed(back).Seq), At(stop + 2.6)).Order;
        }
    }

    [Fact]
    public void Goes_on_at_once_if_S4_has_come_back_before_the_cancel_is_seen() =>
        Assert.Equal(OrderType.LimitMaker, Placed(Withdrawn(Resting(Patient), 5, then: At(9))).Type);

    [Fact]
    public void Waits_to_withdraw_a_maker_until_the_venue_has_it()
    {
        var first = Open(Patient);
        Assert.Empty(OrderDecider.OnLook(first.Order, Leaving(0.1)).Effects);
        Assert.IsType<CancelEffect>(Assert.Single(OrderDecider.OnReport(first.Order, Says(Placed(first).ClientOrderId, VenueStatus.New, answers: Placed(first).Seq), Leaving(0.2)).Effects));
    }

    [Fact]
    public void Takes_nothing_when_its_window_ends_meanwhile()
    {
        var gone = Withdrawn(Resting(Patient), 61);
        Assert.Empty(gone.Effects);
        Assert.Equal(OrderType.Market, Placed(OrderDecider.OnWake(gone.Order, At(70))).Type);
    }

    [Fact]
    public void Asks_for_one_cancel_however_often_it_looks()
    {
        var asked = OrderDecider.OnLook(Resting(Patient), Leaving(5)).Order;
        Assert.Equal(asked, OrderDecider.OnLook(asked, Leaving(5)).Order);
    }

    [Fact]
    public void Starts_no_slice_until_S4_is_back_and_keeps_the_gap_then()
    {
        var first = Open(Sliced);
        var one = OrderDecider.OnReport(first.Order, Says(Placed(first).ClientOrderId, VenueStatus.Filled, 0.25m, Placed(first).Seq), At(0.2)).Order;
        var due = OrderDecider.OnWake(one, Leaving(10));
        Assert.Empty(due.Effects);
        var back = OrderDecider.OnWake(due.Order, At(35));
        Assert.Equal(0.25m, Placed(back).Qty.Value);
        var third = OrderDecider.OnReport(back.Order, Says(Placed(back).ClientOrderId, VenueStatus.Filled, 0.25m, Placed(back).Seq), At(35.2));
        Assert.Empty(third.Effects);
        Assert.Equal(Sample.Start.AddSeconds(45), third.Order.WakeAt);
    }

    [Fact]
    public void Leaves_a_plain_limit_where_it_is()
    {
        var resting = Resting(Sample.Intent);
        Assert.Equal(resting, OrderDecider.OnLook(resting, Leaving(5)).Order);
    }

    [Fact]
    public void Leaves_a_stop_and_exits_where_they_are_and_still_sets_them_up()
    {
        var stop = FutStory.Of(FutStory.Stop);
        Assert.Equal(stop.Order, OrderDecider.OnLook(stop.Order, Leaving(5)).Order);
        var maker = Sample.Open(
            Patient with { Market = Market.Fut, Protection = new ProtectionTerms(new Price(40_000), [new TakeProfitLevel(new Price(60_000), null)]) },
            Sample.Facts with { Instrument = Sample.Instrument with { Market = Market.Fut }, Quote = Book, Reference = 50_000, Limits = Long });
        var filled = OrderDecider.OnReport(maker.Order, Says(Placed(maker).ClientOrderId, VenueStatus.PartiallyFilled, 0.5m, Placed(maker).Seq), Leaving(1));
        Assert.Single(filled.Effects.OfType<CancelEffect>());
        Assert.Contains(filled.Effects.OfType<PlaceEffect>(), exit => exit is { ReduceOnly: true, Type: OrderType.Stop });
    }

    [Fact]
    public void Fills_exactly_what_was_asked_however_often_S4_leaves() => Seeds.Each(1_000, random => PolicyLife.Live(
        random.Pick(Brief, Sliced, Sliced with { Maker = Brief.Maker }) with { Qty = new(random.Next(60, 4_000) / 1000m), Side = random.Pick(Side.Buy, Side.Sell) }, random, leaveChance: 0.1));
}
