using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Options;
using Words = Chimera.S4.Orders.Words;

namespace Chimera.S4.Router.Levers;

/// <summary>What a flattening is to close: what the spot intents hold that it concerns, and the futures positions of its symbols.</summary>
public sealed class FlattenTargets(IFuturesRequests futures, IOrderStore store, IOptions<BinanceOptions> venue, ILogger<FlattenTargets> log)
{
    /// <summary>The request with its targets, as far as they can be found now.</summary>
    public async Task<CancelAllWork> Find(CancelAllWork work, CancellationToken cancel)
    {
        if (work.AreTargetsFound) return work;
        var targets = work.Intents.Where(intent => intent.MayHold).Select(intent => FlattenTarget.OfHolder(intent.Symbol, intent.Id)).ToList();
        var symbols = work.Intents.Where(intent => intent.Market is Market.Fut).Select(intent => intent.Symbol).ToHashSet();
        var isFound = work.Market is Market.Spot || await Positions(work, symbols, cancel);
        // What is known is gone on with, also while the venue does not tell its positions; what has been begun keeps its place.
        targets.AddRange(symbols.Order(StringComparer.Ordinal).Select(symbol => FlattenTarget.OfPosition(symbol, work.RequestId)));
        return work with { AreTargetsFound = isFound, Targets = [.. work.Targets, .. targets.Where(target => work.Targets.All(known => known.Id != target.Id))] };
    }

    async Task<bool> Positions(CancelAllWork work, HashSet<string> symbols, CancellationToken cancel)
    {
        var answer = await futures.Positions(cancel);
        if (answer.Outcome is not VenueOutcome.Known)
        {
            log.LogWarning("The positions that {RequestId} is to close could not be read ({Outcome}); they are asked for again", work.RequestId, answer.Outcome);
            return false;
        }
        foreach (var symbol in answer.Positions.Where(position => position.Amount != 0).Select(position => position.Symbol).Distinct())
            if (work.Concerns(Words.Of(Market.Fut), symbol) && await IsOurs(work, symbol, cancel)) symbols.Add(symbol);
        return true;
    }

    /// <summary>A symbol that nobody has named, and in which S4 has never had an intent, is somebody else's.</summary>
    async Task<bool> IsOurs(CancelAllWork work, string symbol, CancellationToken cancel)
    {
        if (work.Symbol is not null) return true;
        if (venue.Value.Symbols.Count > 0 && !venue.Value.Symbols.Contains(symbol)) return false;
        return (await store.List(new ListIntents { Market = Words.Of(Market.Fut), Symbol = symbol, Limit = 1 }, cancel)).Items.Length > 0;
    }
}
