using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Placing, cancelling and looking at spot orders.</summary>
internal sealed class SpotTrading(SpotExchange exchange)
{
    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/api/v3/order", Access.Signed, _ => 1, Place) { Orders = 1, FreeOnSuccess = true },
        new("POST", "/api/v3/order/test", Access.Signed, call => call.Params.Flag("computeCommissionRates") ? 20 : 1, Test),
        new("DELETE", "/api/v3/order", Access.Signed, _ => 1, Cancel) { FreeOnSuccess = true },
        new("DELETE", "/api/v3/openOrders", Access.Signed, _ => 1, CancelAll) { FreeOnSuccess = true },
        new("GET", "/api/v3/order", Access.Signed, _ => 4, Query),
        new("GET", "/api/v3/openOrders", Access.Signed, call => call.Params.Has("symbol") ? 6 : 80, OpenOrders),
        new("GET", "/api/v3/allOrders", Access.Signed, _ => 20, AllOrders),
        new("GET", "/api/v3/myTrades", Access.Signed, call => call.Params.Has("orderId") ? 5 : 20, Trades),
    ];

    private Reply Place(Call call) => exchange.Execute(call.Fence, () =>
    {
        var form = ResponseForm(call.Params);
        return new Reply(200, Placed(exchange, SpotPlacement.Read(call.Params, exchange), form, call));
    });

    /// <summary>Places an order and shows it as fully as asked.</summary>
    public static byte[] Placed(SpotExchange exchange, Order order, string form, Call call)
    {
        var known = exchange.Index.Trades.Count;
        exchange.Place(order, call);
        return form switch
        {
            "ACK" => WireJson.Write(order, static (w, o) => w.Object(o, SpotOrderJson.Ack)),
            "RESULT" => WireJson.Write(order, static (w, o) => w.Object(o, SpotOrderJson.Result)),
            _ => WireJson.Write((order, exchange.Index.Trades.Skip(known).Where(t => t.OrderId == order.OrderId)), static (w, o) => w.Object(o, SpotOrderJson.Full)),
        };
    }

    private Reply Test(Call call) => exchange.Execute(call.Fence, () =>
    {
        ResponseForm(call.Params);
        SpotPlacement.Read(call.Params, exchange);
        return Reply.Empty;
    });

    private Reply Cancel(Call call) => exchange.Execute(call.Fence, () =>
    {
        var order = Find(exchange, call.Params);
        if (order is { IsOpen: true }) exchange.Race(order);
        if (order is { Status: OrderStatus.New, IsWaiting: true } && exchange.Fault("trigger-before-cancel") is not null) exchange.Wake(order);
        if (order is not { IsOpen: true }) throw VenueError.UnknownOrder();
        CheckRestrictions(call.Params, order);
        var original = order.ClientOrderId;
        exchange.Cancel(order, SpotPlacement.Id(call.Params, "newClientOrderId"));
        return Reply.Ok((order, original), static (w, o) => w.Object(o, SpotOrderJson.Canceled));
    });

    public static void CheckRestrictions(Parameters p, Order order)
    {
        var met = p.Text("cancelRestrictions") switch
        {
            null => true,
            "ONLY_NEW" => order.Status is OrderStatus.New,
            "ONLY_PARTIALLY_FILLED" => order.Status is OrderStatus.PartiallyFilled,
            _ => throw new VenueError(-1145, "Invalid cancelRestrictions"),
        };
        if (!met) throw new VenueError(-2011, "Order was not canceled due to cancel restrictions.");
    }

    private Reply CancelAll(Call call) => exchange.Execute(call.Fence, () =>
    {
        var market = exchange.Market(call.Params.Required("symbol"));
        var open = market.OpenOrders.OrderBy(o => o.OrderId).ToArray();
        if (open.Length == 0) throw VenueError.UnknownOrder();
        // Orders of their own one by one, lists as a whole.
        var single = open.Where(o => exchange.List(o.OrderListId) is not { IsDone: false }).Select(o => (Order: o, Original: o.ClientOrderId)).ToArray();
        var lists = open.Except(single.Select(o => o.Order)).Select(o => exchange.List(o.OrderListId)!).Distinct().ToArray();
        foreach (var (order, _) in single) exchange.Cancel(order, null);
        var canceled = lists.Select(list => SpotLists.Cancel(exchange, list, null)).ToArray();
        return Reply.Ok((single, canceled), static (w, all) =>
        {
            w.WriteStartArray();
            foreach (var order in all.single) w.Object(order, SpotOrderJson.Canceled);
            foreach (var list in all.canceled) w.Object(list, SpotListJson.Canceled);
            w.WriteEndArray();
        });
    });

    private Reply Query(Call call) => exchange.Read(() =>
    {
        var order = Find(exchange, call.Params);
        if (order is null || order.HiddenUntil > exchange.Clock.Now) throw VenueError.NoSuchOrder();
        return Reply.Ok(order, static (w, o) => w.Object(o, SpotOrderJson.Query));
    });

    private Reply OpenOrders(Call call) => exchange.Read(() =>
    {
        var markets = call.Params.Text("symbol") is { } symbol ? [exchange.Market(symbol)] : exchange.Markets.Values;
        var orders = markets.SelectMany(m => m.OpenOrders).Where(IsListed).OrderBy(o => o.OrderId).ToArray();
        return Reply.Ok(orders, static (w, o) => w.Array(o, SpotOrderJson.Query));
    });

    private Reply AllOrders(Call call) => exchange.Read(() =>
    {
        var p = call.Params;
        var orders = exchange.Index.Of(exchange.Market(p.Required("symbol")).Symbol).Where(IsListed);
        var page = Page.Of(p, orders, o => o.OrderId, o => o.Time, p.Number("orderId"), TimeSpan.FromHours(24));
        return Reply.Ok(page, static (w, o) => w.Array(o, SpotOrderJson.Query));
    });

    private Reply Trades(Call call) => exchange.Read(() =>
    {
        var p = call.Params;
        IEnumerable<Trade> trades = exchange.Index.TradesOf(exchange.Market(p.Required("symbol")).Symbol);
        if (p.Number("orderId") is { } orderId) trades = trades.Where(t => t.OrderId == orderId);
        trades = trades.Where(t => exchange.Index.Find(t.Symbol, t.OrderId) is { } order && IsListed(order));
        var page = Page.Of(p, trades, t => t.TradeId, t => t.Time, p.Number("fromId"), TimeSpan.FromHours(24));
        return Reply.Ok(page, static (w, t) => w.Array(t, SpotOrderJson.Trade));
    });

    private bool IsListed(Order order) => !order.HiddenFromLists || order.HiddenUntil <= exchange.Clock.Now;

    public static Order? Find(SpotExchange exchange, Parameters p)
    {
        var symbol = exchange.Market(p.Required("symbol")).Symbol;
        var clientOrderId = p.Text("origClientOrderId");
        if (p.Number("orderId") is not { } orderId)
            return exchange.Index.Find(symbol, clientOrderId ?? throw VenueError.NoOrderNamed());
        var order = exchange.Index.Find(symbol, orderId);
        if (order is not null && clientOrderId is not null && order.ClientOrderId != clientOrderId)
            throw new VenueError(-2039, "Client order ID is not correct for this order ID.");
        return order;
    }

    public static string ResponseForm(Parameters p)
    {
        var form = p.Text("newOrderRespType") ?? (p.Text("type") is "MARKET" or "LIMIT" ? "FULL" : "ACK");
        return form is "ACK" or "RESULT" or "FULL" ? form : throw new VenueError(-1130, "Data sent for parameter 'newOrderRespType' is not valid.");
    }
}
