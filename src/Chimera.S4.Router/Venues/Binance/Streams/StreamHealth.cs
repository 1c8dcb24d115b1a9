namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Since when a user stream has been whole. The absence proof of design §3.5 rests on it, so every doubt reads as null. While one connection takes over from another, either may be the whole
/// one: only a moment without any is a gap.
/// </summary>
sealed class StreamHealth(TimeProvider time)
{
    /// <summary>An event that has been received but not durably taken for longer than this is as good as not received.</summary>
    static readonly TimeSpan MaxBacklog = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly List<Connection> connections = [];
    DateTimeOffset? since;

    sealed class Connection
    {
        public bool IsReconciled { get; set; }
        public long? OldestWaiting { get; set; }
    }

    public DateTimeOffset? ReconciledSince
    {
        get
        {
            lock (gate) return connections.Exists(IsWhole) ? since : null;
        }
    }

    /// <summary>A new connection, not reconciled yet. What one that has ended still reports is without effect.</summary>
    public object Begin()
    {
        lock (gate)
        {
            var connection = new Connection();
            connections.Add(connection);
            return connection;
        }
    }

    public void Reconciled(object of)
    {
        lock (gate)
        {
            if (Find(of) is not { } connection) return;
            if (!connections.Exists(other => other.IsReconciled)) since = time.GetUtcNow();
            connection.IsReconciled = true;
        }
    }

    /// <summary>When the oldest event that has not been taken was received (<see cref="TimeProvider.GetTimestamp"/>); null: all have been.</summary>
    public void Waiting(object of, long? receivedAt)
    {
        lock (gate) if (Find(of) is { } connection) connection.OldestWaiting = receivedAt;
    }

    public void End(object of)
    {
        lock (gate) connections.RemoveAll(connection => connection == of);
    }

    Connection? Find(object of) => connections.Find(connection => connection == of);

    bool IsWhole(Connection connection) => connection.IsReconciled && !(connection.OldestWaiting is { } waiting && time.GetElapsedTime(waiting) > MaxBacklog);
}
