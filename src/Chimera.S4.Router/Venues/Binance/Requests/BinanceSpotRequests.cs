using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Stops, lists, amendments and replacements on spot.</summary>
sealed class BinanceSpotRequests(BinanceApi api, StreamWatch watch) : ISpotRequests
{
    readonly RequestSender sender = new(api, watch);

    public Market Market => Market.Spot;

    public SignedRequest Sign(VenueRequest request) => api.Sign(SpotWire.Of(request).Parameters);

    public async Task<RequestAnswer> Send(VenueRequest request, SignedRequest signed, CancellationToken cancel)
    {
        var wire = SpotWire.Of(request);
        var reply = await sender.Send(wire, signed, cancel);
        return request switch
        {
            ReplaceOrderRequest replace => CancelReplace.Read(sender, reply, replace),
            OrderListRequest or CancelListRequest => sender.Read(reply, wire.Kind, json => new() { List = ListReads.List(json), Orders = ListReads.Orders(json) }),
            AmendOrderRequest => sender.Read(reply, wire.Kind, json => Single(json.Inner("amendedOrder") ?? throw new WireException("no amendedOrder"))),
            _ => sender.Read(reply, wire.Kind, Single),
        };
    }

    /// <summary>Sends a list that was signed before: one with an entry has <c>pending…</c> parameters.</summary>
    public async Task<RequestAnswer> Place(SignedRequest signed, CancellationToken cancel) => sender.Read(
        await api.Post(Protection.Names(signed.Text, "pendingAboveType") ? "/api/v3/orderList/otoco" : "/api/v3/orderList/oco", signed, cancel), RequestKind.Place,
        json => new() { List = ListReads.List(json), Orders = ListReads.Orders(json) });

    /// <summary><c>GET /api/v3/orderList</c>: origClientOrderId = the list's own id.</summary>
    public async Task<RequestAnswer> QueryList(string symbol, string listClientOrderId, CancellationToken cancel) => sender.Read(
        await api.Get("/api/v3/orderList", new Params().Add("origClientOrderId", listClientOrderId), cancel), RequestKind.Query, json => new() { List = ListReads.List(json) });

    public async Task<OpenListsAnswer> OpenLists(CancellationToken cancel)
    {
        var open = await sender.Rows("/api/v3/openOrderList", new(), ListReads.List, cancel);
        return new(open.Problem?.Outcome ?? VenueOutcome.Known, open.Items);
    }

    static RequestParts Single(JsonElement json) => new() { Orders = [SpotOrders.Order(json)] };
}
