using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Carries venue effects out: each kind by its own protocol, each at most once in effect.</summary>
public sealed class VenueGateway(IEnumerable<IVenue> venues, PlaceProtocol places, CancelProtocol cancels, QueryProtocol queries)
{
    readonly Dictionary<Market, IVenue> byMarket = venues.ToDictionary(venue => venue.Market);

    public Task<Handled> Receive(EffectInHand effect, CancellationToken cancel)
    {
        var venue = byMarket[effect.Venue!.Market];
        return effect.Venue switch
        {
            PlaceEffect place => places.Run(venue, effect.Pending.OrderId, place, cancel),
            CancelEffect ending => cancels.Run(venue, effect.Pending.OrderId, ending, cancel),
            QueryEffect query => queries.Run(venue, effect.Pending.OrderId, query, cancel),
            var other => throw new InvalidOperationException($"no protocol for {other.GetType().Name}"),
        };
    }
}
