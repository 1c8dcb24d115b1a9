namespace Chimera.S4.Orders;

/// <summary>Whether the venue is to cancel a symbol's ordinary orders when S4 falls silent; and why not.</summary>
public enum DeadMan
{
    /// <summary>Nothing of ours rests there: there is nothing to cancel.</summary>
    NothingRests,

    /// <summary>Nothing but our makers rests there.</summary>
    Armed,

    /// <summary>An order that is not ours rests there.</summary>
    ForeignOrder,

    /// <summary>An order of ours rests there that is to stay: a plain limit, or what a stop has become.</summary>
    OtherOrder,

    /// <summary>An order that is to stay is on its way there.</summary>
    Placing,

    /// <summary>The venue does not tell, or does not take it.</summary>
    NoAnswer,
}

/// <summary>
/// The venue's countdown cancels <em>every</em> ordinary order of a symbol (reference binance §2.2), so it may run only while there is nothing but the resting orders of a leg that rests first and takes what is left:
/// those are worth nothing when nobody watches them.
/// </summary>
public static class DeadMansSwitch
{
    /// <param name="open">All ordinary open orders of one futures symbol; those that wait for a price are not touched by the countdown.</param>
    /// <param name="documents">Of those that bear our prefix, by saga id, read after them.</param>
    public static DeadMan Of(IEnumerable<VenueOrderState> open, IReadOnlyDictionary<Guid, Order> documents, string prefix)
    {
        var state = DeadMan.NothingRests;
        foreach (var order in open)
        {
            if (Reconciliation.OwnerOf(order.ClientOrderId, prefix) is not { } owner) return DeadMan.ForeignOrder;
            if (!IsMakerChild(documents.GetValueOrDefault(owner), order.ClientOrderId)) return DeadMan.OtherOrder;
            state = DeadMan.Armed;
        }
        return state;
    }

    /// <summary>A resting order of a leg that would take instead. A LIMIT_MAKER that was asked for as such is none.</summary>
    public static bool IsMakerChild(Order? document, string clientOrderId) =>
        document is { Final: false } && document.Named(clientOrderId) is { Type: OrderType.LimitMaker } known
        && known.Leg < document.Legs.Length && document.Legs[known.Leg].Patience is not null;

    /// <summary>Those of an order that may still trade, on their way there or resting.</summary>
    public static IEnumerable<VenueOrder> MakersOf(Order document) => document.VenueOrders.Where(known => known.IsAlive && IsMakerChild(document, known.ClientOrderId));

    /// <summary>It may come to rest among the ordinary orders of a futures symbol.</summary>
    public static bool MayRest(VenueEffect place) =>
        place is PlaceEffect { Market: Market.Fut, TriggerPx: null, Type: OrderType.LimitMaker } or PlaceEffect { Market: Market.Fut, TriggerPx: null, Type: OrderType.Limit, TimeInForce: null or TimeInForce.Gtc };
}
