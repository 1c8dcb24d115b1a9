using System.Text.Json;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Engine;

/// <summary><c>ticker/24hr</c>. The simulator keeps no day: open, high and low are the start price and the last one.</summary>
internal static class DayTicker
{
    public static void Write(Utf8JsonWriter w, Market market, long now)
    {
        var (start, last) = (market.Instrument.StartPrice, market.LastPrice);
        w.WriteString("symbol", market.Symbol);
        Price(w, "priceChange", last - start);
        Price(w, "priceChangePercent", decimal.Round((last - start) / start * 100, 3));
        foreach (var name in (string[])["weightedAvgPrice", "lastPrice"]) Price(w, name, last);
        foreach (var name in (string[])["prevClosePrice", "openPrice"]) Price(w, name, start);
        Price(w, "bidPrice", market.Book.Bids.BestPrice);
        Price(w, "askPrice", market.Book.Asks.BestPrice);
        Price(w, "highPrice", Math.Max(start, last));
        Price(w, "lowPrice", Math.Min(start, last));
        foreach (var name in (string[])["lastQty", "bidQty", "askQty", "volume", "quoteVolume"]) Price(w, name, 0);
        w.WriteNumber("openTime", now - 86_400_000);
        w.WriteNumber("closeTime", now);
        w.WriteNumber("firstId", 1);
        w.WriteNumber("lastId", market.LastTradeId);
        w.WriteNumber("count", market.LastTradeId);
    }

    private static void Price(Utf8JsonWriter w, string name, decimal value) => w.Amount(name, value, WireJson.Spot);
}
