using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Binance spot. https://developers.binance.com/docs/binance-spot-api-docs/rest-api/trading-endpoints</summary>
sealed class BinanceSpotVenue : IVenue
{
    readonly BinanceApi api;
    readonly AnswerReader answers;
    readonly OrderReads reads;
    readonly StreamHealth stream;

    public BinanceSpotVenue(BinanceApi api, StreamHealth stream, StreamWatch watch)
    {
        (this.api, this.stream) = (api, stream);
        answers = new(api.Dialect, api.Clock, watch);
        reads = new(api, answers);
    }

    public Market Market => Market.Spot;
    public DateTimeOffset Now => api.Clock.Now;
    public DateTimeOffset? StreamReconciledSince => stream.ReconciledSince;

    /// <summary><c>POST /api/v3/order</c>: symbol, side, type, timeInForce, quantity, price, newClientOrderId, newOrderRespType. There is no reduceOnly on spot: the router checks the balance.</summary>
    public SignedRequest Sign(PlaceEffect placement)
    {
        if (placement.TriggerPx is not null) return api.Sign(SpotWire.Of(Stops.Spot(placement)).Parameters);
        var parameters = new Params().Add("symbol", placement.Symbol).Add("side", Words.Side(placement.Side));
        switch (placement.Type)
        {
            case OrderType.Market: parameters.Add("type", "MARKET"); break;
            case OrderType.Limit: parameters.Add("type", "LIMIT").Add("timeInForce", Words.TimeInForce(placement.TimeInForce)); break;
            case OrderType.LimitMaker: parameters.Add("type", "LIMIT_MAKER"); break;
            default: throw new NotSupportedException($"spot placement of type {placement.Type}");
        }
        parameters.Add("quantity", placement.Qty.ToString());
        if (placement.Type is not OrderType.Market) parameters.Add("price", (placement.Price ?? throw new ArgumentException("a limit order has a price", nameof(placement))).ToString());
        return api.Sign(parameters.Add("newClientOrderId", placement.ClientOrderId).Add("newOrderRespType", "FULL"));
    }

    public async Task<VenueAnswer> Place(SignedRequest request, CancellationToken cancel)
    {
        var answer = answers.Read(await api.Post(api.Dialect.OrderPath, request, cancel), RequestKind.Place);
        if (answer.Reason is ReasonCode.VenueFilter) api.Doubt.Raise();
        return answer;
    }

    /// <summary><c>DELETE /api/v3/order</c>: symbol, orderId | origClientOrderId, newClientOrderId (names the cancel, and from then on the order).</summary>
    public async Task<VenueAnswer> Cancel(CancelEffect cancel, CancellationToken stop)
    {
        var parameters = new Params().Add("symbol", cancel.Symbol);
        if (cancel.VenueOrderId is { } id) parameters.Add("orderId", id);
        else parameters.Add("origClientOrderId", cancel.ClientOrderId);
        var answer = answers.Read(await api.Delete(api.Dialect.OrderPath, parameters.Add("newClientOrderId", cancel.CancelId), stop), RequestKind.Cancel);
        return answer.Order is { } order ? answer with { Order = order with { ClientOrderId = cancel.ClientOrderId } } : answer;
    }

    public Task<VenueAnswer> Query(OrderRef order, CancellationToken cancel) => reads.Query(order, cancel);
    public Task<TradesAnswer> Trades(OrderRef order, DateTimeOffset since, CancellationToken cancel) => reads.Trades(order, since, cancel);
    public Task<VenueAnswer> LookEverywhere(OrderRef order, DateTimeOffset since, CancellationToken cancel) => reads.LookEverywhere(order, since, cancel);
    public Task<OpenOrdersAnswer> OpenOrders(CancellationToken cancel) => reads.OpenOrders(cancel);
}
