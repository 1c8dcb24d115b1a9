using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Futures keep orders that wait for a price in a book of their own, with its own ids and lists; what triggers becomes an ordinary order under another id. Above this class there is one book: an
/// order has the client id that it was placed with, waits as New, and is what its child is from then on.
/// </summary>
/// <param name="orders">The book of ordinary orders.</param>
sealed class FuturesBooks(IVenue orders, BinanceFuturesRequests algos, BinanceApi api) : IVenue
{
    public Market Market => orders.Market;
    public DateTimeOffset Now => orders.Now;
    public DateTimeOffset? StreamReconciledSince => orders.StreamReconciledSince;

    public SignedRequest Sign(PlaceEffect placement) => placement.TriggerPx is null ? orders.Sign(placement) : algos.Sign(Stops.Futures(placement, api.Options.ByMarkPrice));

    public async Task<VenueAnswer> Place(SignedRequest request, CancellationToken cancel)
    {
        // The bytes say which book they are for, whoever has journalled them.
        if (!Protection.Names(request.Text, "algoType")) return await orders.Place(request, cancel);
        var placed = await algos.Place(request, cancel);
        return placed.Algo is { } algo ? placed.Answer with { Order = algo.AsOrder() } : placed.Answer;
    }

    /// <summary>One that has triggered is canceled as its child.</summary>
    public async Task<VenueAnswer> Cancel(CancelEffect cancel, CancellationToken stop)
    {
        if (!cancel.IsConditional) return await orders.Cancel(cancel, stop);
        var request = new CancelAlgoRequest(cancel.Symbol, cancel.ClientOrderId);
        var asked = await algos.Send(request, algos.Sign(request), stop);
        if (asked.Outcome is not (VenueOutcome.Known or VenueOutcome.NotOpen)) return asked.Answer;
        // That it was taken does not say that it is done, and what is not open may have triggered: the order itself tells.
        var (answer, child) = await Look(new OrderRef(cancel.Symbol, cancel.ClientOrderId), stop);
        if (child is null || answer.Order?.Status.IsTerminal() is not false) return answer;
        return Waited(cancel.ClientOrderId, await orders.Cancel(cancel with { IsConditional = false, VenueOrderId = child }, stop));
    }

    public async Task<VenueAnswer> Query(OrderRef order, CancellationToken cancel)
    {
        if (order.IsConditional is true) return (await Look(order, cancel)).Answer;
        var answer = await orders.Query(order, cancel);
        return answer.Outcome is VenueOutcome.NotFound && order.IsConditional is null ? (await Look(order, cancel)).Answer : answer;
    }

    public async Task<TradesAnswer> Trades(OrderRef order, DateTimeOffset since, CancellationToken cancel)
    {
        if (order.IsConditional is not true) return await orders.Trades(order, since, cancel);
        var told = await algos.QueryAlgo(order.Symbol, order.ClientOrderId, cancel);
        return told.Algo?.ChildOrderId is { } child ? await orders.Trades(new(order.Symbol, order.ClientOrderId, child), since, cancel) : new(told.Outcome, []);
    }

    /// <summary>By id, among those that wait, among all since; and among the ordinary orders and their trades, where its child may be seen before it is itself.</summary>
    public async Task<VenueAnswer> LookEverywhere(OrderRef order, DateTimeOffset since, CancellationToken cancel)
    {
        if (order.IsConditional is not true) return await orders.LookEverywhere(order, since, cancel);
        var byId = await Query(order, cancel);
        if (byId.Outcome is not VenueOutcome.NotFound) return byId;
        foreach (var list in new Func<Task<AlgosAnswer>>[] { () => algos.OpenAlgos(order.Symbol, cancel), () => algos.AllAlgos(order.Symbol, since, cancel) })
        {
            var look = await list();
            if (look.Outcome is not VenueOutcome.Known) return new() { Outcome = look.Outcome };
            if (look.Algos.FirstOrDefault(algo => algo.ClientAlgoId == order.ClientOrderId) is { } found) return (await Follow(found, cancel)).Answer;
        }
        return Waited(order.ClientOrderId, await orders.LookEverywhere(new(order.Symbol, order.ClientOrderId), since, cancel));
    }

    public async Task<OpenOrdersAnswer> OpenOrders(CancellationToken cancel)
    {
        var ordinary = await orders.OpenOrders(cancel);
        if (ordinary.Outcome is not VenueOutcome.Known) return ordinary;
        var open = await algos.OpenAlgos(cancel);
        // What is about to trigger, or has, is told by its child, which may have ended already: left out, it is asked for by id.
        return new(open.Outcome, [.. ordinary.Orders, .. open.Algos.Where(algo => algo.Status is AlgoStatus.New).Select(algo => algo.AsOrder())]);
    }

    /// <param name="order">By client id; by algo id only where no client id is known.</param>
    async Task<(VenueAnswer Answer, string? Child)> Look(OrderRef order, CancellationToken cancel)
    {
        var told = order.ClientOrderId is { Length: > 0 } own || order.VenueOrderId is not { } algoId
            ? await algos.QueryAlgo(order.Symbol, order.ClientOrderId, cancel)
            : await algos.QueryAlgoById(order.Symbol, algoId, cancel);
        return told.Algo is { } algo ? await Follow(algo, cancel) : (told.Answer, null);
    }

    async Task<(VenueAnswer Answer, string? Child)> Follow(AlgoOrderState algo, CancellationToken cancel)
    {
        if (algo.ChildOrderId is not { } child)
            return (algo.Status is AlgoStatus.Finished ? new() { Outcome = VenueOutcome.Unknown, VenueText = $"algo order {algo.AlgoId} is FINISHED and names no order" } : Known(algo), null);
        var answer = await orders.Query(new(algo.Symbol, algo.ClientAlgoId, child, IsConditional: false), cancel);
        if (answer.Outcome is not VenueOutcome.NotFound) return (Waited(algo.ClientAlgoId, answer), child);
        // A child that was refused, or never came to be, is nowhere; one that has been told of as alive, or as ended, is not visible yet.
        return (algo.Status is AlgoStatus.Canceled or AlgoStatus.Rejected or AlgoStatus.Expired ? Known(algo) : answer with { Outcome = VenueOutcome.Unknown }, child);
    }

    static VenueAnswer Known(AlgoOrderState algo) => new() { Outcome = VenueOutcome.Known, Order = algo.AsOrder() };

    static VenueAnswer Waited(string clientOrderId, VenueAnswer answer) =>
        answer.Order is { } order ? answer with { Order = order with { ClientOrderId = clientOrderId, IsConditional = true } } : answer;
}
