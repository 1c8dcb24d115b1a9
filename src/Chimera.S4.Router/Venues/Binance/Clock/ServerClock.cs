namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// A venue's clock: its own <c>/time</c>, aged by the monotonic clock. With t0 and t1 around the request, the venue showed <c>serverTime</c> at about (t0 + t1) / 2 and shows half a round
/// trip more at t1; that half is taken off again, because Binance tolerates a time stamp that is late (recvWindow) far better than one that is early (1 s). So: <c>serverTime</c> at t1.
/// </summary>
sealed class ServerClock(TimeProvider time)
{
    const int MaxSamples = 3;
    static readonly TimeSpan GoodRoundTrip = TimeSpan.FromMilliseconds(100), Fresh = TimeSpan.FromSeconds(1);

    sealed record Reading(DateTimeOffset Server, long At);

    readonly SemaphoreSlim one = new(1);
    volatile Reading? latest;
    volatile bool doubted;

    /// <summary>True: the reading is missing, or the venue has refused a time stamp made from it.</summary>
    public bool IsInDoubt => latest is null || doubted;

    /// <summary>The venue's time, biased late; the router's own clock until the venue has been asked.</summary>
    public DateTimeOffset Now => latest is { } reading ? reading.Server + time.GetElapsedTime(reading.At) : time.GetUtcNow();

    /// <summary>The venue has refused a time stamp (-1021).</summary>
    public void Doubt() => doubted = true;

    /// <summary>Asks up to three times, until an answer came quickly, and believes the quickest. False: no answer; the old reading stays.</summary>
    public async Task<bool> Sync(Func<CancellationToken, Task<DateTimeOffset?>> ask, CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            // Many requests can fail on the same wrong clock at once; one correction serves them all.
            if (latest is { } fresh && time.GetElapsedTime(fresh.At) < Fresh) return true;
            (Reading Reading, TimeSpan RoundTrip)? best = null;
            for (var sample = 0; sample < MaxSamples && !(best?.RoundTrip <= GoodRoundTrip); sample++)
            {
                var t0 = time.GetTimestamp();
                if (await ask(cancel) is not { } server) continue;
                var t1 = time.GetTimestamp();
                var roundTrip = time.GetElapsedTime(t0, t1);
                if (best is null || roundTrip < best.Value.RoundTrip) best = (new Reading(server, t1), roundTrip);
            }
            if (best is null) return false;
            (latest, doubted) = (best.Value.Reading, false);
            return true;
        }
        finally
        {
            one.Release();
        }
    }
}
