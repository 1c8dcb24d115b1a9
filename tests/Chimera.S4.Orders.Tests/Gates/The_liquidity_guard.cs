using Xunit;

namespace Chimera.S4.Orders.Tests.Gates;

public class The_liquidity_guard
{
    static readonly DateTimeOffset Now = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);

    // Middle 100; asks up to 103.
    static readonly Quote Book = new([new(99.9m, 1), new(99.8m, 1)], [new(100.1m, 1), new(101, 1), new(103, 8)], Now);
    static readonly Instrument Bitcoin = new() { Market = Market.Spot, Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", IsTrading = true, Prices = new PriceGrid(0.01m), Lots = new LotGrid(0.001m) };

    [Theory]
    [InlineData("1    -> bears 1   worst 101   fine        at the best price")]
    [InlineData("2    -> bears 2   worst 101   fine        55 bps on average")]
    [InlineData("3    -> bears 2   worst 101   too dear    137 bps on average")]
    [InlineData("11   -> bears 2   worst 101   too dear    deeper than what is known")]
    public void Weighs_an_order_against_the_levels_that_are_known(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var said = Liquidity.Of(Side.Buy, new(decimal.Parse(words[0])), "BTCUSDT", Book, new LiquidityLimits());
        Assert.Equal((words[3], words[5], words[6] == "fine"), (said.Bears.ToString(), said.Worst.ToString(), said.Objection is null));
    }

    [Fact]
    public void Objects_to_a_wide_spread_and_to_a_book_that_nobody_knows()
    {
        Assert.Contains("spread", Liquidity.Of(Side.Buy, new(1), "BTCUSDT", new([new(99, 5)], [new(101, 5)], Now), new()).Objection);
        Assert.Contains("no fresh book", Liquidity.Of(Side.Sell, new(1), "BTCUSDT", null, new()).Objection);
        Assert.Null(Liquidity.Of(Side.Buy, new(1), "BTCUSDT", new([new(99, 5)], [new(101, 5)], Now), new() { MaxSpreadBps = new(50, new Dictionary<string, decimal> { ["BTCUSDT"] = 200 }) }).Objection);
    }

    [Fact]
    public void Takes_what_the_book_bears_at_market()
    {
        var place = Assert.IsType<PlaceEffect>(Assert.Single(Open(LiquidityAction.Limit, 1).Effects));
        Assert.Equal((OrderType.Market, 1m), (place.Type, place.Qty.Value));
    }

    [Fact]
    public void Makes_a_limit_of_what_would_cost_too_much_and_says_so()
    {
        var decision = Open(LiquidityAction.Limit, 3);
        var place = Assert.IsType<PlaceEffect>(Assert.Single(decision.Effects));
        Assert.Equal((OrderType.Limit, 3m, 101m, TimeInForce.Ioc), (place.Type, place.Qty.Value, place.Price!.Value.Value, place.TimeInForce));
        Assert.Contains(decision.Events, told => told is { Type: OrderEventType.LiquidityGuarded, Code: ReasonCode.LiquidityLimited });
        Assert.Contains(decision.Order.Timeline, note => note.What == "LIQUIDITY_GUARD");
    }

    [Fact]
    public void Takes_a_part_and_more_of_it_when_the_book_has_filled_up_again()
    {
        var order = Open(LiquidityAction.Shrink, 3).Order;
        Assert.Equal((OrderType.Market, 2m), (order.VenueOrders[0].Type, order.VenueOrders[0].OrderQty.Value));
        order = Fill(order, Now, LiquidityAction.Shrink);
        Assert.Single(order.VenueOrders);                                     // not at once: the book that is known may be the one before
        order = OrderDecider.OnWake(order, View(LiquidityAction.Shrink, Now.AddSeconds(1.1))).Order;
        Assert.Equal((OrderType.Market, 1m), (order.VenueOrders[1].Type, order.VenueOrders[1].OrderQty.Value));
        order = Fill(order, Now.AddSeconds(2), LiquidityAction.Shrink);
        Assert.Equal(OrderStatus.Closed, order.Status);
    }

    [Fact]
    public void Waits_for_a_better_book_and_takes_at_a_limit_when_it_has_waited_long_enough()
    {
        var order = Open(LiquidityAction.Delay, 3).Order;
        Assert.Empty(order.VenueOrders);
        Assert.NotNull(order.WakeAt);
        var better = View(LiquidityAction.Delay, Now.AddSeconds(2)) with { Quote = new([new(99.9m, 9)], [new(100.1m, 9)], Now) };
        Assert.Equal(OrderType.Market, OrderDecider.OnWake(order, better).Order.VenueOrders[0].Type);
        Assert.Equal(OrderType.Limit, OrderDecider.OnWake(order, View(LiquidityAction.Delay, Now.AddSeconds(31))).Order.VenueOrders[0].Type);
    }

    [Fact]
    public void Ends_what_no_market_was_known_for_in_time()
    {
        var order = Open(LiquidityAction.Delay, 3).Order;
        foreach (var second in new[] { 10, 20, 39.9 }) Assert.Null((order = Blind(order, second)).Reason);
        order = Blind(order, 40);
        Assert.Equal((OrderStatus.Expired, ReasonCode.NoMarketData), (order.Status, order.Reason));
    }

    [Fact]
    public void Looks_again_before_it_ends_what_comes_late_since_the_router_was_away()
    {
        var order = Blind(Open(LiquidityAction.Delay, 3).Order, 600);
        Assert.Equal(Now.AddSeconds(601), order.WakeAt);
        order = OrderDecider.OnWake(order, View(LiquidityAction.Delay, Now.AddSeconds(601))).Order;
        Assert.Equal((OrderType.Limit, 3m), (order.VenueOrders[0].Type, order.VenueOrders[0].OrderQty.Value));
    }

    [Fact]
    public void Asks_nothing_of_what_reduces()
    {
        var place = Assert.IsType<PlaceEffect>(Assert.Single(Open(LiquidityAction.Delay, 3, reduces: true).Effects));
        Assert.Equal((OrderType.Market, 3m), (place.Type, place.Qty.Value));
    }

    static Order Blind(Order order, double second) => OrderDecider.OnWake(order, View(LiquidityAction.Delay, Now.AddSeconds(second)) with { Quote = null }).Order;
    static LiquidityLimits Limits(LiquidityAction action) => new() { Action = action };
    static MarketView View(LiquidityAction action, DateTimeOffset now) => new() { Now = now, Instrument = Bitcoin, Quote = Book, Liquidity = Limits(action) };

    static Decision Open(LiquidityAction action, decimal qty, bool reduces = false)
    {
        Intent intent = new()
        {
            IntentId = "i", Market = Market.Spot, Symbol = "BTCUSDT", Side = reduces ? Side.Sell : Side.Buy, Qty = new(qty), Type = OrderType.Market, ReduceOnly = reduces, PublishedAt = Now, ReceivedAt = Now, ContentHash = "h",
        };
        return OrderDecider.Open(SagaIds.Of("i"), intent, null, new IntentFacts
        {
            Now = Now, InstrumentsKnown = true, Instrument = Bitcoin, Mid = 100, Quote = Book, Gates = new() { Liquidity = Limits(action) },
        }, "s4", null);
    }

    static Order Fill(Order order, DateTimeOffset at, LiquidityAction action)
    {
        var venue = order.VenueOrders[^1];
        return OrderDecider.OnReport(order, new Observation
        {
            ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Known, Status = VenueStatus.Filled, VenueOrderId = $"7{venue.ClientOrderId[^1]}", CumQty = venue.OrderQty, EffectSeq = venue.PlaceSeq, AnsweredAt = at,
            Trades = [new Trade($"t{venue.ClientOrderId[^1]}", venue.OrderQty, new Price(100), 0, null, false, at)],
        }, View(action, at)).Order;
    }
}
