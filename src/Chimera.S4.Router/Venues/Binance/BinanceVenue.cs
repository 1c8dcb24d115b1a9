using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Plain orders on Binance, spot or USDⓈ-M futures in one-way position mode; where the two differ, their <see cref="VenueDialect"/> says how.</summary>
/// <remarks>
/// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/trading-endpoints
/// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api
/// </remarks>
sealed class BinanceVenue : IVenue
{
    readonly BinanceApi api;
    readonly AnswerReader answers;
    readonly OrderReads reads;
    readonly StreamHealth stream;

    public BinanceVenue(BinanceApi api, StreamHealth stream, StreamWatch watch)
    {
        (this.api, this.stream) = (api, stream);
        answers = new(api.Dialect, api.Clock, watch);
        reads = new(api, answers);
    }

    public Market Market => api.Dialect.Market;
    public DateTimeOffset Now => api.Clock.Now;
    public DateTimeOffset? StreamReconciledSince => stream.ReconciledSince;

    public SignedRequest Sign(PlaceEffect placement) => api.Sign(api.Dialect.Placement(placement));

    public async Task<VenueAnswer> Place(SignedRequest request, CancellationToken cancel)
    {
        var answer = answers.Read(await api.Post(api.Dialect.OrderPath, request, cancel), RequestKind.Place);
        if (answer.Reason is ReasonCode.VenueFilter) api.Doubt.Raise();
        return answer;
    }

    /// <summary>
    /// <c>DELETE /api/v3/order</c>, <c>DELETE /fapi/v1/order</c>: symbol, orderId | origClientOrderId, on spot newClientOrderId, which names the cancel and from then on the order. A futures
    /// cancel has no id of its own.
    /// </summary>
    public async Task<VenueAnswer> Cancel(CancelEffect cancel, CancellationToken stop)
    {
        var parameters = new Params().Add("symbol", cancel.Symbol);
        if (cancel.VenueOrderId is { } id) parameters.Add("orderId", id);
        else parameters.Add("origClientOrderId", cancel.ClientOrderId);
        if (api.Dialect.RenamesOnCancel) parameters.Add("newClientOrderId", cancel.CancelId);
        var answer = answers.Read(await api.Delete(api.Dialect.OrderPath, parameters, stop), RequestKind.Cancel);
        return answer.Order is { } order ? answer with { Order = order with { ClientOrderId = cancel.ClientOrderId } } : answer;
    }

    public Task<VenueAnswer> Query(OrderRef order, CancellationToken cancel) => reads.Query(order, cancel);
    public Task<TradesAnswer> Trades(OrderRef order, DateTimeOffset since, CancellationToken cancel) => reads.Trades(order, since, cancel);
    public Task<VenueAnswer> LookEverywhere(OrderRef order, DateTimeOffset since, CancellationToken cancel) => reads.LookEverywhere(order, since, cancel);
    public Task<OpenOrdersAnswer> OpenOrders(CancellationToken cancel) => reads.OpenOrders(cancel);
}
