using Xunit;

namespace Chimera.S4.Orders.Tests.Gates;

public class A_live_order_when_a_gate_closes
{
    static readonly DateTimeOffset Now = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);
    static readonly Instrument Bitcoin = new() { Market = Market.Spot, Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", IsTrading = true, Prices = new PriceGrid(0.01m), Lots = new LotGrid(0.001m) };
    static readonly Quote Book = new([new(99.9m, 50)], [new(100.1m, 50)], Now);
    static readonly GateState Killed = new() { IsKilled = true }, Open = new() { Spot = BreakerState.Open };

    static MarketView View(GateState gates, double seconds = 1) => new() { Now = Now.AddSeconds(seconds), Instrument = Bitcoin, Quote = Book, Gates = gates };

    static Order Accepted(Func<Intent, Intent>? change = null)
    {
        Intent intent = new() { IntentId = "i", Market = Market.Spot, Symbol = "BTCUSDT", Side = Side.Buy, Qty = new(4), Type = OrderType.Market, PublishedAt = Now, ReceivedAt = Now, ContentHash = "h" };
        return OrderDecider.Open(SagaIds.Of("i"), change?.Invoke(intent) ?? intent, null, new IntentFacts { Now = Now, InstrumentsKnown = true, Instrument = Bitcoin, Mid = 100, Quote = Book, Reducible = 10 }, "s4", null).Order;
    }

    static Order Told(Order order, ReportKind kind, VenueStatus status = VenueStatus.None, decimal filled = 0, ReasonCode? reason = null, GateState? gates = null)
    {
        var venue = order.VenueOrders[^1];
        return OrderDecider.OnReport(order, new Observation
        {
            ClientOrderId = venue.ClientOrderId, Kind = kind, Status = status, VenueOrderId = kind is ReportKind.Known ? $"7{venue.ClientOrderId[^3..]}" : null, CumQty = new(filled), EffectSeq = venue.PlaceSeq, Reason = reason,
            AnsweredAt = Now, Trades = filled == 0 ? [] : [new Trade($"t{venue.ClientOrderId[^3..]}", new(filled), new Price(100), 0, null, false, Now)],
        }, View(gates ?? GateState.Open, 0)).Order;
    }

    static Intent Maker(Intent intent) => intent with { Maker = new MakerTerms(TimeSpan.FromSeconds(3), 0) };
    static Intent Sliced(Intent intent) => intent with { Twap = new TwapTerms(4, null, TimeSpan.FromSeconds(10), TimeSpan.Zero, SliceWeights.Equal) };

    [Fact]
    public void Cancels_what_rests_and_ends_by_the_kill_switch()
    {
        var resting = Told(Accepted(Maker), ReportKind.Known, VenueStatus.New);
        var decision = OrderDecider.OnLook(resting, View(Killed));
        Assert.IsType<CancelEffect>(Assert.Single(decision.Effects));
        var ended = Told(decision.Order, ReportKind.Known, VenueStatus.Canceled, gates: Killed);
        Assert.Equal((OrderStatus.Canceled, ReasonCode.KillSwitch), (ended.Status, ended.Reason));
        Assert.Contains("4 of 4 were not done", ended.Message);
    }

    [Fact]
    public void Starts_no_further_slice_and_tells_what_remains()
    {
        var first = Told(Accepted(Sliced), ReportKind.Known, VenueStatus.Filled, 1);
        var ended = OrderDecider.OnWake(first, View(Killed, 10)).Order;
        Assert.Equal((OrderStatus.Canceled, ReasonCode.KillSwitch, 1m), (ended.Status, ended.Reason, ended.CumQty.Value));
        Assert.Single(ended.VenueOrders);
        Assert.Contains("3 of 4 were not done", ended.Message);
    }

    [Fact]
    public void Goes_on_as_it_was_if_it_reduces()
    {
        var reducing = Told(Accepted(intent => intent with { Side = Side.Sell, ReduceOnly = true, Type = OrderType.Limit, Price = new(120), TimeInForce = TimeInForce.Gtc }), ReportKind.Known, VenueStatus.New);
        Assert.Equal(reducing, OrderDecider.OnLook(reducing, View(Killed)).Order);
    }

    [Theory]
    [InlineData(ReasonCode.KillSwitch, 423)]
    [InlineData(ReasonCode.BreakerOpen, 503)]
    public void Is_denied_when_the_gate_closed_before_its_order_left(ReasonCode reason, int status)
    {
        var denied = Told(Accepted(), ReportKind.Rejected, reason: reason);
        Assert.Equal((OrderStatus.Rejected, RejectedBy.Router, reason, true), (denied.Status, denied.RejectedBy, denied.Reason, denied.Final));
        Assert.Equal(status, ReasonCodes.Of(reason).HttpStatus);
    }

    [Fact]
    public void Ends_a_maker_that_was_not_sent_because_of_the_switch_whatever_was_read_here_since()
    {
        var stopped = Told(Accepted(Sliced), ReportKind.Rejected, reason: ReasonCode.KillSwitch);
        Assert.Equal((OrderStatus.Canceled, ReasonCode.KillSwitch), (stopped.Status, stopped.Reason));
    }

    [Fact]
    public void Waits_while_the_breaker_is_open_and_goes_on_when_it_has_closed()
    {
        var first = Told(Accepted(Sliced), ReportKind.Known, VenueStatus.Filled, 1);
        var waiting = OrderDecider.OnWake(first, View(Open, 10)).Order;
        Assert.Single(waiting.VenueOrders);
        Assert.Equal(Now.AddSeconds(11), waiting.WakeAt);
        Assert.Equal(2, OrderDecider.OnWake(waiting, View(GateState.Open, 11)).Order.VenueOrders.Length);
    }

    [Fact]
    public void Tries_a_slice_again_that_the_breaker_held_back_and_counts_no_try()
    {
        var held = Accepted(Sliced);
        for (var tries = 0; tries < 5; tries++)
        {
            held = Told(held, ReportKind.Rejected, reason: ReasonCode.BreakerOpen, gates: Open);
            Assert.Equal(OrderStatus.Armed, held.Status);
            held = OrderDecider.OnWake(held, View(GateState.Open, tries + 1)).Order;
            Assert.Equal(tries + 2, held.VenueOrders.Length);
        }
    }

    [Fact]
    public void Is_not_ended_by_a_store_that_does_not_answer()
    {
        var resting = Told(Accepted(Maker), ReportKind.Known, VenueStatus.New);
        Assert.Empty(OrderDecider.OnLook(resting, View(GateState.Unreadable)).Effects);
    }
}
