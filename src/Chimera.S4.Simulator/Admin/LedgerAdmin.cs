using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Futures;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Spot;
using SpotList = Chimera.S4.Simulator.Spot.OrderList;

namespace Chimera.S4.Simulator.Admin;

/// <summary><c>GET /sim/ledger</c>: every order and trade ever accepted and every refusal answered. The truth for tests; no fault touches it.</summary>
internal sealed class LedgerAdmin(IReadOnlyList<Exchange> exchanges, RejectLog rejects)
{
    public void Map(RouteGroupBuilder group) => group.MapGet("/ledger", () => AdminResult.Ok(this, static (w, ledger) => ledger.Write(w)));

    private void Write(Utf8JsonWriter w)
    {
        w.WriteStartObject();
        w.WriteStartArray("orders");
        foreach (var exchange in exchanges)
            exchange.Read(() =>
            {
                foreach (var order in exchange.Index.All) w.Object((exchange.Venue, order), Order);
                return true;
            });
        w.WriteEndArray();
        w.WriteStartArray("trades");
        foreach (var exchange in exchanges)
            exchange.Read(() =>
            {
                foreach (var trade in exchange.Index.Trades) w.Object((exchange.Venue, trade), Trade);
                return true;
            });
        w.WriteEndArray();
        w.WritePropertyName("lists");
        w.Array(Lists(), static (w, list) =>
        {
            w.WriteNumber("orderListId", list.ListId);
            w.WriteString("listClientOrderId", list.ClientListId);
            w.WriteString("contingencyType", list.Contingency);
            w.WriteString("listOrderStatus", list.OrderStatus);
            w.WriteStartArray("orderIds");
            foreach (var id in list.OrderIds) w.WriteNumberValue(id);
            w.WriteEndArray();
        });
        w.WritePropertyName("algos");
        w.Array(Algos(), static (w, algo) =>
        {
            w.WriteNumber("algoId", algo.AlgoId);
            w.WriteString("clientAlgoId", algo.ClientAlgoId);
            w.WriteString("symbol", algo.Symbol);
            w.WriteString("side", algo.Side.Wire());
            w.WriteString("type", algo.Type);
            w.Amount("triggerPrice", algo.TriggerPrice);
            w.Amount("quantity", algo.Quantity);
            w.WriteBoolean("closePosition", algo.ClosePosition);
            w.WriteBoolean("reduceOnly", algo.ReduceOnly);
            w.WriteString("status", algo.Status.Wire());
            w.WriteNumber("childOrderId", algo.ChildId);
            w.WriteNumber("time", algo.CreateTime);
        });
        w.WritePropertyName("rejects");
        w.Array(rejects.Snapshot(), static (w, reject) =>
        {
            w.WriteString("venue", reject.Venue.Wire());
            w.WriteString("path", reject.Path);
            w.WriteNumber("code", reject.Code);
            w.WriteNumber("time", reject.Time);
        });
        w.WriteEndObject();
    }

    private SpotList[] Lists() => [.. exchanges.OfType<SpotExchange>().SelectMany(e => e.Read(() => e.Lists.ToArray()))];
    private AlgoOrder[] Algos() => [.. exchanges.OfType<FuturesExchange>().SelectMany(e => e.Read(() => e.Algos.ToArray()))];

    private static void Order(Utf8JsonWriter w, (Venue Venue, Order Order) entry)
    {
        var order = entry.Order;
        w.WriteString("venue", entry.Venue.Wire());
        w.WriteString("symbol", order.Symbol);
        w.WriteNumber("orderId", order.OrderId);
        w.WriteString("clientOrderId", order.PlacedClientOrderId);
        w.WriteString("side", order.Side.Wire());
        w.WriteString("type", order.Type.Wire());
        w.Amount("price", order.Price);
        w.Amount("origQty", order.OrigQty);
        w.Amount("executedQty", order.ExecutedQty);
        w.WriteString("status", order.Status.Wire());
        w.WriteString("timeInForce", order.TimeInForce.Wire());
        w.Amount("stopPrice", order.StopPrice);
        w.WriteNumber("orderListId", order.OrderListId);
        w.WriteBoolean("reduceOnly", order.ReduceOnly);
        w.WriteNumber("time", order.Time);
    }

    private static void Trade(Utf8JsonWriter w, (Venue Venue, Trade Trade) entry)
    {
        var trade = entry.Trade;
        w.WriteString("venue", entry.Venue.Wire());
        w.WriteString("symbol", trade.Symbol);
        w.WriteNumber("tradeId", trade.TradeId);
        w.WriteNumber("orderId", trade.OrderId);
        w.WriteString("clientOrderId", trade.ClientOrderId);
        w.WriteString("side", trade.Side.Wire());
        w.Amount("price", trade.Price);
        w.Amount("qty", trade.Qty);
        w.WriteBoolean("maker", trade.Maker);
        w.WriteNumber("time", trade.Time);
        w.WriteNumber("timeUs", trade.TimeUs);
    }
}
