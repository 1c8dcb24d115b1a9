using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_dead_mans_switch
{
    static readonly Intent Futures = Sample.Intent with { Market = Market.Fut, Price = null, TimeInForce = null, Type = OrderType.Market, Maker = new MakerTerms(TimeSpan.FromSeconds(2), 0) };
    static readonly Order Maker = Working(Futures), Plain = Working(Sample.Intent with { IntentId = "plain", Market = Market.Fut }),
        PostOnly = Working(Sample.Intent with { IntentId = "post-only", Market = Market.Fut, Type = OrderType.LimitMaker, TimeInForce = null });

    [Fact]
    public void Is_armed_where_nothing_but_makers_rest() => Assert.Equal(DeadMan.Armed, Of([Maker], Maker.Name()));

    [Fact]
    public void Is_not_armed_where_nothing_rests() => Assert.Equal(DeadMan.NothingRests, Of([Maker]));

    [Fact]
    public void Is_not_armed_beside_a_foreign_order()
    {
        Assert.Equal(DeadMan.ForeignOrder, Of([Maker], Maker.Name(), "web_1"));
        Assert.Equal(DeadMan.ForeignOrder, Of([Maker], Maker.Name(), $"zz9{Maker.Name()[3..]}"));
    }

    [Fact]
    public void Is_not_armed_beside_an_order_of_ours_that_is_to_stay()
    {
        Assert.Equal(DeadMan.OtherOrder, Of([Maker, Plain], Maker.Name(), Plain.Name()));
        Assert.Equal(DeadMan.OtherOrder, Of([Maker, PostOnly], PostOnly.Name(), Maker.Name()));
    }

    [Fact]
    public void Is_not_armed_beside_an_order_whose_document_is_gone_or_has_ended()
    {
        Assert.Equal(DeadMan.OtherOrder, Of([], Maker.Name()));
        Assert.Equal(DeadMan.OtherOrder, Of([Maker with { Final = true }], Maker.Name()));
    }

    [Theory]
    [InlineData(OrderType.Limit, null, true)]
    [InlineData(OrderType.Limit, TimeInForce.Gtc, true)]
    [InlineData(OrderType.Limit, TimeInForce.Ioc, false)]
    [InlineData(OrderType.Limit, TimeInForce.Fok, false)]
    [InlineData(OrderType.LimitMaker, null, true)]
    [InlineData(OrderType.Market, null, false)]
    public void Gives_way_to_what_may_rest(OrderType type, TimeInForce? force, bool mayRest)
    {
        var place = new PlaceEffect(1, Market.Fut, "BTCUSDT", Plain.Name()) { Side = Side.Buy, Type = type, TimeInForce = force, Qty = new(1), Price = new(1) };
        Assert.Equal(mayRest, DeadMansSwitch.MayRest(place));
        Assert.False(DeadMansSwitch.MayRest(place with { TriggerPx = new(2) }));
        Assert.False(DeadMansSwitch.MayRest(place with { Market = Market.Spot }));
    }

    static Order Working(Intent intent)
    {
        var quote = new Quote([new BookLevel(49_999m, 1)], [new BookLevel(50_001m, 1)], Sample.Start);
        var order = Sample.Open(intent, Sample.Facts with { Instrument = Sample.Instrument with { Market = Market.Fut }, Quote = quote }).Order;
        Assert.True(order.VenueOrders.Length > 0, order.Message);
        return OrderDecider.OnReport(order, order.Says(VenueStatus.New, answers: order.Placing()), new MarketView { Now = Sample.Start, Instrument = Sample.Instrument, Quote = quote }).Order;
    }

    static DeadMan Of(Order[] documents, params string[] open) => DeadMansSwitch.Of(
        open.Select(name => new VenueOrderState { Symbol = "BTCUSDT", ClientOrderId = name, VenueOrderId = "1", Status = VenueStatus.New, CumQty = new(0) }), documents.ToDictionary(order => order.Id), Sample.Prefix);
}
