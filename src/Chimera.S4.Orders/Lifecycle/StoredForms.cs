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
        var intent = order.Intent;
        var venue = order.VenueOrders[0];
        var leg = new Leg(0, LegPurpose.Entry, intent.Side, order.OrderQty, intent.Type) { Price = intent.Price, StartedAt = order.CreatedAt };
        return order with { Schema = 2, Legs = [leg], Prefix = venue.ClientOrderId[..^ClientOrderId.TailLength] };
    }
}
