using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Spot orders and trades as REST and the user stream tell them.</summary>
static class SpotOrders
{
    /// <summary>RESULT, FULL, cancel and query bodies of <c>/api/v3/order</c>: symbol, orderId, clientOrderId, origClientOrderId (cancel: the order's own id), status, executedQty,
    /// cummulativeQuoteQty (so spelled), fills[], transactTime | updateTime | time, expiryReason.</summary>
    public static VenueOrderState Order(JsonElement json)
    {
        var (status, remark) = Words.Status(Market.Spot, json.Required("status"));
        var time = json.Time("transactTime") ?? json.Time("updateTime") ?? json.Time("time");
        // Below zero: Binance has no figure for it (old orders).
        var quote = json.Money("cummulativeQuoteQty");
        return new()
        {
            Symbol = json.Required("symbol"),
            ClientOrderId = json.Text("origClientOrderId") is { Length: > 0 } own ? own : json.Required("clientOrderId"),
            VenueOrderId = json.Required("orderId"),
            Status = status,
            CumQty = new(json.RequiredMoney("executedQty")),
            CumQuote = quote < 0 ? null : quote,
            Trades = [.. json.Rows("fills").Select(fill => Fill(fill, time))],
            Time = time,
            Remark = Words.Remark(remark, json.Text("expiryReason")),
        };
    }

    /// <summary>A fill in a FULL reply: price, qty, commission, commissionAsset, tradeId. A placement's own fills are taker fills, at the time of the reply.</summary>
    static Trade Fill(JsonElement json, DateTimeOffset? time) => new(
        json.Required("tradeId"), new(json.RequiredMoney("qty")), new(json.RequiredMoney("price")), json.Money("commission") ?? 0, json.Text("commissionAsset"), false, time ?? default);

    /// <summary>A row of <c>GET /api/v3/myTrades</c>: id, orderId, price, qty, commission, commissionAsset, isMaker, time.</summary>
    public static Trade Trade(JsonElement json) => new(
        json.Required("id"), new(json.RequiredMoney("qty")), new(json.RequiredMoney("price")),
        json.Money("commission") ?? 0, json.Text("commissionAsset"), json.Flag("isMaker"), json.Time("time") ?? default);

    /// <summary>Event <c>executionReport</c>: s, i orderId, c client id, C original id, X status, z cumulative quantity, Z cumulative quote, t trade id (-1 none), l, L last quantity and price,
    /// n, N commission and asset, m maker, T time, r reject reason, eR expiry reason.</summary>
    /// <param name="placedAs">The id that this order is known to have been placed with, if any.</param>
    public static VenueOrderState Event(JsonElement json, string? placedAs)
    {
        var (status, remark) = Words.Status(Market.Spot, json.Required("X"));
        var reason = json.Text("r") is { } refused and not "NONE" ? refused : json.Text("eR") is { } expired and not "NONE" ? expired : null;
        return new()
        {
            Symbol = json.Required("s"),
            // A cancel renames the order: c is then the cancel's own id, C the order's.
            ClientOrderId = placedAs ?? (json.Text("C") is { Length: > 0 } own ? own : json.Required("c")),
            VenueOrderId = json.Required("i"),
            Status = status,
            CumQty = new(json.RequiredMoney("z")),
            CumQuote = json.Money("Z"),
            Trades = json.Number("t") is >= 0 && json.Money("l") is > 0 and { } last
                ? [new(json.Required("t"), new(last), new(json.RequiredMoney("L")), json.Money("n") ?? 0, json.Text("N"), json.Flag("m"), json.Time("T") ?? default)]
                : [],
            Time = json.Time("T") ?? json.Time("E"),
            Remark = Words.Remark(remark, reason),
        };
    }
}
