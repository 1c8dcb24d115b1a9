using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Gates;

/// <summary>Changes the breaker that all replicas share: read, decide, compare-and-set, and again if another came first.</summary>
public sealed class SharedBreaker(IGateStore store, BreakerOptions options, RouterMetrics metrics, AlertBell bell, ILogger<SharedBreaker> log)
{
    const int Tries = 20;

    /// <summary>What <paramref name="change"/> tells of the breaker that came to stand.</summary>
    public async Task<T> Change<T>(Market market, Func<Breaker, DateTimeOffset, (Breaker Then, T Told)> change, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var read = await store.Read(cancel);
            var stored = read.Of(market);
            var before = Known(stored) ?? Breaker.New(read.Now);
            var (after, told) = change(before, read.Now);
            if (after == before && stored is not null) return told;
            if (!await store.TrySetBreaker(market, stored, BreakerDocument.Write(after), new BreakerFigures(after.State, after.Answers, after.Failures, after.Since), cancel)) continue;
            if (after.State != before.State) Tell(market, before, after);
            return told;
        }
        throw new StoreUnavailableException($"the breaker of {Words.Of(market)} is changed by others all the time", null);
    }

    public BreakerOptions Options => options;

    void Tell(Market market, Breaker before, Breaker after)
    {
        metrics.BreakerMoved(market, after.State);
        if (after.State is BreakerState.Open)
            bell.Raise(AlertCode.BreakerOpen, Words.Of(market), $"{after.Failures} of {after.Answers} answers of {Words.Of(market)} failed within {options.Window}: new exposure is paused");
        log.LogWarning("The breaker of {Market} is {After}, after {Before}: {Failures} of {Answers} answers failed within {Window}",
            Words.Of(market), Words.Of(after.State), Words.Of(before.State), after.Failures, after.Answers, options.Window);
    }

    // What nobody can read is begun anew: closed, and counted from here.
    Breaker? Known(string? stored)
    {
        try
        {
            return BreakerDocument.Read(stored);
        }
        catch (JsonException unreadable)
        {
            log.LogError(unreadable, "A stored breaker cannot be read and is begun anew");
            return null;
        }
    }
}
