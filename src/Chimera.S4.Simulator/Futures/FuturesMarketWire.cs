using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Streams;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Futures market events (reference §3.3).</summary>
internal sealed class FuturesMarketWire : IMarketWire
{
    public byte[] BookTicker(Market market, long now) => WireJson.Write((market, now), static (w, e) =>
    {
        var (m, instrument) = (e.market, e.market.Instrument);
        var (bid, ask) = (m.Book.Bids.Aggregate(1).FirstOrDefault(), m.Book.Asks.Aggregate(1).FirstOrDefault());
        w.WriteStartObject();
        w.WriteString("e", "bookTicker");
        w.WriteNumber("u", m.UpdateId);
        w.WriteNumber("E", e.now);
        w.WriteNumber("T", e.now);
        w.WriteString("s", m.Symbol);
        w.Amount("b", bid.Price, instrument.PriceFormat);
        w.Amount("B", bid.Qty, instrument.QtyFormat);
        w.Amount("a", ask.Price, instrument.PriceFormat);
        w.Amount("A", ask.Qty, instrument.QtyFormat);
        w.WriteEndObject();
    });

    public byte[] AggTrade(Market market, PublicTrade trade, long now) => WireJson.Write((market, trade, now), static (w, e) =>
    {
        Head(w, "aggTrade", e.now, e.market.Symbol);
        w.WriteNumber("a", e.trade.TradeId);
        w.Amount("p", e.trade.Price, e.market.Instrument.PriceFormat);
        w.Amount("q", e.trade.Qty, e.market.Instrument.QtyFormat);
        w.WriteNumber("f", e.trade.TradeId);
        w.WriteNumber("l", e.trade.TradeId);
        w.WriteNumber("T", e.trade.Time);
        w.WriteBoolean("m", e.trade.BuyerIsMaker);
        w.WriteEndObject();
    });

    public byte[] Trade(Market market, PublicTrade trade, long now) => [];

    public byte[] PartialDepth(Market market, int levels, long now) =>
        DiffDepth(market, market.Book.Bids.Aggregate(levels), market.Book.Asks.Aggregate(levels), market.UpdateId - 1, now);

    public byte[] DiffDepth(Market market, List<(decimal, decimal)> bids, List<(decimal, decimal)> asks, long previous, long now) =>
        WireJson.Write((market, bids, asks, previous, now), static (w, e) =>
        {
            var instrument = e.market.Instrument;
            Head(w, "depthUpdate", e.now, e.market.Symbol);
            w.WriteNumber("T", e.now);
            w.WriteNumber("U", e.previous + 1);
            w.WriteNumber("u", e.market.UpdateId);
            w.WriteNumber("pu", e.previous);
            w.Levels("b", e.bids, instrument.PriceFormat, instrument.QtyFormat);
            w.Levels("a", e.asks, instrument.PriceFormat, instrument.QtyFormat);
            w.WriteEndObject();
        });

    public byte[] MarkPrice(Market market, long now) => WireJson.Write((market, now), static (w, e) =>
    {
        Head(w, "markPriceUpdate", e.now, e.market.Symbol);
        w.Amount("p", e.market.MarkPrice, WireJson.Spot);
        w.Amount("i", e.market.MarkPrice, WireJson.Spot);
        w.Amount("P", e.market.MarkPrice, WireJson.Spot);
        w.WriteString("r", "0.00010000");
        w.WriteNumber("T", NextFunding(e.now));
        w.WriteEndObject();
    });

    /// <summary>Funding falls every eight hours UTC; the simulator announces it and never charges it.</summary>
    public static long NextFunding(long now)
    {
        const long period = 8 * 3600 * 1000;
        return (now / period + 1) * period;
    }

    private static void Head(Utf8JsonWriter w, string type, long now, string symbol)
    {
        w.WriteStartObject();
        w.WriteString("e", type);
        w.WriteNumber("E", now);
        w.WriteString("s", symbol);
    }
}
