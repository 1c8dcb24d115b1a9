using System.Text.Json;
using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Futures;

internal readonly record struct FuturesReport(Order Order, ExecType Type, Trade? Trade, Market Market, long Now);

/// <summary>Futures user data events (reference §3.2).</summary>
internal static class FuturesEvents
{
    public static byte[] OrderTradeUpdate(FuturesReport report) => WireJson.Write(report, static (w, r) =>
    {
        Head(w, "ORDER_TRADE_UPDATE", r.Now);
        w.WritePropertyName("o");
        w.Object(r, Order);
        w.WriteEndObject();
    });

    public static byte[] AccountUpdate(FuturesAccount account, Market market, long now) => WireJson.Write((account, market, now), static (w, e) =>
    {
        Head(w, "ACCOUNT_UPDATE", e.now);
        w.WriteStartObject("a");
        w.WriteString("m", "ORDER");
        w.WritePropertyName("B");
        w.Array([e.account.Wallet], static (w, wallet) =>
        {
            w.WriteString("a", "USDT");
            w.Amount("wb", wallet, WireJson.Spot);
            w.Amount("cw", wallet, WireJson.Spot);
            w.WriteString("bc", "0");
        });
        w.WritePropertyName("P");
        w.Array([(e.account.Of(e.market.Symbol), e.market)], static (w, p) =>
        {
            var (position, market) = p;
            w.WriteString("s", position.Symbol);
            w.Amount("pa", position.Amount, market.Instrument.QtyFormat);
            w.Amount("ep", position.EntryPrice, WireJson.Spot);
            w.Amount("bep", position.EntryPrice, WireJson.Spot);
            w.Amount("cr", position.Realized, WireJson.Spot);
            w.Amount("up", position.Unrealized(market.MarkPrice), WireJson.Spot);
            w.WriteString("mt", position.Isolated ? "isolated" : "cross");
            w.WriteString("iw", "0");
            w.WriteString("ps", "BOTH");
        });
        w.WriteEndObject();
        w.WriteEndObject();
    });

    public static byte[] TradeLite(Order order, Trade trade, long now) => WireJson.Write((order, trade, now), static (w, e) =>
    {
        Head(w, "TRADE_LITE", e.now);
        w.WriteString("s", e.order.Symbol);
        w.Amount("q", e.order.OrigQty);
        w.Amount("p", e.order.Price);
        w.WriteBoolean("m", e.trade.Maker);
        w.WriteString("c", e.order.ClientOrderId);
        w.WriteString("S", e.order.Side.Wire());
        w.Amount("L", e.trade.Price);
        w.Amount("l", e.trade.Qty);
        w.WriteNumber("t", e.trade.TradeId);
        w.WriteNumber("i", e.order.OrderId);
        w.WriteEndObject();
    });

    public static byte[] ListenKeyExpired(string listenKey, long now) => WireJson.Write((listenKey, now), static (w, e) => w.Object(e, static (w, e) =>
    {
        w.WriteString("e", "listenKeyExpired");
        w.WriteNumber("E", e.now);
        w.WriteString("listenKey", e.listenKey);
    }));

    /// <summary>The venue's number for why an order ended (<c>er</c>).</summary>
    private static string Reason(ExpiryReason reason) => reason switch
    {
        ExpiryReason.SelfTrade => "1",
        ExpiryReason.ImmediateOrCancel => "2",
        ExpiryReason.ReduceOnly => "4",
        ExpiryReason.NoLiquidity => "9",
        ExpiryReason.FillOrKill => "10",
        ExpiryReason.PostOnly => "11",
        ExpiryReason.PositionGone => "6",
        _ => "0",
    };

    private static void Head(Utf8JsonWriter w, string type, long now)
    {
        w.WriteStartObject();
        w.WriteString("e", type);
        w.WriteNumber("E", now);
        w.WriteNumber("T", now);
    }

    private static void Order(Utf8JsonWriter w, FuturesReport r)
    {
        var (order, trade, book, instrument) = (r.Order, r.Trade, r.Market.Book, r.Market.Instrument);
        w.WriteString("s", order.Symbol);
        w.WriteString("c", order.ClientOrderId);
        w.WriteString("S", order.Side.Wire());
        w.WriteString("o", order.Type.Wire());
        w.WriteString("f", order.TimeInForce.Wire());
        w.Amount("q", order.OrigQty, instrument.QtyFormat);
        w.Amount("p", order.Price);
        w.Amount("ap", order.AvgPrice, "0.########");
        w.WriteString("sp", "0");
        w.WriteString("x", r.Type.Wire());
        w.WriteString("X", order.Status.Wire());
        w.WriteNumber("i", order.OrderId);
        w.Amount("l", trade?.Qty ?? 0, instrument.QtyFormat);
        w.Amount("z", order.ExecutedQty, instrument.QtyFormat);
        w.Amount("L", trade?.Price ?? 0);
        if (trade is not null)
        {
            w.WriteString("N", trade.CommissionAsset);
            w.Amount("n", trade.Commission);
        }
        w.WriteNumber("T", order.UpdateTime);
        w.WriteNumber("t", trade?.TradeId ?? 0);
        w.Amount("b", book.Bids.Orders.Sum(o => o.LeavesQty * o.Price));
        w.Amount("a", book.Asks.Orders.Sum(o => o.LeavesQty * o.Price));
        w.WriteBoolean("m", trade?.Maker ?? false);
        w.WriteBoolean("R", order.ReduceOnly);
        w.WriteString("wt", "CONTRACT_PRICE");
        w.WriteString("ot", order.Type.Wire());
        w.WriteString("ps", "BOTH");
        w.WriteBoolean("cp", order.ClosePosition);
        w.WriteBoolean("pP", false);
        w.WriteNumber("si", 0);
        w.WriteNumber("ss", 0);
        w.Amount("rp", trade?.RealizedPnl ?? 0, "0.########");
        w.WriteString("V", order.SelfTrade.Wire());
        w.WriteString("pm", order.PriceMatch);
        w.WriteNumber("gtd", order.GoodTillDate);
        w.WriteString("er", Reason(order.ExpiryReason));
    }
}
