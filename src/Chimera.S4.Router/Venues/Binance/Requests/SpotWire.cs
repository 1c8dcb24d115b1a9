using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Spot requests on the wire. https://developers.binance.com/docs/binance-spot-api-docs/rest-api/trading-endpoints</summary>
static class SpotWire
{
    public static Wire Of(VenueRequest request) => request switch
    {
        StopOrderRequest stop => new(HttpMethod.Post, "/api/v3/order", RequestKind.Place, Stop(stop)),
        ReplaceOrderRequest replace => new(HttpMethod.Post, "/api/v3/order/cancelReplace", RequestKind.Place, Replace(replace)),
        AmendOrderRequest amend => new(HttpMethod.Put, "/api/v3/order/amend/keepPriority", RequestKind.Change, Amend(amend)),
        OrderListRequest list => new(HttpMethod.Post, $"/api/v3/orderList/{Path(list)}", RequestKind.Place, List(list)),
        CancelListRequest cancel => new(HttpMethod.Delete, "/api/v3/orderList", RequestKind.Cancel,
            Begin(cancel).Add("listClientOrderId", cancel.ListClientOrderId).Add("newClientOrderId", cancel.CancelId)),
        _ => throw new ArgumentException($"{request.GetType().Name} is no spot request", nameof(request)),
    };

    /// <summary>type, timeInForce, quantity, price, stopPrice, newClientOrderId. The default answer to a stop is ACK, which tells no state: RESULT is asked for.</summary>
    static Params Stop(StopOrderRequest stop)
    {
        var word = stop.Kind is TriggerKind.Stop ? "STOP_LOSS" : "TAKE_PROFIT";
        var parameters = Begin(stop).Add("side", Words.Side(stop.Side)).Add("type", stop.Price is null ? word : word + "_LIMIT");
        if (stop.Price is { } price) parameters.Add("timeInForce", Words.TimeInForce(stop.TimeInForce)).Add("price", price.ToString());
        return parameters.Add("quantity", stop.Qty.ToString()).Add("stopPrice", stop.TriggerPrice.ToString()).Add("newClientOrderId", stop.ClientOrderId)
            .Add("selfTradePreventionMode", RequestWords.SelfTrade(stop.SelfTrade)).Add("newOrderRespType", "RESULT");
    }

    /// <summary>cancelReplaceMode, cancelOrderId | cancelOrigClientOrderId, cancelNewClientOrderId, and the new order's own parameters.</summary>
    static Params Replace(ReplaceOrderRequest replace)
    {
        var parameters = Begin(replace).Add("side", Words.Side(replace.Side)).Add("type", replace.Type switch
        {
            OrderType.Limit => "LIMIT", OrderType.LimitMaker => "LIMIT_MAKER", OrderType.Market => "MARKET", _ => throw new ArgumentException($"a replacement of type {replace.Type}", nameof(replace)),
        });
        if (replace.Type is OrderType.Limit) parameters.Add("timeInForce", Words.TimeInForce(replace.TimeInForce));
        if (replace.Type is not OrderType.Market) parameters.Add("price", (replace.Price ?? throw new ArgumentException("a limit order has a price", nameof(replace))).ToString());
        parameters.Add("quantity", replace.Qty.ToString()).Add("newClientOrderId", replace.ClientOrderId).Add("cancelReplaceMode", replace.PlaceAnyway ? "ALLOW_FAILURE" : "STOP_ON_FAILURE");
        if (replace.CancelVenueOrderId is { } id) parameters.Add("cancelOrderId", id);
        else parameters.Add("cancelOrigClientOrderId", replace.CancelClientOrderId);
        return parameters.Add("cancelNewClientOrderId", replace.CancelId).Add("newOrderRespType", "FULL");
    }

    /// <summary>orderId | origClientOrderId, newQty, newClientOrderId: the present id again, or the order would get a random one.</summary>
    static Params Amend(AmendOrderRequest amend)
    {
        var parameters = Begin(amend);
        if (amend.VenueOrderId is { } id) parameters.Add("orderId", id);
        else parameters.Add("origClientOrderId", amend.ClientOrderId);
        return parameters.Add("newQty", amend.NewQty.ToString()).Add("newClientOrderId", amend.ClientOrderId);
    }

    static string Path(OrderListRequest list) => list.Kind switch { OrderListKind.Oco => "oco", OrderListKind.Otoco => "otoco", _ => "opoco" };

    /// <summary>OCO: side, quantity, above…, below…. With an entry: working…, pendingSide, pendingQuantity (not OPOCO), pendingAbove…, pendingBelow….</summary>
    static Params List(OrderListRequest list)
    {
        var parameters = Begin(list).Add("listClientOrderId", list.ListClientOrderId);
        if (list.Kind is OrderListKind.Opoco == list.Qty is not null) throw new ArgumentException($"{list.Kind} {(list.Qty is null ? "needs a" : "takes its")} quantity{(list.Qty is null ? "" : " from the entry")}", nameof(list));
        if (list.Kind is OrderListKind.Oco)
        {
            if (list.Entry is not null) throw new ArgumentException("an OCO has no entry", nameof(list));
            Leg(Leg(parameters.Add("side", Words.Side(list.Side)).Add("quantity", list.Qty.ToString()), "above", list.Above), "below", list.Below);
        }
        else
        {
            var entry = list.Entry ?? throw new ArgumentException($"{list.Kind} needs an entry", nameof(list));
            parameters.Add("workingType", entry.PostOnly ? "LIMIT_MAKER" : "LIMIT").Add("workingSide", Words.Side(entry.Side)).Add("workingClientOrderId", entry.ClientOrderId)
                .Add("workingPrice", entry.Price.ToString()).Add("workingQuantity", entry.Qty.ToString()).Add("workingTimeInForce", entry.PostOnly ? null : Words.TimeInForce(entry.TimeInForce))
                .Add("pendingSide", Words.Side(list.Side)).Add("pendingQuantity", list.Qty?.ToString());
            Leg(Leg(parameters, "pendingAbove", list.Above), "pendingBelow", list.Below);
        }
        return parameters.Add("selfTradePreventionMode", RequestWords.SelfTrade(list.SelfTrade)).Add("newOrderRespType", "RESULT");
    }

    static Params Leg(Params parameters, string name, OrderListLeg leg) => parameters
        .Add($"{name}Type", RequestWords.Leg(leg.Type)).Add($"{name}ClientOrderId", leg.ClientOrderId).Add($"{name}Price", leg.Price?.ToString())
        .Add($"{name}StopPrice", leg.TriggerPrice?.ToString()).Add($"{name}TimeInForce", leg.Type is LegType.StopLossLimit or LegType.TakeProfitLimit ? Words.TimeInForce(leg.TimeInForce) : null);

    static Params Begin(VenueRequest request) => new Params().Add("symbol", request.Symbol);
}
