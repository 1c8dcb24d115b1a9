using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Holds what REST says of orders against what the stream has said: a connection can be up, answer every ping and tell nothing. What REST told and the stream has not told within 2 s, it will not
/// tell any more.
/// </summary>
sealed class StreamWatch(ServerClock venue, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Settling = TimeSpan.FromMilliseconds(250);

    sealed record Expectation(Progress Progress, long Since);

    readonly Lock gate = new();
    readonly Dictionary<(string Symbol, string OrderId), Expectation> expected = [];
    HeardOrders heard = new();
    DateTimeOffset? listeningSince;
    int listeners;

    /// <summary>A connection is subscribed: whatever happens from now on it has to tell.</summary>
    public void Begin()
    {
        lock (gate)
        {
            listeners++;
            listeningSince ??= venue.Now + Settling;
        }
    }

    public void End()
    {
        lock (gate)
        {
            if (--listeners > 0) return;
            // What was missed is the next reconciliation's to find.
            listeningSince = null;
            heard = new();
            expected.Clear();
        }
    }

    public void Heard(VenueOrderState order)
    {
        var key = (order.Symbol, order.VenueOrderId);
        lock (gate)
        {
            if (listeningSince is null) return;
            heard.Note(key, Progress.Of(order));
            if (expected.TryGetValue(key, out var awaited) && heard.Of(key)!.Value.IsAtLeast(awaited.Progress)) expected.Remove(key);
        }
    }

    /// <summary>REST told this.</summary>
    public void Told(VenueOrderState order)
    {
        var (key, told) = ((order.Symbol, order.VenueOrderId), Progress.Of(order));
        lock (gate)
        {
            if (listeningSince is null || order.Status is VenueStatus.None || heard.Of(key)?.IsAtLeast(told) is true) return;
            // From before this connection: it is where the order stands, and nothing that the stream owes.
            if (order.Time is not { } at || at <= listeningSince) heard.Note(key, told);
            else if (!expected.TryGetValue(key, out var awaited)) expected[key] = new(told, time.GetTimestamp());
            else expected[key] = awaited with { Progress = awaited.Progress.Join(told) };
        }
    }

    /// <summary>Orders that are alive as far as the stream has told.</summary>
    public IReadOnlyList<(string Symbol, string OrderId)> Alive
    {
        get
        {
            lock (gate) return [.. heard.Alive];
        }
    }

    /// <summary>What the stream should have told and has not; null: it has kept up.</summary>
    public string? Overdue
    {
        get
        {
            lock (gate)
                foreach (var ((symbol, id), awaited) in expected)
                    if (time.GetElapsedTime(awaited.Since) >= Patience) return $"order {id} of {symbol} is {awaited.Progress.Status} {awaited.Progress.CumQty}, and the stream has not told";
            return null;
        }
    }
}
