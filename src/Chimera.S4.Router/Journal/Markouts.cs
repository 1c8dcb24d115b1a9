using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Orders.Views;

namespace Chimera.S4.Router.Journal;

/// <summary>Where the market stood after a fill (decision 0021).</summary>
static class Markouts
{
    /// <param name="venueAhead">By how much the clock that stamped the fill is ahead of ours.</param>
    /// <param name="maxAge">How old the book of an instant may be to stand for it.</param>
    public static IEnumerable<MarkoutRecord> Of(FillRecord fill, IReadOnlyList<int> horizons, IMarketFacts facts, TimeSpan venueAhead, TimeSpan maxAge)
    {
        var (market, side) = (Read<Market>(fill.Market), Read<Side>(fill.Side));
        foreach (var horizon in horizons)
        {
            var due = fill.Timestamp - venueAhead + TimeSpan.FromSeconds(horizon);
            var seen = facts.Mid(market, fill.Symbol, due);
            var fresh = seen is not null && due - seen.At <= maxAge ? seen : null;
            yield return new MarkoutRecord
            {
                Key = $"{fill.FillId}-{horizon}s", FillId = fill.FillId, IntentId = fill.IntentId, ClientOrderId = fill.ClientOrderId, Market = fill.Market, Symbol = fill.Symbol, Side = fill.Side, Price = fill.Price,
                HorizonS = horizon, DueAt = due, Mid = fresh?.Mid, MidAt = fresh?.At, MarkoutBps = fresh is null ? null : Figures.Bps(Execution.MarkoutBps(side, fill.Price, fresh.Mid)),
                Reason = fresh is not null ? null : seen is null ? MarkoutReasons.NotWatched : MarkoutReasons.Stale,
            };
        }
    }

    static T Read<T>(string word) where T : struct, Enum => Words.TryRead<T>(word, out var value) ? value : throw new InvalidOperationException($"'{word}' is no {typeof(T).Name}");
}
