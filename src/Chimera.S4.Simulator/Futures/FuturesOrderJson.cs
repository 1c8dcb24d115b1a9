using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Futures;

/// <summary>A futures order as REST shows it (reference §2.2, §10).</summary>
internal static class FuturesOrderJson
{
    /// <summary>ACK tells that the order was taken, never what became of it.</summary>
    public static void Ack(Utf8JsonWriter w, (Order Order, Instrument Instrument) o) => Write(w, o.Order, o.Instrument, "NEW", 0);

    /// <summary>RESULT and cancel: the order as it stands. <c>avgPrice</c> and <c>cumQuote</c> left these schemas in mid-2026.</summary>
    public static void Result(Utf8JsonWriter w, (Order Order, Instrument Instrument) o) =>
        Write(w, o.Order, o.Instrument, o.Order.Status.Wire(), o.Order.ExecutedQty);

    public static void Query(Utf8JsonWriter w, (Order Order, Instrument Instrument) o)
    {
        Result(w, o);
        w.Amount("avgPrice", o.Order.AvgPrice, "0.00000###");
        w.Amount("cumQuote", o.Order.CumQuote, "0.00000###");
        w.WriteNumber("time", o.Order.Time);
    }

    public static void Trade(Utf8JsonWriter w, (Trade Trade, Instrument Instrument) t)
    {
        var (trade, instrument) = t;
        w.WriteString("symbol", trade.Symbol);
        w.WriteNumber("id", trade.TradeId);
        w.WriteNumber("orderId", trade.OrderId);
        w.WriteString("side", trade.Side.Wire());
        w.Amount("price", trade.Price, instrument.PriceFormat);
        w.Amount("qty", trade.Qty, instrument.QtyFormat);
        w.Amount("realizedPnl", trade.RealizedPnl, "0.########");
        w.Amount("quoteQty", trade.QuoteQty, "0.########");
        w.Amount("commission", trade.Commission, "0.########");
        w.WriteString("commissionAsset", trade.CommissionAsset);
        w.WriteNumber("time", trade.Time);
        w.WriteString("positionSide", "BOTH");
        w.WriteBoolean("buyer", trade.Side is Side.Buy);
        w.WriteBoolean("maker", trade.Maker);
    }

    private static void Write(Utf8JsonWriter w, Order order, Instrument instrument, string status, decimal executed)
    {
        w.WriteNumber("orderId", order.OrderId);
        w.WriteString("symbol", order.Symbol);
        w.WriteString("status", status);
        w.WriteString("clientOrderId", order.ClientOrderId);
        w.Amount("price", order.Price, instrument.PriceFormat);
        w.Amount("origQty", order.OrigQty, instrument.QtyFormat);
        w.Amount("executedQty", executed, instrument.QtyFormat);
        w.Amount("cumQty", executed, instrument.QtyFormat);
        w.WriteString("timeInForce", order.TimeInForce.Wire());
        w.WriteString("type", order.Type.Wire());
        w.WriteBoolean("reduceOnly", order.ReduceOnly);
        w.WriteBoolean("closePosition", order.ClosePosition);
        w.WriteString("side", order.Side.Wire());
        w.WriteString("positionSide", "BOTH");
        w.WriteString("stopPrice", "0");
        w.WriteString("workingType", "CONTRACT_PRICE");
        w.WriteBoolean("priceProtect", false);
        w.WriteString("origType", order.Type.Wire());
        w.WriteString("priceMatch", order.PriceMatch);
        w.WriteString("selfTradePreventionMode", order.SelfTrade.Wire());
        w.WriteNumber("goodTillDate", order.GoodTillDate);
        w.WriteNumber("updateTime", order.UpdateTime);
    }
}
