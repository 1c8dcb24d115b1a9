using System.Collections.Concurrent;
using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Carries venue effects out: each kind by its own protocol, each at most once in effect.</summary>
public sealed class VenueGateway(IEnumerable<IVenue> venues, ProtocolDriver driver, ILogger<VenueGateway> log)
{
    readonly Dictionary<Market, IVenue> byMarket = venues.ToDictionary(venue => venue.Market);

    // Only the pace of repeated cancels: losing it with the process costs a repeat that comes sooner.
    readonly ConcurrentDictionary<(Guid, int), int> tries = new();

    public Task<Handled> Receive(EffectInHand effect, CancellationToken cancel) => Receive(effect.Pending.OrderId, effect.Venue!, effect.HasWaited, cancel);

    public async Task<Handled> Receive(Guid orderId, VenueEffect effect, bool hasWaited, CancellationToken cancel)
    {
        var made = tries.GetValueOrDefault((orderId, effect.Seq));
        var handled = await driver.Run(VenueProtocol.For(effect, made, hasWaited), byMarket[effect.Market], orderId, cancel);
        if (effect is not CancelEffect) return handled;
        if (handled.Again is null) tries.TryRemove((orderId, effect.Seq), out _);
        else
        {
            tries[(orderId, effect.Seq)] = made + 1;
            log.LogWarning("Cancel of {ClientOrderId} is unproven after {Tries} tries", effect.ClientOrderId, made + 1);
        }
        return handled;
    }
}
