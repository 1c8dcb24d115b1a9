using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Placing, cancelling and looking at futures orders.</summary>
internal sealed class FuturesTrading(FuturesExchange exchange)
{
    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/fapi/v1/order", Access.Signed, _ => 0, Place) { Orders = 1 },
        new("POST", "/fapi/v1/order/test", Access.Signed, _ => 1, Test),
        new("PUT", "/fapi/v1/order", Access.Signed, _ => 0, Modify) { Orders = 1 },
        new("DELETE", "/fapi/v1/order", Access.Signed, _ => 1, Cancel),
        new("DELETE", "/fapi/v1/allOpenOrders", Access.Signed, _ => 1, CancelAll),
        new("GET", "/fapi/v1/order", Access.Signed, _ => 1, Query),
        new("GET", "/fapi/v1/openOrder", Access.Signed, _ => 1, OpenOrder),
        new("GET", "/fapi/v1/openOrders", Access.Signed, call => call.Params.Has("symbol") ? 1 : 40, OpenOrders),
        new("GET", "/fapi/v1/allOrders", Access.Signed, _ => 5, AllOrders),
        new("GET", "/fapi/v1/userTrades", Access.Signed, _ => 5, Trades),
    ];

    private Reply Place(Call call) => exchange.Execute(call.Fence, () => PlaceOne(call.Params, call));
    private Reply Modify(Call call) => exchange.Execute(call.Fence, () => ModifyOne(call.Params, call));
    private Reply Cancel(Call call) => exchange.Execute(call.Fence, () => CancelOne(call.Params, call));

    public Reply PlaceOne(Parameters p, Call call)
    {
        var full = p.Text("newOrderRespType") switch
        {
            null or "ACK" => false,
            "RESULT" => true,
            _ => throw new VenueError(-1130, "Data sent for parameter 'newOrderRespType' is not valid."),
        };
        var order = exchange.Place(FuturesPlacement.Read(p, exchange), call);
        return full ? Render(order, FuturesOrderJson.Result) : Render(order, FuturesOrderJson.Ack);
    }

    public Reply ModifyOne(Parameters p, Call call)
    {
        var order = Find(p);
        FuturesPlacement.SideOf(p.Required("side"));
        if (order is not { IsOpen: true }) throw VenueError.NoSuchOrder();
        var instrument = exchange.Market(order.Symbol).Instrument;
        var quantity = FuturesPlacement.Amount(p, "quantity", instrument.QtyPrecision);
        var price = FuturesPlacement.MatchedPrice(FuturesPlacement.PriceMatchOf(p), order.Side, exchange.Market(order.Symbol))
            ?? FuturesPlacement.Amount(p, "price", instrument.PricePrecision);
        exchange.Modify(order, price, quantity);
        return Render(order, FuturesOrderJson.Result);
    }

    private Reply Test(Call call) => exchange.Execute(call.Fence, () => Render(FuturesPlacement.Read(call.Params, exchange), FuturesOrderJson.Ack));

    public Reply CancelOne(Parameters p, Call call)
    {
        var order = Find(p);
        if (order is { IsOpen: true }) exchange.Race(order);
        if (order is not { IsOpen: true }) throw VenueError.UnknownOrder();
        exchange.Cancel(order);
        return Render(order, FuturesOrderJson.Result);
    }

    private Reply CancelAll(Call call) => exchange.Execute(call.Fence, () =>
    {
        foreach (var order in exchange.Market(call.Params.Required("symbol")).OpenOrders.OrderBy(o => o.OrderId).ToArray()) exchange.Cancel(order);
        return Reply.Ok(0, static (w, _) => w.Object(0, static (w, _) =>
        {
            w.WriteNumber("code", 200);
            w.WriteString("msg", "The operation of cancel all open order is done.");
        }));
    });

    private Reply Query(Call call) => exchange.Read(() =>
    {
        var order = Find(call.Params);
        return order is null || IsHidden(order) ? throw VenueError.NoSuchOrder() : Render(order, FuturesOrderJson.Query);
    });

    private Reply OpenOrder(Call call) => exchange.Read(() =>
    {
        var order = Find(call.Params);
        return order is not { IsOpen: true } || IsHidden(order) ? throw VenueError.NoSuchOrder() : Render(order, FuturesOrderJson.Query);
    });

    private Reply OpenOrders(Call call) => exchange.Read(() =>
    {
        var markets = call.Params.Text("symbol") is { } symbol ? [exchange.Market(symbol)] : exchange.Markets.Values;
        return Render(markets.SelectMany(m => m.OpenOrders).Where(IsListed).OrderBy(o => o.OrderId));
    });

    private Reply AllOrders(Call call) => exchange.Read(() =>
    {
        var p = call.Params;
        var orders = exchange.Index.Of(exchange.Market(p.Required("symbol")).Symbol).Where(IsListed);
        return Render(Page.Of(p, orders, o => o.OrderId, o => o.Time, p.Number("orderId"), TimeSpan.FromDays(7)));
    });

    private Reply Trades(Call call) => exchange.Read(() =>
    {
        var p = call.Params;
        var market = exchange.Market(p.Required("symbol"));
        IEnumerable<Trade> trades = exchange.Index.TradesOf(market.Symbol);
        if (p.Number("orderId") is { } orderId) trades = trades.Where(t => t.OrderId == orderId);
        trades = trades.Where(t => exchange.Index.Find(t.Symbol, t.OrderId) is { } order && IsListed(order));
        var page = Page.Of(p, trades, t => t.TradeId, t => t.Time, p.Number("fromId"), TimeSpan.FromDays(7));
        return Reply.Ok(page.Select(t => (t, market.Instrument)), static (w, all) => w.Array(all, FuturesOrderJson.Trade));
    });

    private Reply Render(Order order, Action<System.Text.Json.Utf8JsonWriter, (Order, Instruments.Instrument)> form) =>
        Reply.Ok((order, exchange.Market(order.Symbol).Instrument, form), static (w, o) => w.Object((o.order, o.Instrument), o.form));

    private Reply Render(IEnumerable<Order> orders) =>
        Reply.Ok(orders.Select(o => (o, exchange.Market(o.Symbol).Instrument)), static (w, all) => w.Array(all, FuturesOrderJson.Query));

    private bool IsHidden(Order order) => order.HiddenUntil > exchange.Clock.Now;
    private bool IsListed(Order order) => !order.HiddenFromLists || !IsHidden(order);

    private Order? Find(Parameters p)
    {
        var symbol = exchange.Market(p.Required("symbol")).Symbol;
        // Both given: orderId wins.
        if (p.Number("orderId") is { } orderId) return exchange.Index.Find(symbol, orderId);
        return exchange.Index.Find(symbol, p.Text("origClientOrderId") ?? throw VenueError.NoOrderNamed());
    }
}
