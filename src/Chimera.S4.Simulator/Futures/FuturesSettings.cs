using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Leverage, margin type, position mode, listen key (reference §2.4, §3.2).</summary>
internal sealed class FuturesSettings(FuturesExchange exchange, ListenKeys listenKeys)
{
    private const decimal MaxNotional = 1_000_000_000m;

    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/fapi/v1/leverage", Access.Signed, _ => 1, Leverage),
        new("POST", "/fapi/v1/marginType", Access.Signed, _ => 1, MarginType),
        new("GET", "/fapi/v1/positionSide/dual", Access.Signed, _ => 30, GetDual),
        new("POST", "/fapi/v1/positionSide/dual", Access.Signed, _ => 1, SetDual),
        new("GET", "/fapi/v1/symbolConfig", Access.Signed, _ => 5, SymbolConfig),
        new("GET", "/fapi/v1/accountConfig", Access.Signed, _ => 5, AccountConfig),
        new("GET", "/fapi/v1/leverageBracket", Access.Signed, _ => 1, LeverageBracket),
        new("POST", "/fapi/v1/listenKey", Access.KeyOnly, _ => 1, _ => Key(listenKeys.Open())),
        new("PUT", "/fapi/v1/listenKey", Access.KeyOnly, _ => 1, _ => Key(listenKeys.Extend())),
        new("DELETE", "/fapi/v1/listenKey", Access.KeyOnly, _ => 1, _ => { listenKeys.Delete(); return Reply.Empty; }),
    ];

    private Reply Leverage(Call call) => exchange.Execute(call.Fence, () =>
    {
        var position = exchange.Account.Of(exchange.Market(call.Params.Required("symbol")).Symbol);
        var leverage = call.Params.Number("leverage") ?? throw VenueError.Missing("leverage");
        if (leverage is < 1 or > 125) throw new VenueError(-4028, $"Leverage {leverage} is not valid");
        if (position.Isolated && position.Amount != 0 && leverage < position.Leverage)
            throw new VenueError(-4161, "Leverage reduction is not supported in Isolated Margin Mode with open positions.");
        position.Leverage = (int)leverage;
        exchange.Touch(position);
        return Reply.Ok(position, static (w, p) => w.Object(p, static (w, p) =>
        {
            w.WriteNumber("leverage", p.Leverage);
            w.Amount("maxNotionalValue", MaxNotional);
            w.WriteString("symbol", p.Symbol);
        }));
    });

    private Reply MarginType(Call call) => exchange.Execute(call.Fence, () =>
    {
        var market = exchange.Market(call.Params.Required("symbol"));
        var position = exchange.Account.Of(market.Symbol);
        var isolated = call.Params.Required("marginType") switch
        {
            "ISOLATED" => true,
            "CROSSED" => false,
            _ => throw new VenueError(-1130, "Data sent for parameter 'marginType' is not valid."),
        };
        if (position.Isolated == isolated) throw new VenueError(-4046, "No need to change margin type.");
        if (market.OpenOrders.Any()) throw new VenueError(-4047, "Margin type cannot be changed if there exists open orders.");
        if (position.Amount != 0) throw new VenueError(-4048, "Margin type cannot be changed if there exists position.");
        position.Isolated = isolated;
        exchange.Touch(position);
        return Reply.Success;
    });

    private Reply GetDual(Call call) => exchange.Read(() =>
        Reply.Ok(exchange.DualSide, static (w, dual) => w.Object(dual, static (w, dual) => w.WriteBoolean("dualSidePosition", dual))));

    private Reply SetDual(Call call) => exchange.Execute(call.Fence, () =>
    {
        call.Params.Required("dualSidePosition");
        exchange.SetDualSide(call.Params.Flag("dualSidePosition"));
        return Reply.Success;
    });

    private Reply SymbolConfig(Call call) => exchange.Read(() =>
    {
        var symbols = call.Params.Text("symbol") is { } one ? [exchange.Market(one).Symbol] : exchange.Markets.Keys;
        return Reply.Ok(symbols.Select(exchange.Account.Of), static (w, all) => w.Array(all, static (w, p) =>
        {
            w.WriteString("symbol", p.Symbol);
            w.WriteString("marginType", p.Isolated ? "ISOLATED" : "CROSSED");
            w.WriteBoolean("isAutoAddMargin", false);
            w.WriteNumber("leverage", p.Leverage);
            w.Amount("maxNotionalValue", MaxNotional);
        }));
    });

    private Reply AccountConfig(Call call) => exchange.Read(() => Reply.Ok(exchange, static (w, e) => w.Object(e, static (w, e) =>
    {
        w.WriteNumber("feeTier", 0);
        foreach (var right in (string[])["canTrade", "canDeposit", "canWithdraw"]) w.WriteBoolean(right, true);
        w.WriteBoolean("dualSidePosition", e.DualSide);
        w.WriteNumber("updateTime", 0);
        w.WriteBoolean("multiAssetsMargin", false);
        w.WriteNumber("tradeGroupId", -1);
    })));

    /// <summary>One bracket: the simulator lets every size use every leverage.</summary>
    private Reply LeverageBracket(Call call) => exchange.Read(() =>
    {
        string[] symbols = call.Params.Text("symbol") is { } one ? [exchange.Market(one).Symbol] : [.. exchange.Markets.Keys];
        return Reply.Ok(symbols, static (w, all) => w.Array(all, static (w, symbol) =>
        {
            w.WriteString("symbol", symbol);
            w.WritePropertyName("brackets");
            w.Array([125], static (w, leverage) =>
            {
                w.WriteNumber("bracket", 1);
                w.WriteNumber("initialLeverage", leverage);
                w.WriteNumber("notionalCap", MaxNotional);
                w.WriteNumber("notionalFloor", 0);
                w.WriteNumber("maintMarginRatio", 0.004m);
                w.WriteNumber("cum", 0);
            });
        }));
    });

    private static Reply Key(string key) =>
        Reply.Ok(key, static (w, key) => w.Object(key, static (w, key) => w.WriteString("listenKey", key)));
}
