namespace Chimera.S4.Orders;

/// <summary>Whether an order may add to what is held. Gates stand before what adds; what reduces, protects or cancels is never held up.</summary>
public static class Exposure
{
    /// <summary>An intent's own quantity. A spot SELL adds unless it says reduce_only: nobody else can tell what it is for.</summary>
    public static bool Adds(Intent intent) => !intent.ReduceOnly;

    /// <summary>A placement about to be sent.</summary>
    public static bool Adds(VenueEffect effect) => effect is PlaceEffect { ReduceOnly: false } or PlaceListEffect { Entry: not null };
}
