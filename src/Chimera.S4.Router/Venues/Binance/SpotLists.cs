using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Spot order lists: OCO, and OTOCO where there is an entry. All ids are explicit, so that the list and each of its orders is found again.</summary>
sealed class SpotLists(IVenue orders, BinanceSpotRequests requests) : IOrderLists
{
    public SignedRequest Sign(PlaceListEffect list) => requests.Sign(Request(list));

    public async Task<ListAnswer> Place(PlaceListEffect list, SignedRequest request, CancellationToken cancel)
    {
        var placed = await requests.Send(Request(list), request, cancel);
        if (placed.Outcome is not VenueOutcome.Known) return new(placed.Answer);
        var told = Ids(list).Select(id => placed.Orders.FirstOrDefault(order => order.ClientOrderId == id)).OfType<VenueOrderState>().ToList();
        return told.Count == Ids(list).Count() ? new(placed.Answer, told) : new(placed.Answer with { Outcome = VenueOutcome.Unknown, VenueText = "the answer does not tell every order of the list" });
    }

    public async Task<ListAnswer> Query(PlaceListEffect list, CancellationToken cancel)
    {
        var told = await requests.QueryList(list.Symbol, list.ClientOrderId, cancel);
        return told.Outcome is VenueOutcome.Known ? await Orders(list, cancel) : new(told.Answer);
    }

    public async Task<ListAnswer> LookEverywhere(PlaceListEffect list, DateTimeOffset since, CancellationToken cancel)
    {
        var byId = await Query(list, cancel);
        if (byId.Outcome is not VenueOutcome.NotFound) return byId;
        var open = await requests.OpenLists(cancel);
        if (open.Outcome is not VenueOutcome.Known) return new(new VenueAnswer { Outcome = open.Outcome });
        if (open.Lists.Any(row => row.ListClientOrderId == list.ClientOrderId)) return await Orders(list, cancel);
        foreach (var order in Refs(list))
        {
            var look = await orders.LookEverywhere(order, since, cancel);
            // They come to be together or not at all: where one is, the others are to be seen.
            if (look.Outcome is not VenueOutcome.NotFound) return look.Outcome is VenueOutcome.Known ? await Orders(list, cancel) : new(look);
        }
        return new(new VenueAnswer { Outcome = VenueOutcome.NotFound });
    }

    /// <summary>All of them, or that it is not known.</summary>
    async Task<ListAnswer> Orders(PlaceListEffect list, CancellationToken cancel)
    {
        var told = new List<VenueOrderState>();
        foreach (var order in Refs(list))
        {
            var answer = await orders.Query(order, cancel);
            if (answer.Order is not { } state) return new(answer.Outcome is VenueOutcome.NotFound ? answer with { Outcome = VenueOutcome.Unknown, VenueText = $"the list is there, its order {order.ClientOrderId} is not to be seen" } : answer);
            told.Add(state);
        }
        return new(new VenueAnswer { Outcome = VenueOutcome.Known }, told);
    }

    static IEnumerable<OrderRef> Refs(PlaceListEffect list) => Ids(list).Select(id => new OrderRef(list.Symbol, id, CancelId: ClientOrderId.CancelId(id, 0), IsConditional: false));

    static IEnumerable<string> Ids(PlaceListEffect list) => list.Entry is { } entry ? [entry.ClientOrderId, list.Above.ClientOrderId, list.Below.ClientOrderId] : [list.Above.ClientOrderId, list.Below.ClientOrderId];

    static OrderListRequest Request(PlaceListEffect list) => new(list.Symbol, list.ClientOrderId)
    {
        Kind = list.Entry is null ? OrderListKind.Oco : OrderListKind.Otoco, Side = list.Side, Qty = list.Qty, Above = Leg(list.Above), Below = Leg(list.Below),
        Entry = list.Entry is { } entry ? new(entry.ClientOrderId, entry.Side, entry.Qty, entry.Price) { PostOnly = entry.Type is OrderType.LimitMaker } : null,
    };

    static OrderListLeg Leg(ListExit exit) => new(exit.ClientOrderId, exit.Type switch
    {
        OrderType.LimitMaker => LegType.LimitMaker,
        OrderType.Stop => exit.Price is null ? LegType.StopLoss : LegType.StopLossLimit,
        OrderType.TakeProfit => exit.Price is null ? LegType.TakeProfit : LegType.TakeProfitLimit,
        _ => throw new ArgumentOutOfRangeException(nameof(exit), exit.Type, "no exit of a list"),
    }) { Price = exit.Price, TriggerPrice = exit.TriggerPx };
}
