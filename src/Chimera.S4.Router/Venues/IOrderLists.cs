using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues;

/// <summary>Order lists as the gateway places them. Like <see cref="IVenue"/>: every answer is a value, and nothing is sent twice. A list is canceled by canceling any of its orders.</summary>
public interface IOrderLists
{
    /// <summary>Signs a list for the venue's present time. Pure: nothing is sent.</summary>
    SignedRequest Sign(PlaceListEffect list);

    /// <summary>Sends exactly the signed bytes, once.</summary>
    Task<ListAnswer> Place(PlaceListEffect list, SignedRequest request, CancellationToken cancel);

    /// <summary>The list by its id, and each of its orders by theirs.</summary>
    Task<ListAnswer> Query(PlaceListEffect list, CancellationToken cancel);

    /// <summary>One round of the absence proof: the list by id and among the open ones, each of its orders in every way that an order is looked for. <see cref="VenueOutcome.NotFound"/> only if every look was answered and empty.</summary>
    Task<ListAnswer> LookEverywhere(PlaceListEffect list, DateTimeOffset since, CancellationToken cancel);
}

/// <param name="Orders">With <see cref="VenueOutcome.Known"/>: every order of the list, in the list's own order (entry, above, below); else none.</param>
public sealed record ListAnswer(VenueAnswer Answer, IReadOnlyList<VenueOrderState> Orders)
{
    public ListAnswer(VenueAnswer answer) : this(answer, []) { }

    public VenueOutcome Outcome => Answer.Outcome;
}
