namespace Chimera.S4.Orders;

/// <summary>
/// Armed timers, as every store keeps them (Redis in scripts, SQLite in SQL): queued until due, inflight while claimed, gone with the commit that handles them (design §3.8).
/// Level-triggered: one whose claimer died is reaped, and due again at its original time. The simulation's store is this; the contract suite holds the real ones against it.
/// </summary>
public sealed class TimerQueue
{
    /// <param name="LeasedUntil">Null: queued.</param>
    sealed record Timer(DateTimeOffset Due, DateTimeOffset? LeasedUntil);

    readonly Dictionary<Guid, Timer> timers = [];
    readonly HashSet<Guid> parked = [];

    /// <summary>Queued and inflight.</summary>
    public int Count => timers.Count;

    /// <summary>Those that nobody could read: kept for a person, never delivered again.</summary>
    public IReadOnlyCollection<Guid> Parked => parked;

    /// <summary>When the earliest that is queued falls due; null: none is.</summary>
    public DateTimeOffset? NextDue => timers.Values.Where(timer => timer.LeasedUntil is null).Min(timer => (DateTimeOffset?)timer.Due);

    /// <summary>The same token again replaces its due time, and takes it out of whoever's hands it is in.</summary>
    public void Arm(Guid token, DateTimeOffset due) => timers[token] = new Timer(due, null);

    public void Disarm(Guid token) => timers.Remove(token);

    /// <summary>Up to <paramref name="max"/> that are due, earliest first: queue → inflight, never out of both.</summary>
    public IReadOnlyList<Guid> Claim(DateTimeOffset now, TimeSpan lease, int max)
    {
        Guid[] taken = [.. timers.Where(timer => timer.Value.LeasedUntil is null && timer.Value.Due <= now).OrderBy(timer => timer.Value.Due).Take(max).Select(timer => timer.Key)];
        foreach (var token in taken) timers[token] = timers[token] with { LeasedUntil = now + lease };
        return taken;
    }

    /// <summary>Returns those whose lease has ended to the queue. How many.</summary>
    public int Reap(DateTimeOffset now)
    {
        Guid[] abandoned = [.. timers.Where(timer => timer.Value.LeasedUntil <= now).Select(timer => timer.Key)];
        foreach (var token in abandoned) timers[token] = timers[token] with { LeasedUntil = null };
        return abandoned.Length;
    }

    public void Park(Guid token)
    {
        if (timers.Remove(token)) parked.Add(token);
    }
}
