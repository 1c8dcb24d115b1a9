using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;
using Chimera.S4.Simulator.Limits;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Public market data, the account, and the counters.</summary>
internal sealed class SpotInfo(SpotExchange exchange, VenueLimits limits)
{
    public IEnumerable<Operation> Operations =>
    [
        new("GET", "/api/v3/ping", Access.Public, _ => 1, _ => Reply.Empty),
        new("GET", "/api/v3/time", Access.Public, _ => 1, Time),
        new("GET", "/api/v3/exchangeInfo", Access.Public, _ => 20, ExchangeInfo),
        new("GET", "/api/v3/depth", Access.Public, call => call.Params.Limit(100, 5000) switch { <= 100 => 5, <= 500 => 25, <= 1000 => 50, _ => 250 }, Depth),
        new("GET", "/api/v3/ticker/bookTicker", Access.Public, call => call.Params.Has("symbol") ? 2 : 4, BookTicker),
        new("GET", "/api/v3/ticker/price", Access.Public, call => call.Params.Has("symbol") ? 2 : 4, Price),
        new("GET", "/api/v3/ticker/24hr", Access.Public, call => call.Params.Has("symbol") ? 2 : 80, DayTickers),
        new("GET", "/api/v3/account", Access.Signed, _ => 20, Account),
        // Spot listen keys ended on 2026-02-20; the user stream is a subscription on the WebSocket API.
        .. ((string[])["POST", "PUT", "DELETE"]).Select(method =>
            new Operation(method, "/api/v3/userDataStream", Access.KeyOnly, _ => 2, _ => Reply.Error(410, -1020, "This operation is not supported."))),
        new("GET", "/api/v3/rateLimit/order", Access.Signed, _ => 40, OrderCounts),
    ];

    private Reply Time(Call call) =>
        Reply.Ok(exchange.Clock.Now, static (w, now) => w.Object(now, static (w, t) => w.WriteNumber("serverTime", t)));

    private Reply ExchangeInfo(Call call) => exchange.Read(() =>
    {
        var instruments = Selected(call.Params).Select(m => m.Instrument).ToArray();
        return Reply.Ok((exchange.Clock.Now, limits, instruments), static (w, info) => w.Object(info, static (w, i) =>
        {
            w.WriteString("timezone", "UTC");
            w.WriteNumber("serverTime", i.Now);
            w.WritePropertyName("rateLimits");
            w.Array(i.limits.Weights.Concat(i.limits.Orders), LimitsJson.Write);
            w.WriteStartArray("exchangeFilters");
            w.WriteEndArray();
            w.WritePropertyName("symbols");
            w.Array(i.instruments, SpotInstrumentJson.Write);
        }));
    });

    private Reply Depth(Call call) => exchange.Read(() =>
    {
        var market = exchange.Market(call.Params.Required("symbol"));
        return Reply.Ok((market, call.Params.Limit(100, 5000)), static (w, d) => w.Object(d, static (w, d) =>
        {
            w.WriteNumber("lastUpdateId", d.market.UpdateId);
            w.Levels("bids", d.market.Book.Bids.Aggregate(d.Item2), WireJson.Spot, WireJson.Spot);
            w.Levels("asks", d.market.Book.Asks.Aggregate(d.Item2), WireJson.Spot, WireJson.Spot);
        }));
    });

    private Reply BookTicker(Call call) => One(call, static (w, m) =>
    {
        var (bid, ask) = (m.Book.Bids.Aggregate(1).FirstOrDefault(), m.Book.Asks.Aggregate(1).FirstOrDefault());
        w.WriteString("symbol", m.Symbol);
        w.Amount("bidPrice", bid.Price, WireJson.Spot);
        w.Amount("bidQty", bid.Qty, WireJson.Spot);
        w.Amount("askPrice", ask.Price, WireJson.Spot);
        w.Amount("askQty", ask.Qty, WireJson.Spot);
    });

    private Reply DayTickers(Call call) => One(call, (w, m) => DayTicker.Write(w, m, exchange.Clock.Now));

    private Reply Price(Call call) => One(call, static (w, m) =>
    {
        w.WriteString("symbol", m.Symbol);
        w.Amount("price", m.LastPrice, WireJson.Spot);
    });

    private Reply Account(Call call) => exchange.Read(() =>
        Reply.Ok((exchange, OmitZero: call.Params.Flag("omitZeroBalances")), static (w, a) => w.Object(a, static (w, a) =>
    {
        var points = (int)(a.exchange.CommissionRate * 10_000);
        w.WriteNumber("makerCommission", points);
        w.WriteNumber("takerCommission", points);
        w.WriteNumber("buyerCommission", 0);
        w.WriteNumber("sellerCommission", 0);
        w.WriteStartObject("commissionRates");
        w.Amount("maker", a.exchange.CommissionRate, WireJson.Spot);
        w.Amount("taker", a.exchange.CommissionRate, WireJson.Spot);
        w.Amount("buyer", 0, WireJson.Spot);
        w.Amount("seller", 0, WireJson.Spot);
        w.WriteEndObject();
        foreach (var right in (string[])["canTrade", "canWithdraw", "canDeposit"]) w.WriteBoolean(right, true);
        w.WriteBoolean("brokered", false);
        w.WriteBoolean("requireSelfTradePrevention", false);
        w.WriteBoolean("preventSor", false);
        w.WriteNumber("updateTime", a.exchange.Clock.Now);
        w.WriteString("accountType", "SPOT");
        w.WritePropertyName("balances");
        w.Array(a.exchange.Account.Balances.Where(b => !a.OmitZero || b.Value.Free + b.Value.Locked != 0), static (w, b) =>
        {
            w.WriteString("asset", b.Key);
            w.Amount("free", b.Value.Free, WireJson.Spot);
            w.Amount("locked", b.Value.Locked, WireJson.Spot);
        });
        w.WriteStartArray("permissions");
        w.WriteStringValue("SPOT");
        w.WriteEndArray();
        w.WriteNumber("uid", 354937868);
    })));

    private Reply OrderCounts(Call call) => Reply.Ok(limits, static (w, l) => l.Read(counters =>
    {
        w.Array(counters.Orders, LimitsJson.WriteWithCount);
        return true;
    }));

    private Reply One(Call call, Action<Utf8JsonWriter, Market> write) => exchange.Read(() => call.Params.Text("symbol") is { } symbol
        ? Reply.Ok((exchange.Market(symbol), write), static (w, one) => w.Object(one.Item1, one.write))
        : Reply.Ok((Selected(call.Params), write), static (w, all) => w.Array(all.Item1, all.write)));

    private IEnumerable<Market> Selected(Parameters p)
    {
        if (p.Text("symbol") is { } symbol) return [exchange.Market(symbol)];
        if (p.Text("symbols") is not { } list) return exchange.Markets.Values;
        try
        {
            return [.. (JsonSerializer.Deserialize<string[]>(list) ?? []).Select(exchange.Market)];
        }
        catch (JsonException)
        {
            throw new VenueError(-1100, "Illegal characters found in parameter 'symbols'; legal range is '^\\[(\"[A-Z0-9]{1,20}\",?)*\\]$'.");
        }
    }
}
