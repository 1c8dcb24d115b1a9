namespace Chimera.S4.Orders;

/// <summary>
/// Which pending effects may be taken, as every store keeps it (Redis in scripts, SQLite in SQL): each has the instant from which anybody may take it, and whoever takes it moves that instant on.
/// The simulation's store is this; the contract suite holds the real ones against it.
/// </summary>
public sealed class Outbox
{
    readonly Dictionary<EffectId, DateTimeOffset> due = [];

    public int Count => due.Count;

    /// <summary>One that is pending already is left as it is.</summary>
    /// <param name="lease">How long its committer has it to itself.</param>
    public void Add(EffectId effect, DateTimeOffset now, TimeSpan lease) => due.TryAdd(effect, now + lease);

    public bool IsPending(EffectId effect) => due.ContainsKey(effect);

    /// <summary>Up to <paramref name="max"/> that are due, oldest first; nobody else is given them before the lease ends.</summary>
    public IReadOnlyList<EffectId> Claim(DateTimeOffset now, TimeSpan lease, int max)
    {
        EffectId[] taken = [.. due.Where(effect => effect.Value <= now).OrderBy(effect => effect.Value).Take(max).Select(effect => effect.Key)];
        foreach (var effect in taken) due[effect] = now + lease;
        return taken;
    }

    /// <summary>Renews a lease, or plans the next try; without effect on what is done.</summary>
    public void Postpone(EffectId effect, DateTimeOffset now, TimeSpan delay)
    {
        if (due.ContainsKey(effect)) due[effect] = now + delay;
    }

    public void Complete(EffectId effect) => due.Remove(effect);
}
