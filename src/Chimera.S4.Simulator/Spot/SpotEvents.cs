using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Spot;

internal readonly record struct SpotReport(Order Order, ExecType Type, Trade? Trade, string RenamedFrom, long ExecutionId, long Now);

/// <summary>Spot user data events (reference §3.1).</summary>
internal static class SpotEvents
{
    public static byte[] ExecutionReport(SpotReport report) => WireJson.Write(report, static (w, r) =>
    {
        var (order, trade) = (r.Order, r.Trade);
        w.WriteStartObject();
        w.WriteString("e", "executionReport");
        w.WriteNumber("E", r.Now);
        w.WriteString("s", order.Symbol);
        w.WriteString("c", order.ClientOrderId);
        w.WriteString("S", order.Side.Wire());
        w.WriteString("o", order.Type.Wire());
        w.WriteString("f", order.TimeInForce.Wire());
        w.Amount("q", order.OrigQty, WireJson.Spot);
        w.Amount("p", order.Price, WireJson.Spot);
        w.Amount("P", order.StopPrice, WireJson.Spot);
        w.Amount("F", 0, WireJson.Spot);
        w.WriteNumber("g", order.OrderListId);
        w.WriteString("C", r.RenamedFrom);
        w.WriteString("x", r.Type.Wire());
        w.WriteString("X", order.Status.Wire());
        w.WriteString("r", "NONE");
        w.WriteNumber("i", order.OrderId);
        w.Amount("l", trade?.Qty ?? 0, WireJson.Spot);
        w.Amount("z", order.ExecutedQty, WireJson.Spot);
        w.Amount("L", trade?.Price ?? 0, WireJson.Spot);
        w.Amount("n", trade?.Commission ?? 0, WireJson.Spot);
        w.WriteString("N", trade?.CommissionAsset);
        w.WriteNumber("T", order.UpdateTime);
        w.WriteNumber("t", trade?.TradeId ?? -1);
        w.WriteNumber("I", r.ExecutionId);
        w.WriteBoolean("w", order.IsOpen && !order.IsWaiting && !order.IsMarket);
        w.WriteBoolean("m", trade?.Maker ?? false);
        w.WriteBoolean("M", false);
        w.WriteNumber("O", order.Time);
        w.Amount("Z", order.CumQuote, WireJson.Spot);
        w.Amount("Y", trade?.QuoteQty ?? 0, WireJson.Spot);
        w.Amount("Q", order.QuoteOrderQty, WireJson.Spot);
        // Present once the order is on the book.
        if (!order.IsWaiting) w.WriteNumber("W", order.WorkingTime > 0 ? order.WorkingTime : order.Time);
        if (order.PreventedQty > 0)
        {
            w.WriteNumber("v", order.OrderId);
            w.Amount("A", order.PreventedQty, WireJson.Spot);
        }
        w.WriteString("V", order.SelfTrade.Wire());
        if (SpotOrderJson.Reason(order.ExpiryReason) is { } reason) w.WriteString("eR", reason);
        w.WriteEndObject();
    });

    public static byte[] AccountPosition(Dictionary<string, SpotBalance> changed, long now) => WireJson.Write((changed, now), static (w, e) =>
    {
        w.WriteStartObject();
        w.WriteString("e", "outboundAccountPosition");
        w.WriteNumber("E", e.now);
        w.WriteNumber("u", e.now);
        w.WritePropertyName("B");
        w.Array(e.changed, static (w, balance) =>
        {
            w.WriteString("a", balance.Key);
            w.Amount("f", balance.Value.Free, WireJson.Spot);
            w.Amount("l", balance.Value.Locked, WireJson.Spot);
        });
        w.WriteEndObject();
    });
}
