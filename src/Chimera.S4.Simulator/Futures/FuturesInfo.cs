using System.Text.Json;
using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Limits;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Public futures market data and the counters.</summary>
internal sealed class FuturesInfo(FuturesExchange exchange, VenueLimits limits)
{
    public IEnumerable<Operation> Operations =>
    [
        new("GET", "/fapi/v1/ping", Access.Public, _ => 1, _ => Reply.Empty),
        new("GET", "/fapi/v1/time", Access.Public, _ => 1, Time),
        new("GET", "/fapi/v1/exchangeInfo", Access.Public, _ => 1, ExchangeInfo),
        new("GET", "/fapi/v1/depth", Access.Public, call => call.Params.Limit(500, 1000) switch { <= 50 => 2, <= 100 => 5, <= 500 => 10, _ => 20 }, Depth),
        new("GET", "/fapi/v1/ticker/bookTicker", Access.Public, call => call.Params.Has("symbol") ? 2 : 5, BookTicker),
        new("GET", "/fapi/v1/ticker/24hr", Access.Public, call => call.Params.Has("symbol") ? 1 : 40, DayTickers),
        new("GET", "/fapi/v1/premiumIndex", Access.Public, call => call.Params.Has("symbol") ? 1 : 10, PremiumIndex),
        new("GET", "/fapi/v1/rateLimit/order", Access.Signed, _ => 1, OrderCounts),
    ];

    private Reply Time(Call call) =>
        Reply.Ok(exchange.Clock.Now, static (w, now) => w.Object(now, static (w, t) => w.WriteNumber("serverTime", t)));

    private Reply ExchangeInfo(Call call) => exchange.Read(() =>
        Reply.Ok((exchange.Clock.Now, limits, exchange.Markets.Values.Select(m => m.Instrument)), static (w, info) => w.Object(info, static (w, i) =>
        {
            w.WriteString("timezone", "UTC");
            w.WriteNumber("serverTime", i.Now);
            w.WriteString("futuresType", "U_MARGINED");
            w.WritePropertyName("rateLimits");
            w.Array(i.limits.Weights.Concat(i.limits.Orders), LimitsJson.Write);
            w.WriteStartArray("exchangeFilters");
            w.WriteEndArray();
            w.WritePropertyName("assets");
            w.Array(["USDT"], static (w, asset) =>
            {
                w.WriteString("asset", asset);
                w.WriteBoolean("marginAvailable", true);
                w.WriteString("autoAssetExchange", "0");
            });
            w.WritePropertyName("symbols");
            w.Array(i.Item3, FuturesInstrumentJson.Write);
        })));

    private Reply Depth(Call call) => exchange.Read(() =>
    {
        var market = exchange.Market(call.Params.Required("symbol"));
        return Reply.Ok((market, call.Params.Limit(500, 1000), exchange.Clock.Now), static (w, d) => w.Object(d, static (w, d) =>
        {
            var (market, depth, now) = d;
            w.WriteNumber("lastUpdateId", market.UpdateId);
            w.WriteNumber("E", now);
            w.WriteNumber("T", now);
            w.Levels("bids", market.Book.Bids.Aggregate(depth), market.Instrument.PriceFormat, market.Instrument.QtyFormat);
            w.Levels("asks", market.Book.Asks.Aggregate(depth), market.Instrument.PriceFormat, market.Instrument.QtyFormat);
        }));
    });

    private Reply BookTicker(Call call) => One(call, static (w, m) =>
    {
        var (market, now) = m;
        var (bid, ask) = (market.Book.Bids.Aggregate(1).FirstOrDefault(), market.Book.Asks.Aggregate(1).FirstOrDefault());
        w.WriteString("symbol", market.Symbol);
        w.Amount("bidPrice", bid.Price, market.Instrument.PriceFormat);
        w.Amount("bidQty", bid.Qty, market.Instrument.QtyFormat);
        w.Amount("askPrice", ask.Price, market.Instrument.PriceFormat);
        w.Amount("askQty", ask.Qty, market.Instrument.QtyFormat);
        w.WriteNumber("time", now);
        w.WriteNumber("lastUpdateId", market.UpdateId);
    });

    private Reply DayTickers(Call call) => One(call, static (w, m) => DayTicker.Write(w, m.Item1, m.Item2));

    private Reply PremiumIndex(Call call) => One(call, static (w, m) =>
    {
        var (market, now) = m;
        w.WriteString("symbol", market.Symbol);
        foreach (var name in (string[])["markPrice", "indexPrice", "estimatedSettlePrice"]) w.Amount(name, market.MarkPrice, WireJson.Spot);
        w.WriteString("lastFundingRate", "0.00010000");
        w.WriteString("interestRate", "0.00010000");
        w.WriteNumber("nextFundingTime", FuturesMarketWire.NextFunding(now));
        w.WriteNumber("time", now);
    });

    private Reply OrderCounts(Call call) => Reply.Ok(limits, static (w, l) => l.Read(counters =>
    {
        w.Array(counters.Orders, LimitsJson.WriteWithCount);
        return true;
    }));

    private Reply One(Call call, Action<Utf8JsonWriter, (Market, long)> write) => exchange.Read(() => call.Params.Text("symbol") is { } symbol
        ? Reply.Ok((exchange.Market(symbol), exchange.Clock.Now, write), static (w, one) => w.Object((one.Item1, one.Now), one.write))
        : Reply.Ok((exchange.Markets.Values.Select(m => (m, exchange.Clock.Now)), write), static (w, all) => w.Array(all.Item1, all.write)));
}
