using System.Text.Json;
using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Futures mark prices, once a second: <c>/market/stream</c>, <c>&lt;symbol&gt;@markPrice@1s</c>: p mark price. They trigger stops and bound limit prices.</summary>
sealed class MarkFeed(BinanceApi api, MarketFacts facts, ILogger log) : MarketFeed(api, "mark prices", log)
{
    readonly BinanceApi api = api;

    protected override string Address => $"{api.Options.FutStreamUrl}/market/stream?streams={Streams("@markPrice@1s")}";

    protected override bool Heard(string symbol, string stream, JsonElement data)
    {
        if (!stream.StartsWith("@markPrice", StringComparison.Ordinal) || data.Money("p") is not { } mark) return false;
        facts.SetMarkPrice(symbol, mark, api.Time.GetUtcNow());
        return true;
    }
}
