using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Futures orders and trades as REST and the user stream tell them.</summary>
static class FuturesOrders
{
    /// <summary>Bodies of <c>/fapi/v1/order</c>: symbol, orderId, clientOrderId, status, executedQty, cumQuote and avgPrice (both optional since mid-2026), updateTime | time.</summary>
    public static VenueOrderState Order(JsonElement json)
    {
        var (status, remark) = Words.Status(Market.Fut, json.Required("status"));
        var filled = json.RequiredMoney("executedQty");
        return new()
        {
            Symbol = json.Required("symbol"),
            ClientOrderId = json.Required("clientOrderId"),
            VenueOrderId = json.Required("orderId"),
            Status = status,
            CumQty = new(filled),
            CumQuote = Quote(filled, json.Money("cumQuote"), json.Money("avgPrice")),
            Time = json.Time("updateTime") ?? json.Time("time"),
            Remark = remark,
        };
    }

    /// <summary>A row of <c>GET /fapi/v1/userTrades</c>: id, orderId, price, qty, commission, commissionAsset, maker, time.</summary>
    public static Trade Trade(JsonElement json) => new(
        json.Required("id"), new(json.RequiredMoney("qty")), new(json.RequiredMoney("price")),
        json.Money("commission") ?? 0, json.Text("commissionAsset"), json.Flag("maker"), json.Time("time") ?? default);

    /// <summary>Event <c>ORDER_TRADE_UPDATE</c>, its object <c>o</c>: s, c client id, X status, i orderId, z cumulative quantity, ap average price, t trade id (0 none), l, L last quantity and
    /// price, n, N commission and asset, m maker, T time, er expiry reason.</summary>
    public static VenueOrderState Event(JsonElement o)
    {
        var (status, remark) = Words.Status(Market.Fut, o.Required("X"));
        var filled = o.RequiredMoney("z");
        return new()
        {
            Symbol = o.Required("s"),
            ClientOrderId = o.Required("c"),
            VenueOrderId = o.Required("i"),
            Status = status,
            CumQty = new(filled),
            CumQuote = Quote(filled, null, o.Money("ap")),
            Trades = o.Number("t") is > 0 && o.Money("l") is > 0 and { } last
                ? [new(o.Required("t"), new(last), new(o.RequiredMoney("L")), o.Money("n") ?? 0, o.Text("N"), o.Flag("m"), o.Time("T") ?? default)]
                : [],
            Time = o.Time("T"),
            Remark = Words.Remark(remark, Expiry(o.Text("er"))),
        };
    }

    /// <summary>Null where the venue did not say: a quote amount of zero beside a filled quantity is a field left out, not a gift.</summary>
    static decimal? Quote(decimal filled, decimal? cumQuote, decimal? avgPrice) =>
        filled == 0 ? 0 : cumQuote > 0 ? cumQuote : avgPrice > 0 ? filled * avgPrice : null;

    static string? Expiry(string? er) => er switch
    {
        null or "" or "0" => null,
        "1" => "er 1: self-trade prevention",
        "2" => "er 2: rest of an IOC order",
        "3" => "er 3: rest of an IOC order, self-trade prevention",
        "4" => "er 4: reduce-only, knocked out",
        "5" => "er 5: liquidation",
        "6" => "er 6: position gone (GTE)",
        "7" => "er 7: delisted",
        "8" => "er 8: a stop or take-profit triggered",
        "9" => "er 9: market order not fully filled",
        "10" => "er 10: fill-or-kill",
        "11" => "er 11: post-only would take",
        _ => $"er {er}",
    };
}
