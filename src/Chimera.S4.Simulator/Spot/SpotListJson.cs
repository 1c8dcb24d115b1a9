using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Spot;

/// <summary>An order list as REST and the user stream show it.</summary>
internal static class SpotListJson
{
    public static void Query(Utf8JsonWriter w, (OrderList List, IEnumerable<Order> Legs) l)
    {
        Head(w, l.List);
        Orders(w, l.Legs.Select(o => (o, o.ClientOrderId)));
    }

    public static void Placed(Utf8JsonWriter w, (OrderList List, Order[] Legs, Action<Utf8JsonWriter, Order> Form) l)
    {
        Head(w, l.List);
        Orders(w, l.Legs.Select(o => (o, o.ClientOrderId)));
        w.WritePropertyName("orderReports");
        w.Array(l.Legs, l.Form);
    }

    /// <summary>The orders under the names they had, the reports under the cancel's.</summary>
    public static void Canceled(Utf8JsonWriter w, (OrderList List, (Order Order, string Original)[] Legs) l)
    {
        Head(w, l.List);
        Orders(w, l.Legs);
        w.WritePropertyName("orderReports");
        w.Array(l.Legs, SpotOrderJson.Canceled);
    }

    public static void Status(Utf8JsonWriter w, (OrderList List, IEnumerable<Order> Legs) l)
    {
        w.WriteNumber("orderListId", l.List.ListId);
        w.WriteString("contingencyType", l.List.Contingency);
        w.WriteString("listOrderStatus", l.List.OrderStatus);
        w.WriteString("listClientOrderId", l.List.ClientListId);
        w.WriteString("symbol", l.List.Symbol);
        Orders(w, l.Legs.Select(o => (o, o.ClientOrderId)));
    }

    /// <summary><c>listStatus</c> (reference §3.1).</summary>
    public static byte[] Event(OrderList list, IEnumerable<Order> legs, string type, string status, long now) =>
        WireJson.Write((list, legs, type, status, now), static (w, e) =>
        {
            w.WriteStartObject();
            w.WriteString("e", "listStatus");
            w.WriteNumber("E", e.now);
            w.WriteString("s", e.list.Symbol);
            w.WriteNumber("g", e.list.ListId);
            w.WriteString("c", e.list.Contingency);
            w.WriteString("l", e.type);
            w.WriteString("L", e.status);
            w.WriteString("r", "NONE");
            w.WriteString("C", e.list.ClientListId);
            w.WriteNumber("T", e.now);
            w.WritePropertyName("O");
            w.Array(e.legs, static (w, order) =>
            {
                w.WriteString("s", order.Symbol);
                w.WriteNumber("i", order.OrderId);
                w.WriteString("c", order.ClientOrderId);
            });
            w.WriteEndObject();
        });

    private static void Head(Utf8JsonWriter w, OrderList list)
    {
        w.WriteNumber("orderListId", list.ListId);
        w.WriteString("contingencyType", list.Contingency);
        w.WriteString("listStatusType", list.StatusType);
        w.WriteString("listOrderStatus", list.OrderStatus);
        w.WriteString("listClientOrderId", list.ClientListId);
        w.WriteNumber("transactionTime", list.UpdateTime);
        w.WriteString("symbol", list.Symbol);
    }

    private static void Orders(Utf8JsonWriter w, IEnumerable<(Order Order, string Name)> legs)
    {
        w.WritePropertyName("orders");
        w.Array(legs, static (w, leg) =>
        {
            w.WriteString("symbol", leg.Order.Symbol);
            w.WriteNumber("orderId", leg.Order.OrderId);
            w.WriteString("clientOrderId", leg.Name);
        });
    }
}
