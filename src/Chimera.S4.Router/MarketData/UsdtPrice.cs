using Chimera.S4.Orders;

namespace Chimera.S4.Router.MarketData;

/// <summary>What an asset is worth in USDT, for figures only.</summary>
static class UsdtPrice
{
    /// <summary>A book that was silent for so long tells nothing of the instant.</summary>
    static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    /// <summary>The middle of the asset's spot book against USDT, else of its futures book, as it was at an instant; null: neither was followed then.</summary>
    public static decimal? At(IMarketFacts facts, string asset, DateTimeOffset at)
    {
        return asset == "USDT" ? 1 : Mid(Market.Spot) ?? Mid(Market.Fut);

        // A clock of the venue that is ahead of ours asks for what has only just been: the latest is the answer.
        decimal? Mid(Market market) =>
            facts.Mid(market, $"{asset}USDT", at) is { } seen && at - seen.At <= MaxAge ? seen.Mid
            : facts.Quote(market, $"{asset}USDT") is { } quote && (at - quote.At).Duration() <= MaxAge ? quote.Mid : null;
    }
}
