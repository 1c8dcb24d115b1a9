namespace Chimera.S4.Orders;

/// <summary>An effect's deterministic id.</summary>
public readonly record struct EffectId(Guid OrderId, int Seq);

/// <summary>What one process has in hand (design §3.3): an effect is taken once, however often it is offered, and its lease is renewed for as long as its receiver needs.</summary>
public sealed class EffectsInHand
{
    // When its lease began, as far as this process knows.
    readonly Dictionary<EffectId, TimeSpan> since = [];

    public int Count => since.Count;

    /// <summary>False: it is in hand already.</summary>
    /// <param name="now">A clock that only runs forward.</param>
    public bool Take(EffectId effect, TimeSpan now) => since.TryAdd(effect, now);

    /// <summary>The receiver is done with it, for now or for good. Before the store is told: what a sweep takes up from then on must not be turned away as being here still.</summary>
    public void Release(EffectId effect) => since.Remove(effect);

    /// <summary>Those whose leases are to be renewed now.</summary>
    public IReadOnlyList<EffectId> Renew(TimeSpan now, TimeSpan age)
    {
        EffectId[] due = [.. since.Where(held => now - held.Value > age).Select(held => held.Key)];
        foreach (var effect in due) since[effect] = now;
        return due;
    }
}
