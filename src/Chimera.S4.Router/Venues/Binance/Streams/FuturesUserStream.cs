using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Futures: <c>/private/ws/&lt;listenKey&gt;</c>. <c>POST /fapi/v1/listenKey</c> gives the account's one key, shared by every process, and extends it; <c>PUT</c> every 30 of its 60 minutes.
/// It is never deleted: that would silence everybody's streams.
/// </summary>
/// <remarks>https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams</remarks>
sealed class FuturesUserStream(BinanceApi api) : IUserStreamProtocol
{
    const string ListenKeyPath = "/fapi/v1/listenKey";
    const int NoSuchKey = -1125, MaxMisses = 5;
    static readonly TimeSpan Extend = TimeSpan.FromMinutes(30), ExtendAgain = TimeSpan.FromMinutes(1);

    readonly AlgoChildren children = new();

    /// <summary>Positions by symbol and position side, of which a symbol's position is the sum.</summary>
    readonly Dictionary<(string Symbol, string Side), decimal> sides = [];

    public Market Market => Market.Fut;

    public async Task<string> Address(CancellationToken cancel)
    {
        var reply = await api.Keyed(HttpMethod.Post, ListenKeyPath, cancel);
        return reply.IsSuccess && reply.Json?.Text("listenKey") is { Length: > 0 } key
            ? $"{api.Options.FutStreamUrl}/private/ws/{key}"
            : throw VenueRefusal.From("listen key", reply, api.Clock.Now);
    }

    public string? Hello() => null;

    public async Task KeepAlive(CancellationToken cancel)
    {
        for (var misses = 0; ;)
        {
            await Task.Delay(misses == 0 ? Extend : ExtendAgain, api.Time, cancel);
            var reply = await api.Keyed(HttpMethod.Put, ListenKeyPath, cancel);
            misses = reply.IsSuccess ? 0 : misses + 1;
            // A stream whose key has expired may stay open and silent: better to begin anew.
            if (reply.Error is { Code: NoSuchKey } || misses > MaxMisses) throw VenueRefusal.From("listen key", reply, api.Clock.Now);
        }
    }

    public StreamEvent Read(JsonElement message)
    {
        // Wrapped as {"stream":…,"data":{…}} where the connection serves several streams.
        var json = message.Inner("data") ?? message;
        switch (json.Text("e"))
        {
            case "ORDER_TRADE_UPDATE": return Order(json.Inner("o") ?? throw new WireException("ORDER_TRADE_UPDATE without o"));
            case "ALGO_UPDATE": return Algo(json.Inner("o") ?? throw new WireException("ALGO_UPDATE without o"), json.Time("T"));
            case "ACCOUNT_UPDATE": return Positions(json);
            case "listenKeyExpired": return new Ended("the listen key expired");
            case "serverShutdown": return new Ending("the venue sent serverShutdown");
            // TRADE_LITE repeats, earlier, what ORDER_TRADE_UPDATE says in full.
            case "TRADE_LITE" or "ACCOUNT_CONFIG_UPDATE" or "MARGIN_CALL" or "CONDITIONAL_ORDER_TRIGGER_REJECT": return new PassedOver(json.Text("e"), IsKnown: true, json);
            case var name: return new PassedOver(name, IsKnown: false, json);
        }
    }

    /// <summary>ot original type: a conditional one is the child of an algo order.</summary>
    OrderHeard Order(JsonElement o)
    {
        var order = FuturesOrders.Event(o);
        if (children.AsChild(order) is { } child) return new(child);
        if (o.Text("ot") is { } type && (type.StartsWith("STOP", StringComparison.Ordinal) || type.StartsWith("TAKE_PROFIT", StringComparison.Ordinal))) children.Wait(order);
        return new(order);
    }

    Several Algo(JsonElement o, DateTimeOffset? time)
    {
        var algo = AlgoReads.Event(o, time);
        var told = children.Know(algo).Select(order => new OrderHeard(order)).ToList();
        // Where its child's end has been told there is nothing that it could add; otherwise somebody has to ask.
        return children.HasEnded(algo) ? new(told) : new([new AlgoHeard(algo), .. told]);
    }

    /// <summary>a.P[]: s symbol, ps position side (BOTH in one-way mode), pa signed amount; T time.</summary>
    StreamEvent Positions(JsonElement json)
    {
        var rows = json.Inner("a")?.Rows("P").ToList() ?? [];
        if (rows.Count == 0) return new PassedOver("ACCOUNT_UPDATE", IsKnown: true, json);
        // Two connections read while one takes over from the other.
        lock (sides)
        {
            foreach (var row in rows) sides[(row.Required("s"), row.Text("ps") ?? "BOTH")] = row.RequiredMoney("pa");
            var symbols = rows.Select(row => row.Required("s")).Distinct();
            return new PositionsHeard(
                [.. symbols.Select(symbol => (symbol, sides.Where(side => side.Key.Symbol == symbol).Sum(side => side.Value)))], json.Time("T") ?? json.Time("E") ?? api.Clock.Now);
        }
    }
}
