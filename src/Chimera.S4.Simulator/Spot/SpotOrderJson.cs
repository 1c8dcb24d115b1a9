using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Spot;

/// <summary>A spot order as REST shows it (reference §1.2, §1.3, §10).</summary>
internal static class SpotOrderJson
{
    public static void Ack(Utf8JsonWriter w, Order order)
    {
        w.WriteString("symbol", order.Symbol);
        w.WriteNumber("orderId", order.OrderId);
        w.WriteNumber("orderListId", order.OrderListId);
        w.WriteString("clientOrderId", order.ClientOrderId);
        w.WriteNumber("transactTime", order.UpdateTime);
    }

    public static void Result(Utf8JsonWriter w, Order order)
    {
        Ack(w, order);
        State(w, order);
        Working(w, order);
        w.WriteString("selfTradePreventionMode", order.SelfTrade.Wire());
        Expiry(w, order);
    }

    public static void Full(Utf8JsonWriter w, (Order Order, IEnumerable<Trade> Fills) placed)
    {
        var order = placed.Order;
        Ack(w, order);
        State(w, order);
        Working(w, order);
        w.WritePropertyName("fills");
        w.Array(placed.Fills, static (w, trade) =>
        {
            w.Amount("price", trade.Price, WireJson.Spot);
            w.Amount("qty", trade.Qty, WireJson.Spot);
            w.Amount("commission", trade.Commission, WireJson.Spot);
            w.WriteString("commissionAsset", trade.CommissionAsset);
            w.WriteNumber("tradeId", trade.TradeId);
        });
        w.WriteString("selfTradePreventionMode", order.SelfTrade.Wire());
        Expiry(w, order);
    }

    public static void Canceled(Utf8JsonWriter w, (Order Order, string Original) canceled)
    {
        var order = canceled.Order;
        w.WriteString("symbol", order.Symbol);
        w.WriteString("origClientOrderId", canceled.Original);
        w.WriteNumber("orderId", order.OrderId);
        w.WriteNumber("orderListId", order.OrderListId);
        w.WriteString("clientOrderId", order.ClientOrderId);
        w.WriteNumber("transactTime", order.UpdateTime);
        State(w, order);
        Conditional(w, order);
        w.WriteString("selfTradePreventionMode", order.SelfTrade.Wire());
    }

    /// <summary>The order inside the answer to an amendment: other names for the quantities.</summary>
    public static void Amended(Utf8JsonWriter w, (Order Order, string Original) amended)
    {
        var order = amended.Order;
        w.WriteString("symbol", order.Symbol);
        w.WriteNumber("orderId", order.OrderId);
        w.WriteNumber("orderListId", order.OrderListId);
        w.WriteString("origClientOrderId", amended.Original);
        w.WriteString("clientOrderId", order.ClientOrderId);
        w.Amount("price", order.Price, WireJson.Spot);
        w.Amount("qty", order.OrigQty, WireJson.Spot);
        w.Amount("executedQty", order.ExecutedQty, WireJson.Spot);
        w.Amount("preventedQty", order.PreventedQty, WireJson.Spot);
        w.Amount("quoteOrderQty", order.QuoteOrderQty, WireJson.Spot);
        w.Amount("cumulativeQuoteQty", order.CumQuote, WireJson.Spot);
        w.WriteString("status", order.Status.Wire());
        w.WriteString("timeInForce", order.TimeInForce.Wire());
        w.WriteString("type", order.Type.Wire());
        w.WriteString("side", order.Side.Wire());
        if (order.WorkingTime > 0) w.WriteNumber("workingTime", order.WorkingTime);
        w.WriteString("selfTradePreventionMode", order.SelfTrade.Wire());
    }

    public static void Query(Utf8JsonWriter w, Order order)
    {
        w.WriteString("symbol", order.Symbol);
        w.WriteNumber("orderId", order.OrderId);
        w.WriteNumber("orderListId", order.OrderListId);
        w.WriteString("clientOrderId", order.ClientOrderId);
        State(w, order);
        w.Amount("stopPrice", order.StopPrice, WireJson.Spot);
        w.Amount("icebergQty", 0, WireJson.Spot);
        w.WriteNumber("time", order.Time);
        w.WriteNumber("updateTime", order.UpdateTime);
        w.WriteBoolean("isWorking", !order.IsWaiting);
        w.WriteNumber("workingTime", WorkingTime(order));
        Prevented(w, order);
        w.WriteString("selfTradePreventionMode", order.SelfTrade.Wire());
        Expiry(w, order);
    }

    public static void Trade(Utf8JsonWriter w, Trade trade)
    {
        w.WriteString("symbol", trade.Symbol);
        w.WriteNumber("id", trade.TradeId);
        w.WriteNumber("orderId", trade.OrderId);
        w.WriteNumber("orderListId", -1);
        w.Amount("price", trade.Price, WireJson.Spot);
        w.Amount("qty", trade.Qty, WireJson.Spot);
        w.Amount("quoteQty", trade.QuoteQty, WireJson.Spot);
        w.Amount("commission", trade.Commission, WireJson.Spot);
        w.WriteString("commissionAsset", trade.CommissionAsset);
        w.WriteNumber("time", trade.Time);
        w.WriteBoolean("isBuyer", trade.Side is Side.Buy);
        w.WriteBoolean("isMaker", trade.Maker);
        w.WriteBoolean("isBestMatch", true);
    }

    public static string? Reason(ExpiryReason reason) => reason switch
    {
        ExpiryReason.ImmediateOrCancel => "UNFILLED_IOC_QUANTITY_EXPIRED",
        ExpiryReason.FillOrKill => "UNFILLED_FOK_ORDER_EXPIRED",
        ExpiryReason.NoLiquidity => "INSUFFICIENT_LIQUIDITY",
        ExpiryReason.OcoTrigger => "OCO_TRIGGER",
        ExpiryReason.PhaseOneExpired => "OTO_PHASE_ONE_EXPIRED",
        ExpiryReason.Rejected => "REJECTED",
        _ => null,
    };

    private static void State(Utf8JsonWriter w, Order order)
    {
        w.Amount("price", order.Price, WireJson.Spot);
        // A pending order of an OPO has none until its working order is filled.
        if (order.OrigQty > 0) w.Amount("origQty", order.OrigQty, WireJson.Spot);
        w.Amount("executedQty", order.ExecutedQty, WireJson.Spot);
        w.Amount("origQuoteOrderQty", order.QuoteOrderQty, WireJson.Spot);
        w.Amount("cummulativeQuoteQty", order.CumQuote, WireJson.Spot);
        w.WriteString("status", order.Status.Wire());
        w.WriteString("timeInForce", order.TimeInForce.Wire());
        w.WriteString("type", order.Type.Wire());
        w.WriteString("side", order.Side.Wire());
    }

    private static long WorkingTime(Order order) => order.WorkingTime > 0 ? order.WorkingTime : order.IsWaiting ? -1 : order.Time;

    private static void Working(Utf8JsonWriter w, Order order)
    {
        w.WriteNumber("workingTime", WorkingTime(order));
        Conditional(w, order);
        Prevented(w, order);
    }

    private static void Conditional(Utf8JsonWriter w, Order order)
    {
        if (order.StopPrice > 0) w.Amount("stopPrice", order.StopPrice, WireJson.Spot);
    }

    private static void Prevented(Utf8JsonWriter w, Order order)
    {
        if (order.PreventedQty == 0) return;
        w.WriteNumber("preventedMatchId", order.OrderId);
        w.Amount("preventedQuantity", order.PreventedQty, WireJson.Spot);
    }

    private static void Expiry(Utf8JsonWriter w, Order order)
    {
        if (Reason(order.ExpiryReason) is { } reason) w.WriteString("expiryReason", reason);
    }
}
