using Chimera.S4.Orders;

namespace Chimera.S4.Router.MarketData;

/// <summary>Where our own quote of a symbol is older than its limit (<c>S4_QUOTE_MAX_AGE</c>), takes the snapshot that another service wrote, if that is of the same market and newer.</summary>
sealed class SnapshotFeed(MarketFacts facts, IMarketSnapshots snapshots, Func<IReadOnlyList<string>> symbols, TimeSpan limit, TimeProvider time, ILogger<SnapshotFeed> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    static readonly Market[] Markets = [Market.Spot, Market.Fut];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (snapshots is NoSnapshots) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug(problem, "Market snapshots could not be read");
            }
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task Look(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        string[] stale = [.. symbols().Where(symbol => Markets.Any(market => IsStale(market, symbol, now)))];
        if (stale.Length == 0) return;
        foreach (var (symbol, text) in stale.Zip(await snapshots.Read(stale, cancel)))
            foreach (var market in Markets)
                if (IsStale(market, symbol, now) && MarketSnapshot.Read(text, market, now) is { } quote) facts.SetQuote(market, symbol, quote);
    }

    bool IsStale(Market market, string symbol, DateTimeOffset now) => facts.Quote(market, symbol) is not { } quote || now - quote.At > limit;
}
