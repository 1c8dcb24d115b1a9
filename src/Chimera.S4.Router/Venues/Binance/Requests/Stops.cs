using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Placements that wait for a price, as either venue's own kind of order.</summary>
static class Stops
{
    public static StopOrderRequest Spot(PlaceEffect placement) => new(placement.Symbol, placement.ClientOrderId)
    {
        Side = placement.Side, Kind = Kind(placement.Type), Qty = placement.Qty, TriggerPrice = Trigger(placement), Price = placement.Price, TimeInForce = placement.TimeInForce,
    };

    public static AlgoOrderRequest Futures(PlaceEffect placement, bool byMarkPrice) => new(placement.Symbol, placement.ClientOrderId)
    {
        Side = placement.Side, Kind = Kind(placement.Type), Qty = placement.Qty, TriggerPrice = Trigger(placement), Price = placement.Price, TimeInForce = placement.TimeInForce,
        ReduceOnly = placement.ReduceOnly, ByMarkPrice = byMarkPrice,
    };

    static TriggerKind Kind(OrderType type) => type switch
    {
        OrderType.Stop => TriggerKind.Stop,
        OrderType.TakeProfit => TriggerKind.TakeProfit,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "waits for no price"),
    };

    static Price Trigger(PlaceEffect placement) => placement.TriggerPx ?? throw new ArgumentException($"a {placement.Type} has a trigger price", nameof(placement));
}
