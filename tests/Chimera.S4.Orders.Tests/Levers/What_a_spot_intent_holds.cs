using Xunit;

namespace Chimera.S4.Orders.Tests.Levers;

public class What_a_spot_intent_holds
{
    static readonly OcoTerms Oco = new(new(55_000), new(45_000), null, OnLegFailure.Guard);

    [Fact]
    public void Is_what_it_has_bought_less_the_fees_that_were_taken_in_it()
    {
        var bought = Sample.Working().Then(Sample.Working().Says(VenueStatus.PartiallyFilled, 0.5m, null, 1)).Order;
        Assert.Equal(0.5m, EndingAll.Held(bought, Sample.Instrument));

        var paid = bought.VenueOrders[0] with { Trades = [Sample.Lot(1) with { CommissionAsset = "BTC", Commission = 0.0005m }] };
        Assert.Equal(0.4995m, EndingAll.Held(bought with { VenueOrders = [paid] }, Sample.Instrument));
    }

    [Fact]
    public void Is_nothing_where_it_sells() =>
        Assert.Equal(0, EndingAll.Held(Filled(Sample.Open(Sample.Intent with { Side = Side.Sell }).Order, 0.5m), Sample.Instrument));

    [Fact]
    public void Is_what_was_given_to_it_to_protect_less_what_it_has_sold()
    {
        var stop = Sample.Open(Stop).Order;
        Assert.Equal(1, EndingAll.Held(stop, Sample.Instrument));
        Assert.Equal(0.5m, EndingAll.Held(Filled(stop, 0.5m), Sample.Instrument));
    }

    [Theory]
    [InlineData("a buy", true, true, true)]
    [InlineData("a sale", true, false, true)]
    [InlineData("a sale that reduces", true, false, true)]
    [InlineData("a stop", false, true, true)]
    [InlineData("two exits of what is held", false, true, true)]
    [InlineData("a buy", false, true, false)]
    public void Decides_what_a_cancel_of_everything_asks_to_end(string which, bool isToEnd, bool mayHold, bool isAlive)
    {
        var intent = which switch
        {
            "a buy" => Sample.Intent,
            "a sale" => Sample.Intent with { Side = Side.Sell },
            "a sale that reduces" => Sample.Intent with { Side = Side.Sell, ReduceOnly = true },
            "a stop" => Stop,
            _ => Sample.Intent with { Side = Side.Sell, ReduceOnly = true, Type = OrderType.Market, Price = null, TimeInForce = null, Oco = Oco },
        };
        var order = Sample.Open(intent).Order;
        Assert.Null(order.RejectedBy);

        Assert.Equal((isToEnd, mayHold), (EndingAll.IsToEnd(isAlive ? order : order with { Status = OrderStatus.Canceled }), EndingAll.MayHold(intent)));
    }

    static Intent Stop => Sample.Intent with { Side = Side.Sell, ReduceOnly = true, Type = OrderType.Stop, Price = null, TimeInForce = null, TriggerPx = new(45_000) };

    static Order Filled(Order order, decimal qty) => order with { VenueOrders = [order.VenueOrders[0] with { CumQty = new(qty) }] };
}
