using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Top of the books of the configured symbols: one REST read each, then the partial depth stream <c>&lt;symbol&gt;@depth5@100ms</c>: spot <c>/stream</c>, futures <c>/public/stream</c>.</summary>
sealed class BookFeed(BinanceApi api, MarketFacts facts, ILogger log) : MarketFeed(api, "market data", log)
{
    const int Levels = 3;

    readonly BinanceApi api = api;

    protected override string Address =>
        $"{(Market is Market.Spot ? api.Options.SpotStreamUrl : api.Options.FutStreamUrl + "/public")}/stream?streams={Streams("@depth5@100ms")}";

    protected override Task Read(CancellationToken cancel) => Task.WhenAll(api.Options.Symbols.Select(symbol => ReadOnce(symbol, cancel)));

    /// <summary><c>GET /api/v3/depth</c>, <c>GET /fapi/v1/depth</c>: symbol, limit → bids, asks. Again until it is answered: a quiet book may say nothing on the stream for long.</summary>
    async Task ReadOnce(string symbol, CancellationToken cancel)
    {
        var backOff = new BackOff();
        while (true)
        {
            var reply = await api.GetPublic(api.Dialect.DepthPath, new Params().Add("symbol", symbol).Add("limit", 5), cancel);
            if (reply is { IsSuccess: true, Json: { } json } && Note(symbol, json, "bids", "asks")) return;
            // The venue does not list it.
            if (reply is { Status: 400 }) return;
            await Task.Delay(reply.RetryAfter ?? backOff.Next(), api.Time, cancel);
        }
    }

    protected override bool Heard(string symbol, string stream, JsonElement data) =>
        stream.StartsWith("@depth", StringComparison.Ordinal) && (Note(symbol, data, "bids", "asks") || Note(symbol, data, "b", "a"));

    /// <summary>Spot writes bids and asks, futures b and a. A message without either is none of ours.</summary>
    bool Note(string symbol, JsonElement json, string bids, string asks)
    {
        if (!json.TryGetProperty(bids, out _) || !json.TryGetProperty(asks, out _)) return false;
        facts.SetQuote(Market, symbol, new(Top(json, bids), Top(json, asks), api.Time.GetUtcNow()));
        return true;
    }

    internal static List<BookLevel> Top(JsonElement json, string side) => [.. json.Rows(side).Take(Levels).Select(level => new BookLevel(Number(level, 0), Number(level, 1)))];

    static decimal Number(JsonElement level, int index) =>
        level.ValueKind is JsonValueKind.Array && level.GetArrayLength() > index && WireJson.ParseMoney(level[index].ToString()) is { } number
            ? number
            : throw new WireException("a level of the book is not [price, quantity]");
}
