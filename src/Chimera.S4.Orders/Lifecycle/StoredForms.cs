namespace Chimera.S4.Orders;

/// <summary>Brings an earlier form of the document to the present one (design §3.4).</summary>
static class StoredForms
{
    public const int Current = 2;

    public static Order Upgrade(Order order) => order.Schema < 2 ? WithLeg(order) : order;

    // Schema 1 knew one venue order per intent, and no legs.
    static Order WithLeg(Order order)
    {
        if (order.VenueOrders.IsEmpty) return order with { Schema = 2 };
        return order with
        {
            Schema = 2, Legs = [Leg.Whole(order.Intent, order.OrderQty, order.CreatedAt)], Prefix = order.VenueOrders[0].ClientOrderId[..^ClientOrderId.TailLength],
        };
    }
}
