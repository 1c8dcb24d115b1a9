using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues;

/// <summary>One exchange market as the gateway uses it. Every call returns a value for whatever the venue or the network did; it throws only for a programmer's mistake or when canceled.</summary>
public interface IVenue
{
    Market Market { get; }

    /// <summary>The venue's clock, from its own <c>/time</c>, aged monotonically and biased late.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Since when the user stream has been up and reconciled without a gap; null: it is not.</summary>
    DateTimeOffset? StreamReconciledSince { get; }

    /// <summary>Signs a placement for the venue's present time. Pure: nothing is sent.</summary>
    SignedRequest Sign(PlaceEffect placement);

    /// <summary>Signs a list of orders, where the market has such a thing. It is canceled by canceling any order of it.</summary>
    SignedRequest Sign(PlaceListEffect list) => throw new NotSupportedException($"{Market} has no order lists");

    /// <summary>Sends exactly the signed bytes, once.</summary>
    Task<VenueAnswer> Place(SignedRequest request, CancellationToken cancel);

    Task<VenueAnswer> Cancel(CancelEffect cancel, CancellationToken stop);

    /// <summary>The order by venue id, else client id, else (spot, after a cancel) cancel id. <see cref="VenueOutcome.NotFound"/>: this look shows none; that alone proves nothing.</summary>
    Task<VenueAnswer> Query(OrderRef order, CancellationToken cancel);

    /// <summary>The order's trades. Needs the venue id; without one, trades of the symbol since <paramref name="since"/> that belong to the client id.</summary>
    Task<TradesAnswer> Trades(OrderRef order, DateTimeOffset since, CancellationToken cancel);

    /// <summary>One round of the absence proof: order by id, open orders, all orders since, trades since. <see cref="VenueOutcome.NotFound"/> only if every look was answered and empty.</summary>
    Task<VenueAnswer> LookEverywhere(OrderRef order, DateTimeOffset since, CancellationToken cancel);

    /// <summary>All open orders of the account, ours and foreign.</summary>
    Task<OpenOrdersAnswer> OpenOrders(CancellationToken cancel);
}
