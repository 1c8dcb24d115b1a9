namespace Chimera.S4.Router.Venues.Binance;

/// <summary>A filter refused an order that had passed the rules: they are out of date. Asks for a new read of the instruments, at most once a minute.</summary>
sealed class InstrumentDoubt(TimeProvider time)
{
    static readonly TimeSpan AtMostEvery = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long raisedAt;

    public void Raise()
    {
        lock (gate)
        {
            if (raisedAt != 0 && time.GetElapsedTime(raisedAt) < AtMostEvery) return;
            raisedAt = time.GetTimestamp();
            next.TrySetResult();
        }
    }

    /// <summary>Completes at the next doubt.</summary>
    public Task Next()
    {
        lock (gate)
        {
            if (next.Task.IsCompleted) next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return next.Task;
        }
    }
}
