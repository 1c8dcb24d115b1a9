using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Spot: single orders, and lists of them (OCO, or OTOCO where there is an entry). All ids of a list are explicit, so that it and each of its orders is found again.</summary>
/// <param name="orders">The single orders.</param>
sealed class SpotVenue(IVenue orders, BinanceSpotRequests requests) : IVenue
{
    public Market Market => orders.Market;
    public DateTimeOffset Now => orders.Now;
    public DateTimeOffset? StreamReconciledSince => orders.StreamReconciledSince;

    public SignedRequest Sign(PlaceEffect placement) => orders.Sign(placement);
    public SignedRequest Sign(PlaceListEffect list) => requests.Sign(Lists.Request(list));

    public async Task<VenueAnswer> Place(SignedRequest request, CancellationToken cancel)
    {
        // The bytes say what they are, whoever has journalled them.
        if (!Protection.Names(request.Text, "listClientOrderId")) return await orders.Place(request, cancel);
        var placed = await requests.Place(request, cancel);
        return placed.Answer with { Order = null, Legs = placed.Orders };
    }

    public Task<VenueAnswer> Cancel(CancelEffect cancel, CancellationToken stop) => orders.Cancel(cancel, stop);

    public async Task<VenueAnswer> Query(OrderRef order, CancellationToken cancel)
    {
        if (order.List is not { } list) return await orders.Query(order, cancel);
        var told = await requests.QueryList(list.Symbol, list.ClientOrderId, cancel);
        return told.Outcome is VenueOutcome.Known ? await Legs(list, leg => orders.Query(leg, cancel)) : told.Answer;
    }

    public Task<TradesAnswer> Trades(OrderRef order, DateTimeOffset since, CancellationToken cancel) => orders.Trades(order, since, cancel);

    public async Task<VenueAnswer> LookEverywhere(OrderRef order, DateTimeOffset since, CancellationToken cancel)
    {
        if (order.List is not { } list) return await orders.LookEverywhere(order, since, cancel);
        var byId = await requests.QueryList(list.Symbol, list.ClientOrderId, cancel);
        if (byId.Outcome is not (VenueOutcome.Known or VenueOutcome.NotFound)) return byId.Answer;
        var open = await requests.OpenLists(cancel);
        if (open.Outcome is not VenueOutcome.Known) return new() { Outcome = open.Outcome };
        var legs = await Legs(list, leg => orders.LookEverywhere(leg, since, cancel));
        return legs.Outcome is VenueOutcome.NotFound && (byId.Outcome is VenueOutcome.Known || open.Lists.Any(row => row.ListClientOrderId == list.ClientOrderId))
            ? legs with { Outcome = VenueOutcome.Unknown }
            : legs;
    }

    public Task<OpenOrdersAnswer> OpenOrders(CancellationToken cancel) => orders.OpenOrders(cancel);

    /// <summary>Every order of the list, or none: they come to be together or not at all, so where only some are to be seen the others are not visible yet.</summary>
    static async Task<VenueAnswer> Legs(PlaceListEffect list, Func<OrderRef, Task<VenueAnswer>> look)
    {
        var (told, all) = (new List<VenueOrderState>(), Lists.Legs(list).ToList());
        foreach (var leg in all)
        {
            var answer = await look(leg);
            if (answer.Order is { } state) told.Add(state);
            else if (answer.Outcome is not VenueOutcome.NotFound) return answer;
        }
        return new() { Outcome = told.Count == all.Count ? VenueOutcome.Known : told.Count == 0 ? VenueOutcome.NotFound : VenueOutcome.Unknown, Legs = told };
    }
}
