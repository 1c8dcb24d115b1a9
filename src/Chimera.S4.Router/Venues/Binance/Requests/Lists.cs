using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Lists of orders as spot takes them.</summary>
static class Lists
{
    public static OrderListRequest Request(PlaceListEffect list) => new(list.Symbol, list.ClientOrderId)
    {
        Kind = list.Entry is null ? OrderListKind.Oco : OrderListKind.Otoco, Side = list.Side, Qty = list.Qty, Above = Leg(list.Above), Below = Leg(list.Below),
        Entry = list.Entry is { } entry ? new(entry.ClientOrderId, entry.Side, entry.Qty, entry.Price) { PostOnly = entry.Type is OrderType.LimitMaker } : null,
    };

    public static IEnumerable<OrderRef> Legs(PlaceListEffect list) =>
        list.OrderIds.Select(id => new OrderRef(list.Symbol, id, CancelId: ClientOrderId.CancelId(id, 0), IsConditional: false));

    static OrderListLeg Leg(ListExit exit) => new(exit.ClientOrderId, exit.Type switch
    {
        OrderType.LimitMaker => LegType.LimitMaker,
        OrderType.Stop => exit.Price is null ? LegType.StopLoss : LegType.StopLossLimit,
        OrderType.TakeProfit => exit.Price is null ? LegType.TakeProfit : LegType.TakeProfitLimit,
        _ => throw new ArgumentOutOfRangeException(nameof(exit), exit.Type, "no exit of a list"),
    }) { Price = exit.Price, TriggerPrice = exit.TriggerPx };
}
