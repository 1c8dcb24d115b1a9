using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Streams;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Spot market events (reference §3.3).</summary>
internal sealed class SpotMarketWire : IMarketWire
{
    public byte[] BookTicker(Market market, long now) => WireJson.Write(market, static (w, m) =>
    {
        var (bid, ask) = (m.Book.Bids.Aggregate(1).FirstOrDefault(), m.Book.Asks.Aggregate(1).FirstOrDefault());
        w.WriteStartObject();
        w.WriteNumber("u", m.UpdateId);
        w.WriteString("s", m.Symbol);
        w.Amount("b", bid.Price, WireJson.Spot);
        w.Amount("B", bid.Qty, WireJson.Spot);
        w.Amount("a", ask.Price, WireJson.Spot);
        w.Amount("A", ask.Qty, WireJson.Spot);
        w.WriteEndObject();
    });

    public byte[] AggTrade(Market market, PublicTrade trade, long now) => WireJson.Write((market, trade, now), static (w, e) =>
    {
        Head(w, "aggTrade", e.now, e.market.Symbol);
        w.WriteNumber("a", e.trade.TradeId);
        Print(w, e.trade);
        w.WriteNumber("f", e.trade.TradeId);
        w.WriteNumber("l", e.trade.TradeId);
        Tail(w, e.trade);
    });

    public byte[] Trade(Market market, PublicTrade trade, long now) => WireJson.Write((market, trade, now), static (w, e) =>
    {
        Head(w, "trade", e.now, e.market.Symbol);
        w.WriteNumber("t", e.trade.TradeId);
        Print(w, e.trade);
        Tail(w, e.trade);
    });

    public byte[] PartialDepth(Market market, int levels, long now) => WireJson.Write((market, levels), static (w, e) =>
    {
        w.WriteStartObject();
        w.WriteNumber("lastUpdateId", e.market.UpdateId);
        w.Levels("bids", e.market.Book.Bids.Aggregate(e.levels), WireJson.Spot, WireJson.Spot);
        w.Levels("asks", e.market.Book.Asks.Aggregate(e.levels), WireJson.Spot, WireJson.Spot);
        w.WriteEndObject();
    });

    public byte[] DiffDepth(Market market, List<(decimal, decimal)> bids, List<(decimal, decimal)> asks, long previous, long now) =>
        WireJson.Write((market, bids, asks, previous, now), static (w, e) =>
        {
            Head(w, "depthUpdate", e.now, e.market.Symbol);
            w.WriteNumber("U", e.previous + 1);
            w.WriteNumber("u", e.market.UpdateId);
            w.Levels("b", e.bids, WireJson.Spot, WireJson.Spot);
            w.Levels("a", e.asks, WireJson.Spot, WireJson.Spot);
            w.WriteEndObject();
        });

    public byte[] MarkPrice(Market market, long now) => [];

    private static void Head(Utf8JsonWriter w, string type, long now, string symbol)
    {
        w.WriteStartObject();
        w.WriteString("e", type);
        w.WriteNumber("E", now);
        w.WriteString("s", symbol);
    }

    private static void Print(Utf8JsonWriter w, PublicTrade trade)
    {
        w.Amount("p", trade.Price, WireJson.Spot);
        w.Amount("q", trade.Qty, WireJson.Spot);
    }

    private static void Tail(Utf8JsonWriter w, PublicTrade trade)
    {
        w.WriteNumber("T", trade.Time);
        w.WriteBoolean("m", trade.BuyerIsMaker);
        w.WriteBoolean("M", true);
        w.WriteEndObject();
    }
}
