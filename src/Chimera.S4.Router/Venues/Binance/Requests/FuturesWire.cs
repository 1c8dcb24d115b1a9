using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Futures requests on the wire. https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api</summary>
static class FuturesWire
{
    public static Wire Of(VenueRequest request) => request switch
    {
        LimitOrderRequest limit => new(HttpMethod.Post, "/fapi/v1/order", RequestKind.Place, Limit(limit)),
        ModifyOrderRequest modify => new(HttpMethod.Put, "/fapi/v1/order", RequestKind.Change, Modify(modify)),
        AlgoOrderRequest algo => new(HttpMethod.Post, "/fapi/v1/algoOrder", RequestKind.Place, Algo(algo)),
        CancelAlgoRequest cancel => new(HttpMethod.Delete, "/fapi/v1/algoOrder", RequestKind.Cancel,
            cancel.AlgoId is { } id ? Begin(cancel).Add("algoId", id) : Begin(cancel).Add("clientAlgoId", cancel.ClientAlgoId)),
        CancelAllAlgosRequest all => new(HttpMethod.Delete, "/fapi/v1/algoOpenOrders", RequestKind.Cancel, Begin(all)),
        LeverageRequest leverage => new(HttpMethod.Post, "/fapi/v1/leverage", RequestKind.Change, Begin(leverage).Add("leverage", leverage.Leverage)),
        MarginTypeRequest margin => new(HttpMethod.Post, "/fapi/v1/marginType", RequestKind.Change, Begin(margin).Add("marginType", margin.Isolated ? "ISOLATED" : "CROSSED")),
        PositionModeRequest mode => new(HttpMethod.Post, "/fapi/v1/positionSide/dual", RequestKind.Change, new Params().Add("dualSidePosition", mode.Hedge ? "true" : "false")),
        CountdownRequest countdown => new(HttpMethod.Post, "/fapi/v1/countdownCancelAll", RequestKind.Change, Begin(countdown).Add("countdownTime", (long)countdown.In.TotalMilliseconds)),
        _ => throw new ArgumentException($"{request.GetType().Name} is no futures request", nameof(request)),
    };

    /// <summary>timeInForce (GTX = post-only, GTD with goodTillDate in ms), quantity, price | priceMatch, reduceOnly, newClientOrderId.</summary>
    static Params Limit(LimitOrderRequest limit)
    {
        if (limit.Price is null == limit.PriceMatch is null) throw new ArgumentException("either a price or a price match", nameof(limit));
        if (limit.PostOnly && (limit.TimeInForce is not null || limit.GoodTill is not null) || limit.GoodTill is not null && limit.TimeInForce is not null)
            throw new ArgumentException("post-only, good-till-date and a time in force exclude each other", nameof(limit));
        var timeInForce = limit.PostOnly ? "GTX" : limit.GoodTill is null ? Words.TimeInForce(limit.TimeInForce) : "GTD";
        var parameters = Begin(limit).Add("side", Words.Side(limit.Side)).Add("type", "LIMIT").Add("timeInForce", timeInForce).Add("quantity", limit.Qty.ToString())
            .Add("price", limit.Price?.ToString()).Add("priceMatch", limit.PriceMatch is { } match ? RequestWords.PriceMatch(match) : null)
            .Add("selfTradePreventionMode", RequestWords.SelfTrade(limit.SelfTrade));
        if (limit.GoodTill is { } end) parameters.Add("goodTillDate", end.ToUnixTimeSeconds() * 1000);
        if (limit.ReduceOnly) parameters.Add("reduceOnly", "true");
        return parameters.Add("newClientOrderId", limit.ClientOrderId).Add("newOrderRespType", "RESULT");
    }

    /// <summary>orderId | origClientOrderId, side, quantity and price, both required.</summary>
    static Params Modify(ModifyOrderRequest modify)
    {
        var parameters = Begin(modify);
        if (modify.VenueOrderId is { } id) parameters.Add("orderId", id);
        else parameters.Add("origClientOrderId", modify.ClientOrderId);
        return parameters.Add("side", Words.Side(modify.Side)).Add("quantity", modify.Qty.ToString()).Add("price", modify.Price.ToString());
    }

    /// <summary>algoType=CONDITIONAL, type, triggerPrice (not stopPrice), workingType, quantity | closePosition, clientAlgoId. closePosition goes with neither quantity nor reduceOnly.</summary>
    static Params Algo(AlgoOrderRequest algo)
    {
        if (algo.Qty is null && (algo.ReduceOnly || algo.Price is not null)) throw new ArgumentException("an order that closes the position has no price of its own and is not marked reduce-only", nameof(algo));
        var word = algo.Kind is TriggerKind.Stop ? "STOP" : "TAKE_PROFIT";
        var parameters = Begin(algo).Add("algoType", "CONDITIONAL").Add("side", Words.Side(algo.Side)).Add("type", algo.Price is null ? word + "_MARKET" : word)
            .Add("triggerPrice", algo.TriggerPrice.ToString()).Add("workingType", algo.ByMarkPrice ? "MARK_PRICE" : "CONTRACT_PRICE");
        if (algo.Price is { } price) parameters.Add("timeInForce", Words.TimeInForce(algo.TimeInForce)).Add("price", price.ToString());
        if (algo.Qty is { } qty) parameters.Add("quantity", qty.ToString());
        else parameters.Add("closePosition", "true");
        if (algo.ReduceOnly) parameters.Add("reduceOnly", "true");
        if (algo.PriceProtect) parameters.Add("priceProtect", "true");
        return parameters.Add("clientAlgoId", algo.ClientAlgoId);
    }

    static Params Begin(VenueRequest request) => new Params().Add("symbol", request.Symbol);
}
