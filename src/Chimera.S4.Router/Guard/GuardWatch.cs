using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Guard;

/// <summary>
/// Wakes an order when the price has come to where S4 watches for it (spec §5.3). It decides nothing: the order looks whether it still wants to know, so a message too many, from this replica or
/// another, is harmless, and one that was lost is sent again for as long as the price is there.
/// </summary>
sealed class GuardWatch(
    ArmedGuards guards, IOrderStore store, IMarketFacts facts, IEnumerable<IQuoteReads> reads, BoundedSends sends, GuardOptions options, StartupGate gate, TimeProvider time, RouterMetrics metrics, AlertBell bell, ILogger<GuardWatch> log)
    : BackgroundService
{
    readonly Dictionary<Guid, DateTimeOffset> sentAt = [];
    readonly Dictionary<string, DateTimeOffset> askedAt = [];
    readonly Dictionary<string, Quote> told = [];
    readonly HashSet<string> blind = [];
    DateTimeOffset refreshedAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await gate.BusStarted(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookOnce(stoppingToken);
                await Task.Delay(options.LookEvery, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // A watcher that has died watches nothing, whatever it died of.
    async Task LookOnce(CancellationToken cancel)
    {
        try
        {
            await Look(cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            log.LogError(failure, "A look at the watched prices failed; the next one follows");
        }
    }

    /// <summary>One look at every watched price.</summary>
    internal async Task Look(CancellationToken cancel)
    {
        await Refresh(cancel);
        foreach (var symbol in guards.All.GroupBy(guard => guard.Symbol))
        {
            if (await Quote(symbol.Key, cancel) is not { Mid: { } mid } quote) continue;
            foreach (var guard in symbol.Where(guard => guard.Prices.AreReachedBy(mid) && IsDue(sentAt, guard.OrderId))) await Wake(guard, mid, quote.At, cancel);
        }
    }

    async Task Refresh(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (now - refreshedAt < options.RefreshEvery) return;
        refreshedAt = now;
        try
        {
            await guards.Refresh(store, cancel);
        }
        catch (StoreUnavailableException unavailable)
        {
            log.LogDebug(unavailable, "Watched prices could not be read; those known before are watched on");
        }
        var all = guards.All.ToArray();
        foreach (var gone in sentAt.Keys.Except(all.Select(guard => guard.OrderId)).ToArray()) sentAt.Remove(gone);
        blind.IntersectWith(all.Select(guard => guard.Symbol));
    }

    // The stream's, while it is fresh; then the venue's own word, as often as it may be asked.
    async Task<Quote?> Quote(string symbol, CancellationToken cancel)
    {
        if (facts.Quote(Market.Spot, symbol) is { } heard && IsFresh(heard)) return See(symbol, heard);
        if (IsDue(askedAt, symbol))
        {
            foreach (var venue in reads)
                if (await venue.Read(Market.Spot, symbol, cancel) is { } read) told[symbol] = read;
            if (!told.TryGetValue(symbol, out var last) || !IsFresh(last)) Miss(symbol);
        }
        return told.TryGetValue(symbol, out var known) && IsFresh(known) ? See(symbol, known) : null;
    }

    Quote See(string symbol, Quote quote)
    {
        if (blind.Remove(symbol)) log.LogWarning("The price of {Symbol} is known again", symbol);
        return quote;
    }

    void Miss(string symbol)
    {
        metrics.StaleQuote(symbol);
        if (!blind.Add(symbol)) return;
        bell.Raise(AlertCode.GuardBlind, symbol, $"no price of {symbol} is known that is younger than {options.QuoteMaxAge}: stops that S4 itself watches on it cannot act");
        log.LogCritical("No price of {Symbol} is known that is younger than {MaxAge}: stops that S4 itself watches on it cannot act", symbol, options.QuoteMaxAge);
    }

    async Task Wake(ArmedGuard guard, decimal mid, DateTimeOffset seenAt, CancellationToken cancel)
    {
        try
        {
            await sends.Send(Queues.OrdersExchange, new PriceReached { OrderId = guard.OrderId, Mid = mid, SeenAt = seenAt }, cancel);
            metrics.PriceReached();
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(failure, "The order of intent {IntentId} was not told that the price has come to {Mid}; it will be again", guard.IntentId, mid);
        }
    }

    bool IsFresh(Quote quote) => time.GetUtcNow() - quote.At <= options.QuoteMaxAge;

    bool IsDue<T>(Dictionary<T, DateTimeOffset> times, T of) where T : notnull
    {
        var now = time.GetUtcNow();
        if (times.TryGetValue(of, out var last) && now - last < options.RepeatEvery) return false;
        times[of] = now;
        return true;
    }
}
