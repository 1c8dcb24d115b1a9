using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Dispatch;

/// <summary>An effect on its way to its receiver. <paramref name="Venue"/> is set for place, cancel and query.</summary>
/// <param name="HasWaited">It has been pending for a while: a redelivery or the sweep has brought it, not the commit.</param>
public sealed record EffectInHand(PendingEffect Pending, VenueEffect? Venue, bool HasWaited);

/// <summary>
/// Hands effects to their receivers in this process (design §3.3): right after the commit, again on redelivery, and from the sweep. An effect that is already in
/// hand here is not taken twice; one that finds its lane full is left to the sweep, so nothing waits for a slow venue.
/// </summary>
public sealed class EffectDispatcher(EffectLanes lanes, IOrderStore store, TimeProvider clock, ILogger<EffectDispatcher> log)
{
    readonly Lock gate = new();
    readonly EffectsInHand inHand = new();
    readonly long origin = clock.GetTimestamp();

    public void HandOff(OrderCommit commit)
    {
        // A markout waits in the store for its time to come; the sweep brings it.
        foreach (var effect in commit.Effects.Where(effect => effect.Kind is not EffectKinds.Markout)) HandOff(new PendingEffect(commit.Id, effect.Seq, effect.Kind, effect.Payload), hasWaited: false);
        if (commit.Record is { } record && !store.HoldsJournal)
            HandOff(RecordEffect.Pending(commit.Id, commit.RecordSeq, record), hasWaited: false);
    }

    public void HandOff(IReadOnlyList<PendingEffect> effects)
    {
        foreach (var effect in effects) HandOff(effect, hasWaited: true);
    }

    /// <summary>The receiver is done with it, for now or for good.</summary>
    public void Release(PendingEffect effect)
    {
        lock (gate) inHand.Release(effect.Id);
    }

    /// <summary>Effects in hand whose leases are to be renewed.</summary>
    public IReadOnlyList<EffectId> Renew(TimeSpan age)
    {
        lock (gate) return inHand.Renew(Now, age);
    }

    public int InHand
    {
        get
        {
            lock (gate) return inHand.Count;
        }
    }

    TimeSpan Now => clock.GetElapsedTime(origin);

    void HandOff(PendingEffect effect, bool hasWaited)
    {
        VenueEffect? venue;
        try
        {
            venue = effect.Kind is EffectKinds.Record or EffectKinds.Markout or EffectKinds.Reply ? null : JsonSerializer.Deserialize<Effect>(effect.Payload, OrderDocument.Options) as VenueEffect;
        }
        catch (JsonException unreadable)
        {
            // Damaged, or written by a newer replica, which will claim it in its turn. It must not keep back those that come after it.
            log.LogError(unreadable, "Effect {Kind} {OrderId}:{Seq} cannot be read here and stays pending", effect.Kind, effect.OrderId, effect.Seq);
            return;
        }
        lock (gate)
        {
            if (!inHand.Take(effect.Id, Now)) return;
        }
        if (!lanes.TryEnter(new EffectInHand(effect, venue, hasWaited))) Release(effect);
    }
}
