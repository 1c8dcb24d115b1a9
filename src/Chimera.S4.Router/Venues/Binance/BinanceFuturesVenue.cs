using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Binance USDⓈ-M futures, one-way position mode. https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api</summary>
sealed class BinanceFuturesVenue : IVenue
{
    readonly BinanceApi api;
    readonly AnswerReader answers;
    readonly OrderReads reads;
    readonly StreamHealth stream;

    public BinanceFuturesVenue(BinanceApi api, StreamHealth stream, StreamWatch watch)
    {
        (this.api, this.stream) = (api, stream);
        answers = new(api.Dialect, api.Clock, watch);
        reads = new(api, answers);
    }

    public Market Market => Market.Fut;
    public DateTimeOffset Now => api.Clock.Now;
    public DateTimeOffset? StreamReconciledSince => stream.ReconciledSince;

    /// <summary><c>POST /fapi/v1/order</c>: symbol, side, type, timeInForce (GTX = post-only), quantity, price, reduceOnly, newClientOrderId, newOrderRespType. Its answer holds no fills.</summary>
    public SignedRequest Sign(PlaceEffect placement)
    {
        var parameters = new Params().Add("symbol", placement.Symbol).Add("side", Words.Side(placement.Side));
        switch (placement.Type)
        {
            case OrderType.Market: parameters.Add("type", "MARKET"); break;
            case OrderType.Limit: parameters.Add("type", "LIMIT").Add("timeInForce", Words.TimeInForce(placement.TimeInForce)); break;
            case OrderType.LimitMaker: parameters.Add("type", "LIMIT").Add("timeInForce", "GTX"); break;
            default: throw new NotSupportedException($"futures placement of type {placement.Type}");
        }
        parameters.Add("quantity", placement.Qty.ToString());
        if (placement.Type is not OrderType.Market) parameters.Add("price", (placement.Price ?? throw new ArgumentException("a limit order has a price", nameof(placement))).ToString());
        if (placement.ReduceOnly) parameters.Add("reduceOnly", "true");
        return api.Sign(parameters.Add("newClientOrderId", placement.ClientOrderId).Add("newOrderRespType", "RESULT"));
    }

    public async Task<VenueAnswer> Place(SignedRequest request, CancellationToken cancel)
    {
        var answer = answers.Read(await api.Post(api.Dialect.OrderPath, request, cancel), RequestKind.Place);
        if (answer.Reason is ReasonCode.VenueFilter) api.Doubt.Raise();
        return answer;
    }

    /// <summary><c>DELETE /fapi/v1/order</c>: symbol, orderId | origClientOrderId. A cancel has no id of its own here, and the order keeps its.</summary>
    public async Task<VenueAnswer> Cancel(CancelEffect cancel, CancellationToken stop)
    {
        var parameters = new Params().Add("symbol", cancel.Symbol);
        if (cancel.VenueOrderId is { } id) parameters.Add("orderId", id);
        else parameters.Add("origClientOrderId", cancel.ClientOrderId);
        return answers.Read(await api.Delete(api.Dialect.OrderPath, parameters, stop), RequestKind.Cancel);
    }

    public Task<VenueAnswer> Query(OrderRef order, CancellationToken cancel) => reads.Query(order, cancel);
    public Task<TradesAnswer> Trades(OrderRef order, DateTimeOffset since, CancellationToken cancel) => reads.Trades(order, since, cancel);
    public Task<VenueAnswer> LookEverywhere(OrderRef order, DateTimeOffset since, CancellationToken cancel) => reads.LookEverywhere(order, since, cancel);
    public Task<OpenOrdersAnswer> OpenOrders(CancellationToken cancel) => reads.OpenOrders(cancel);
}
