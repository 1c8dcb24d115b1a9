using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Futures;

/// <summary>A conditional order as REST and the user stream show it (reference §2.3, §3.2, §10).</summary>
internal static class AlgoJson
{
    public static string Wire(this AlgoStatus status) => status.ToString().ToUpperInvariant();

    public static void Placed(Utf8JsonWriter w, (AlgoOrder Algo, Instrument Instrument) a)
    {
        var (algo, instrument) = a;
        w.WriteNumber("algoId", algo.AlgoId);
        w.WriteString("clientAlgoId", algo.ClientAlgoId);
        w.WriteString("algoType", "CONDITIONAL");
        w.WriteString("orderType", algo.Type);
        w.WriteString("symbol", algo.Symbol);
        w.WriteString("side", algo.Side.Wire());
        w.WriteString("positionSide", "BOTH");
        w.WriteString("timeInForce", algo.TimeInForce.Wire());
        w.Amount("quantity", algo.Quantity, instrument.QtyFormat);
        w.WriteString("algoStatus", algo.Status.Wire());
        w.Amount("triggerPrice", algo.TriggerPrice, instrument.PriceFormat);
        w.Amount("price", algo.Price, instrument.PriceFormat);
        w.WriteNull("icebergQuantity");
        w.WriteString("selfTradePreventionMode", algo.SelfTrade.Wire());
        w.WriteString("workingType", algo.ByMarkPrice ? "MARK_PRICE" : "CONTRACT_PRICE");
        w.WriteString("priceMatch", algo.PriceMatch);
        w.WriteBoolean("closePosition", algo.ClosePosition);
        w.WriteBoolean("priceProtect", algo.PriceProtect);
        w.WriteBoolean("reduceOnly", algo.ReduceOnly);
        Optional(w, "activatePrice", algo.ActivatePrice);
        Optional(w, "callbackRate", algo.CallbackRate);
        w.WriteNumber("createTime", algo.CreateTime);
        w.WriteNumber("updateTime", algo.UpdateTime);
        w.WriteNumber("triggerTime", algo.TriggerTime);
        w.WriteNumber("goodTillDate", algo.GoodTillDate);
    }

    public static void Query(Utf8JsonWriter w, (AlgoOrder Algo, Instrument Instrument, Order? Child) a)
    {
        Placed(w, (a.Algo, a.Instrument));
        w.WriteString("actualOrderId", ChildId(a.Algo));
        w.Amount("actualPrice", a.Child?.AvgPrice ?? 0, a.Instrument.PriceFormat);
        w.Amount("actualQty", a.Child?.ExecutedQty ?? 0, a.Instrument.QtyFormat);
        w.WriteString("actualType", a.Child?.Type.Wire() ?? "");
        w.WriteString("tpTriggerPrice", "0");
        w.WriteString("tpPrice", "0");
        w.WriteString("slTriggerPrice", "0");
        w.WriteString("slPrice", "0");
        w.WriteString("tpOrderType", "");
    }

    public static byte[] Event(AlgoOrder algo, Order? child, Instrument instrument, long now) => WireJson.Write((algo, child, instrument, now), static (w, e) =>
    {
        w.WriteStartObject();
        w.WriteString("e", "ALGO_UPDATE");
        w.WriteNumber("T", e.now);
        w.WriteNumber("E", e.now);
        w.WritePropertyName("o");
        w.Object((e.algo, e.child, e.instrument), Body);
        w.WriteEndObject();
    });

    private static void Body(Utf8JsonWriter w, (AlgoOrder Algo, Order? Child, Instrument Instrument) e)
    {
        var (algo, child, instrument) = e;
        w.WriteString("caid", algo.ClientAlgoId);
        w.WriteNumber("aid", algo.AlgoId);
        w.WriteString("at", "CONDITIONAL");
        w.WriteString("o", algo.Type);
        w.WriteString("s", algo.Symbol);
        w.WriteString("S", algo.Side.Wire());
        w.WriteString("ps", "BOTH");
        w.WriteString("f", algo.TimeInForce.Wire());
        w.Amount("q", algo.Quantity, instrument.QtyFormat);
        w.WriteString("X", algo.Status.Wire());
        w.WriteString("ai", ChildId(algo));
        w.Amount("ap", child?.AvgPrice ?? 0);
        w.Amount("aq", child?.ExecutedQty ?? 0);
        w.WriteString("act", child is null ? "" : child.Type.Wire());
        w.Amount("tp", algo.TriggerPrice);
        w.Amount("p", algo.Price);
        w.WriteString("V", algo.SelfTrade.Wire());
        w.WriteString("wt", algo.ByMarkPrice ? "MARK_PRICE" : "CONTRACT_PRICE");
        w.WriteString("pm", algo.PriceMatch);
        w.WriteBoolean("cp", algo.ClosePosition);
        w.WriteBoolean("pP", algo.PriceProtect);
        w.WriteBoolean("R", algo.ReduceOnly);
        w.WriteNumber("tt", algo.TriggerTime);
        w.WriteNumber("gtd", algo.GoodTillDate);
        if (algo.RejectReason.Length > 0) w.WriteString("rm", algo.RejectReason);
    }

    // A string, empty until there is a child.
    private static string ChildId(AlgoOrder algo) => algo.ChildId == 0 ? "" : algo.ChildId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Optional(Utf8JsonWriter w, string name, decimal value)
    {
        if (value == 0) w.WriteString(name, "");
        else w.Amount(name, value);
    }
}
