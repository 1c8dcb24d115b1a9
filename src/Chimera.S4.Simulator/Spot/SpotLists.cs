using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Placing, cancelling and looking at order lists.</summary>
internal sealed class SpotLists(SpotExchange exchange)
{
    public IEnumerable<Operation> Operations =>
    [
        Placement("/api/v3/orderList/oco", 2, SpotListPlacement.Oco),
        Placement("/api/v3/order/oco", 2, SpotListPlacement.OldOco),
        Placement("/api/v3/orderList/oto", 2, (p, e) => SpotListPlacement.Oto(p, e, exits: false, paid: false)),
        Placement("/api/v3/orderList/otoco", 3, (p, e) => SpotListPlacement.Oto(p, e, exits: true, paid: false)),
        Placement("/api/v3/orderList/opo", 2, (p, e) => SpotListPlacement.Oto(p, e, exits: false, paid: true)),
        Placement("/api/v3/orderList/opoco", 3, (p, e) => SpotListPlacement.Oto(p, e, exits: true, paid: true)),
        new("DELETE", "/api/v3/orderList", Access.Signed, _ => 1, Cancel) { FreeOnSuccess = true },
        new("GET", "/api/v3/orderList", Access.Signed, _ => 4, Query),
        new("GET", "/api/v3/openOrderList", Access.Signed, _ => 6, Open),
        new("GET", "/api/v3/allOrderList", Access.Signed, _ => 20, All),
    ];

    private Operation Placement(string path, int orders, Func<Parameters, SpotExchange, (OrderList, Order[])> read) =>
        new("POST", path, Access.Signed, _ => 1, call => Place(call, read)) { Orders = orders, FreeOnSuccess = true };

    private Reply Place(Call call, Func<Parameters, SpotExchange, (OrderList, Order[])> read) => exchange.Execute(call.Fence, () =>
    {
        var full = call.Params.Text("newOrderRespType") is not "ACK";
        var (list, orders) = read(call.Params, exchange);
        exchange.Place(list, orders, call);
        return Reply.Ok((list, orders, full ? SpotOrderJson.Result : (Action<System.Text.Json.Utf8JsonWriter, Order>)SpotOrderJson.Ack),
            static (w, l) => w.Object(l, SpotListJson.Placed));
    });

    private Reply Cancel(Call call) => exchange.Execute(call.Fence, () =>
    {
        var p = call.Params;
        exchange.Market(p.Required("symbol"));
        var list = Find(p, "listClientOrderId");
        if (list is { IsDone: false } && exchange.Legs(list).FirstOrDefault(o => o.Status is OrderStatus.New && o.IsWaiting) is { } stop
            && exchange.Fault("trigger-before-cancel") is not null) exchange.Wake(stop);
        if (list is null or { IsDone: true } || list.Symbol != p.Text("symbol")) throw VenueError.UnknownOrder();
        return Canceled(exchange, list, SpotPlacement.Id(p, "newClientOrderId"));
    });

    /// <summary>Cancels a list and shows what became of its orders.</summary>
    public static Reply Canceled(SpotExchange exchange, OrderList list, string? cancelId) =>
        Reply.Ok(Cancel(exchange, list, cancelId), static (w, l) => w.Object(l, SpotListJson.Canceled));

    public static (OrderList List, (Order Order, string Original)[] Legs) Cancel(SpotExchange exchange, OrderList list, string? cancelId)
    {
        var legs = exchange.Legs(list).Select(o => (o, o.ClientOrderId)).ToArray();
        exchange.CancelList(list, cancelId);
        return (list, legs);
    }

    private Reply Query(Call call) => exchange.Read(() =>
    {
        var list = Find(call.Params, "origClientOrderId");
        if (list is null || list.HiddenUntil > exchange.Clock.Now) throw new VenueError(-2018, "Order list does not exist.");
        return Reply.Ok((list, exchange.Legs(list)), static (w, l) => w.Object(l, SpotListJson.Query));
    });

    private Reply Open(Call call) => exchange.Read(() => Render(exchange.Lists.Where(list => !list.IsDone && IsListed(list))));

    private Reply All(Call call) => exchange.Read(() =>
        Render(Page.Of(call.Params, exchange.Lists.Where(IsListed), l => l.ListId, l => l.Time, call.Params.Number("fromId"), TimeSpan.FromHours(24))));

    private Reply Render(IEnumerable<OrderList> lists) =>
        Reply.Ok(lists.Select(list => (list, exchange.Legs(list))), static (w, all) => w.Array(all, SpotListJson.Query));

    private bool IsListed(OrderList list) => !list.HiddenFromLists || list.HiddenUntil <= exchange.Clock.Now;

    private OrderList? Find(Parameters p, string clientIdName)
    {
        var name = p.Text(clientIdName);
        if (p.Number("orderListId") is not { } listId)
            return exchange.List(name ?? throw new VenueError(-1102, $"Param '{clientIdName}' or 'orderListId' must be sent, but both were empty/null!"));
        var list = exchange.List(listId);
        return list is not null && name is not null && list.ClientListId != name ? null : list;
    }
}
