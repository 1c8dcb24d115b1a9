namespace Chimera.S4.Orders;

/// <summary>What an order that the venue shows is to this deployment.</summary>
public enum Belonging
{
    /// <summary>Another prefix, or none: never touched.</summary>
    Foreign,

    /// <summary>Our prefix, and its intent's document names it.</summary>
    Ours,

    /// <summary>Our prefix, and no document names it: the store has lost what it knew. Nobody would ever end it, so it is canceled and recorded.</summary>
    Orphan,
}

/// <summary>Sorts what the venue shows (design §3): after every start and every gap the open orders are read first, then each is held against its document.</summary>
/// <remarks>A placement is committed before it is sent: a document that is read after the open orders names all of them that are its own.</remarks>
public static class Reconciliation
{
    /// <summary>The saga id of an order with our prefix; null: it is foreign.</summary>
    public static Guid? OwnerOf(string? clientOrderId, string prefix) => ClientOrderId.TryParse(clientOrderId, prefix, out var id) ? id.SagaId : null;

    /// <param name="document">What is stored under the saga id that the order's name holds; null: nothing is.</param>
    public static Belonging BelongingOf(string? clientOrderId, string prefix, Order? document) =>
        OwnerOf(clientOrderId, prefix) is null ? Belonging.Foreign
        : document?.VenueOrders.Any(known => known.ClientOrderId == clientOrderId) is true ? Belonging.Ours
        : Belonging.Orphan;

    /// <summary>Those of the open orders that carry our prefix, by client order id. Foreign ones may carry any id, also the same one twice.</summary>
    public static IReadOnlyDictionary<string, VenueOrderState> WithPrefix(IEnumerable<VenueOrderState> open, string prefix) =>
        open.Where(order => OwnerOf(order.ClientOrderId, prefix) is not null).DistinctBy(order => order.ClientOrderId).ToDictionary(order => order.ClientOrderId);
}
