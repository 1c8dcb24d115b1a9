namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Since when a user stream has been whole. The absence proof of design §3.5 rests on it, so every doubt reads as null.</summary>
sealed class StreamHealth(TimeProvider time)
{
    /// <summary>An event that has been received but not durably taken for longer than this is as good as not received.</summary>
    static readonly TimeSpan MaxBacklog = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    object? connection;
    DateTimeOffset? since;
    long? oldestWaiting;

    public DateTimeOffset? ReconciledSince
    {
        get
        {
            lock (gate) return oldestWaiting is { } waiting && time.GetElapsedTime(waiting) > MaxBacklog ? null : since;
        }
    }

    /// <summary>A new connection, not reconciled yet. What an earlier one still reports is without effect.</summary>
    public object Begin()
    {
        lock (gate)
        {
            (since, oldestWaiting) = (null, null);
            return connection = new object();
        }
    }

    public void Reconciled(object of)
    {
        lock (gate) if (of == connection) since = time.GetUtcNow();
    }

    /// <summary>When the oldest event that has not been taken was received (<see cref="TimeProvider.GetTimestamp"/>); null: all have been.</summary>
    public void Waiting(object of, long? receivedAt)
    {
        lock (gate) if (of == connection) oldestWaiting = receivedAt;
    }

    public void End(object of)
    {
        lock (gate) if (of == connection) (connection, since) = (null, null);
    }
}
