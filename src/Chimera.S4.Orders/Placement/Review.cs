using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>An operator's word on a placement that could be proven neither way (design §3.5).</summary>
public abstract record Ruling;

/// <summary>It never came to be.</summary>
/// <param name="IsWanted">The order still wants it: it goes out again, as after a proof. False: the order had been asked to end, and the placement ends with it.</param>
/// <param name="Words">Who says so, and why.</param>
public sealed record RuledAbsent(bool IsWanted, string Words) : Ruling;

/// <summary>It is the venue's order of this id.</summary>
/// <param name="Prefix">This deployment's client order id prefix.</param>
public sealed record RuledFound(string VenueOrderId, string Prefix) : Ruling;

/// <summary>A placement that waits for an operator's word.</summary>
/// <param name="PlaceSeq">Its effect, still pending.</param>
/// <param name="IsWanted">The order still wants it.</param>
public sealed record UnprovenPlacement(int PlaceSeq, bool IsWanted);

/// <summary>Which placements of an order an operator may speak of.</summary>
public static class Review
{
    /// <summary>Those that need review, each once, also where it is a list of several orders; or why there are none.</summary>
    /// <param name="venueOrderId">What the operator names as evidence; null: absence.</param>
    public static (Denial? Refused, ImmutableArray<UnprovenPlacement> Placements) Of(Order order, string? venueOrderId)
    {
        ImmutableArray<UnprovenPlacement> unproven =
        [
            .. from venue in order.VenueOrders
               where venue is { NeedsReview: true, PlaceSeq: not null }
               group venue by venue.PlaceSeq!.Value into placement
               select new UnprovenPlacement(placement.Key, placement.Any(venue => IsWanted(order, venue))),
        ];
        Denial? refused = unproven.IsEmpty ? new(ReasonCode.NotInReview, $"intent '{order.Intent.IntentId}' is {order.Wire()} and no placement of it needs review; only what is flagged NEEDS_REVIEW takes an operator's word")
            : venueOrderId is not null && order.VenueOrders.Any(venue => venue is { NeedsReview: true, ListId: not null })
                ? new(ReasonCode.PolicyNotSupported, "an order list has no order_id of its own: S4 looks for it as a whole; allowed: ABSENT")
            : venueOrderId is not null && order.VenueOrders.FirstOrDefault(venue => venue.VenueOrderId == venueOrderId) is { } known
                ? new(ReasonCode.MalformedField, $"evidence '{venueOrderId}' is known as {known.ClientOrderId} already and says nothing of another placement")
            : null;
        return (refused, refused is null ? unproven : []);
    }

    /// <summary>The placement is pending, and what it is for has not been asked to end.</summary>
    public static bool IsWanted(Order order, int placeSeq) => order.VenueOrders.Any(venue => venue.PlaceSeq == placeSeq && IsWanted(order, venue));

    static bool IsWanted(Order order, VenueOrder venue) => order.IsEntry(venue) ? !order.CancelAsked : !order.ExitsCanceled;
}
