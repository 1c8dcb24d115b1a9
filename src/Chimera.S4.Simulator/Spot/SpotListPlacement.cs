using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Reads the placements of order lists (reference §1.4).</summary>
internal static class SpotListPlacement
{
    private static readonly string[] Legs = ["LIMIT_MAKER", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"];

    public static (OrderList List, Order[] Orders) Oco(Parameters p, SpotExchange exchange)
    {
        p.Required("symbol");
        var orders = Pair(p, exchange, new LegNames("above"), new LegNames("below"));
        CheckPrices(orders[0], orders[1], exchange.Market(orders[0].Symbol).LastPrice);
        return (List(p, exchange, isOto: false), orders);
    }

    /// <summary>The deprecated <c>order/oco</c>: a limit and a stop, told apart by role instead of by place.</summary>
    public static (OrderList List, Order[] Orders) OldOco(Parameters p, SpotExchange exchange)
    {
        var isSell = p.Required("side") is "SELL";
        var limit = "&{0}Type=LIMIT_MAKER&{0}Price=" + p.Required("price") + Optional("ClientOrderId", "limitClientOrderId");
        var hasLimit = p.Has("stopLimitPrice");
        var stop = "&{0}Type=" + (hasLimit ? "STOP_LOSS_LIMIT" : "STOP_LOSS") + "&{0}StopPrice=" + p.Required("stopPrice")
            + Optional("Price", "stopLimitPrice") + Optional("TimeInForce", "stopLimitTimeInForce") + Optional("ClientOrderId", "stopClientOrderId");
        var (above, below) = isSell ? (limit, stop) : (stop, limit);
        return Oco(new Parameters(p.RawQuery, p.RawBody + above.Replace("{0}", "above") + below.Replace("{0}", "below")), exchange);
        string Optional(string field, string name) => p.Text(name) is { } value ? "&{0}" + field + "=" + value : "";
    }

    /// <param name="p">The request.</param>
    /// <param name="exchange">The venue.</param>
    /// <param name="exits">Two pending orders that end each other (OTOCO, OPOCO) instead of one.</param>
    /// <param name="paid">OPO and OPOCO: the pending quantity is what the working order receives.</param>
    public static (OrderList List, Order[] Orders) Oto(Parameters p, SpotExchange exchange, bool exits, bool paid)
    {
        var type = p.Required("workingType");
        if (type is not ("LIMIT" or "LIMIT_MAKER")) throw new VenueError(-1116, "Invalid orderType.");
        var working = SpotPlacement.Read(p, exchange, new LegNames("working", "workingSide", "workingQuantity"));
        var quantity = paid ? "" : "pendingQuantity";
        Order[] pending = exits
            ? Pair(p, exchange, new LegNames("pendingAbove", "pendingSide", quantity), new LegNames("pendingBelow", "pendingSide", quantity))
            : [SpotPlacement.Read(p, exchange, new LegNames("pending", "pendingSide", quantity))];
        if (paid && (!working.IsBuy || pending[0].IsBuy)) throw new VenueError(-1014, "Unsupported order combination.");
        return (List(p, exchange, isOto: true, paid), [working, .. pending]);
    }

    private static Order[] Pair(Parameters p, SpotExchange exchange, LegNames above, LegNames below)
    {
        foreach (var names in (LegNames[])[above, below])
            if (!Legs.Contains(p.Required(names.Of("type")))) throw new VenueError(-1158, "Order type not supported in OCO.");
        CheckPlaces(p.Required(above.Side) is "BUY", p.Required(above.Of("type")), p.Required(below.Of("type")));
        return [SpotPlacement.Read(p, exchange, above), SpotPlacement.Read(p, exchange, below)];
    }

    private static void CheckPlaces(bool isBuy, string above, string below)
    {
        var (profit, loss) = isBuy ? (below, above) : (above, below);
        if (above is "LIMIT_MAKER" && below is "LIMIT_MAKER") throw new VenueError(-1168, "At least one OCO order must be contingent.");
        if (loss is "LIMIT_MAKER")
            throw isBuy ? new VenueError(-1165, "A limit order in a buy OCO must be below.") : new VenueError(-1166, "A limit order in a sell OCO must be above.");
        // The loss on the side of the profit, the profit on the side of the loss.
        if (profit.StartsWith("STOP_LOSS", StringComparison.Ordinal)) throw Misplaced("stop loss", isBuy, isBuy ? "above" : "below", isBuy ? -1196 : -1197);
        if (loss.StartsWith("TAKE_PROFIT", StringComparison.Ordinal)) throw Misplaced("take profit", isBuy, isBuy ? "below" : "above", isBuy ? -1198 : -1199);
        static VenueError Misplaced(string type, bool isBuy, string place, int code) =>
            new(code, $"A {type} order in a {(isBuy ? "buy" : "sell")} OCO must be {place}.");
    }

    private static void CheckPrices(Order above, Order below, decimal last)
    {
        if (Mark(above) <= last || Mark(below) >= last) throw new VenueError(-2010, "The relationship of the prices for the orders is not correct.");
        static decimal Mark(Order order) => order.Type.IsConditional() ? order.StopPrice : order.Price;
    }

    private static OrderList List(Parameters p, SpotExchange exchange, bool isOto, bool paid = false) => new()
    {
        Symbol = p.Required("symbol"), IsOto = isOto, IsPaidByFills = paid,
        ClientListId = SpotPlacement.Id(p, "listClientOrderId") ?? exchange.NewClientOrderId(),
    };
}
