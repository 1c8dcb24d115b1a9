namespace Chimera.S4.Orders;

/// <summary>How far a leg has come, as seen of its venue orders.</summary>
public readonly record struct LegProgress(Quantity Cum, Quantity Left, VenueOrder? Alive, VenueOrder? Last, int Quotes, int Takes)
{
    public static LegProgress Of(Order order, Leg leg)
    {
        VenueOrder? alive = null, last = null;
        var (cum, quotes, takes) = (0m, 0, 0);
        foreach (var venue in order.VenueOrders)
        {
            if (venue.Leg != leg.No) continue;
            cum += venue.CumQty.Value;
            last = venue;
            if (venue.IsAlive) alive = venue;
            if (Pausing.WasHeld(venue) || MakingRoom.IsLocked(venue) || venue.IsWithdrawn) continue;
            if (venue.Type is OrderType.LimitMaker) quotes++;
            else takes++;
        }
        return new LegProgress(new Quantity(cum), leg.Target.Less(new Quantity(cum)), alive, last, quotes, takes);
    }
}
