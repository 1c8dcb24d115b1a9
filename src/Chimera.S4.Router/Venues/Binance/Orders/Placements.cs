using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Placements as either venue reads them.</summary>
static class Placements
{
    /// <summary><c>POST /api/v3/order</c>: symbol, side, type, timeInForce, quantity, price, newClientOrderId, newOrderRespType. There is no reduceOnly on spot: the router checks the balance. What waits for a price waits there too.</summary>
    public static Params Spot(PlaceEffect placement) => placement.TriggerPx is null ? Written(placement, ("LIMIT_MAKER", null), "FULL") : SpotWire.Of(Stops.Spot(placement)).Parameters;

    /// <summary><c>POST /fapi/v1/order</c>: the same and reduceOnly; post-only is timeInForce GTX. Its answer holds no fills.</summary>
    public static Params Futures(PlaceEffect placement) => Written(placement, ("LIMIT", "GTX"), "RESULT");

    static Params Written(PlaceEffect placement, (string Type, string? TimeInForce) postOnly, string answer)
    {
        (string type, string? timeInForce) = placement.Type switch
        {
            OrderType.Market => ("MARKET", null),
            OrderType.Limit => ("LIMIT", Words.TimeInForce(placement.TimeInForce)),
            OrderType.LimitMaker => postOnly,
            _ => throw new NotSupportedException($"placement of type {placement.Type}"),
        };
        var price = placement.Type is OrderType.Market ? null : (placement.Price ?? throw new ArgumentException("a limit order has a price", nameof(placement))).ToString();
        return new Params().Add("symbol", placement.Symbol).Add("side", Words.Side(placement.Side)).Add("type", type).Add("timeInForce", timeInForce)
            .Add("quantity", placement.Qty.ToString()).Add("price", price).Add("reduceOnly", placement.ReduceOnly && placement.Market is Market.Fut ? "true" : null)
            .Add("newClientOrderId", placement.ClientOrderId).Add("newOrderRespType", answer);
    }
}
