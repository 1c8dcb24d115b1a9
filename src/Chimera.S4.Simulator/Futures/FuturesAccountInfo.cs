using System.Text.Json;
using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Positions, balance and account (v3 shapes: without leverage and margin type, which <c>symbolConfig</c> tells).</summary>
internal sealed class FuturesAccountInfo(FuturesExchange exchange)
{
    public IEnumerable<Operation> Operations =>
    [
        new("GET", "/fapi/v3/positionRisk", Access.Signed, _ => 5, PositionRisk),
        new("GET", "/fapi/v3/account", Access.Signed, _ => 5, Account),
        new("GET", "/fapi/v3/balance", Access.Signed, _ => 5, Balance),
    ];

    private Reply PositionRisk(Call call) => exchange.Read(() =>
    {
        var markets = call.Params.Text("symbol") is { } symbol ? [exchange.Market(symbol)] : exchange.Markets.Values;
        var shown = markets.Where(m => exchange.Account.Of(m.Symbol).Amount != 0 || m.OpenOrders.Any()).Select(m => (exchange.Account.Of(m.Symbol), m));
        return Reply.Ok(shown, static (w, all) => w.Array(all, Position));
    });

    private Reply Balance(Call call) => exchange.Read(() => Reply.Ok((exchange.Account, exchange.Clock.Now), static (w, b) => w.Array([b], static (w, b) =>
    {
        var (account, now) = b;
        w.WriteString("accountAlias", "SgsR");
        w.WriteString("asset", "USDT");
        w.Amount("balance", account.Wallet, WireJson.Spot);
        w.Amount("crossWalletBalance", account.Wallet, WireJson.Spot);
        w.Amount("crossUnPnl", account.Unrealized, WireJson.Spot);
        w.Amount("availableBalance", account.Available, WireJson.Spot);
        w.Amount("maxWithdrawAmount", Math.Max(0, account.Available), WireJson.Spot);
        w.WriteBoolean("marginAvailable", true);
        w.WriteNumber("updateTime", now);
    })));

    private Reply Account(Call call) => exchange.Read(() => Reply.Ok(exchange, static (w, e) => w.Object(e, static (w, e) =>
    {
        var account = e.Account;
        Totals(w, account, "total");
        w.Amount("totalCrossWalletBalance", account.Wallet, WireJson.Spot);
        w.Amount("totalCrossUnPnl", account.Unrealized, WireJson.Spot);
        w.Amount("availableBalance", account.Available, WireJson.Spot);
        w.Amount("maxWithdrawAmount", Math.Max(0, account.Available), WireJson.Spot);
        w.WritePropertyName("assets");
        w.Array([account], static (w, a) =>
        {
            w.WriteString("asset", "USDT");
            w.Amount("walletBalance", a.Wallet, WireJson.Spot);
            w.Amount("unrealizedProfit", a.Unrealized, WireJson.Spot);
            w.Amount("marginBalance", a.Wallet + a.Unrealized, WireJson.Spot);
            w.Amount("availableBalance", a.Available, WireJson.Spot);
            w.Amount("crossWalletBalance", a.Wallet, WireJson.Spot);
        });
        w.WritePropertyName("positions");
        w.Array(account.Positions.Where(p => p.Amount != 0).Select(p => (p, e.Market(p.Symbol))), static (w, p) =>
        {
            var (position, market) = p;
            w.WriteString("symbol", position.Symbol);
            w.WriteString("positionSide", "BOTH");
            w.Amount("positionAmt", position.Amount, market.Instrument.QtyFormat);
            w.Amount("unrealizedProfit", position.Unrealized(market.MarkPrice), WireJson.Spot);
            w.Amount("notional", position.Amount * market.MarkPrice, WireJson.Spot);
            w.Amount("initialMargin", Math.Abs(position.Amount) * market.MarkPrice / position.Leverage, WireJson.Spot);
            w.WriteNumber("updateTime", position.UpdateTime);
        });
    })));

    private static void Totals(Utf8JsonWriter w, FuturesAccount account, string prefix)
    {
        w.Amount(prefix + "InitialMargin", account.PositionMargin + account.OrderMargin, WireJson.Spot);
        w.Amount(prefix + "MaintMargin", account.PositionMargin / 2, WireJson.Spot);
        w.Amount(prefix + "WalletBalance", account.Wallet, WireJson.Spot);
        w.Amount(prefix + "UnrealizedProfit", account.Unrealized, WireJson.Spot);
        w.Amount(prefix + "MarginBalance", account.Wallet + account.Unrealized, WireJson.Spot);
        w.Amount(prefix + "PositionInitialMargin", account.PositionMargin, WireJson.Spot);
        w.Amount(prefix + "OpenOrderInitialMargin", account.OrderMargin, WireJson.Spot);
    }

    private static void Position(Utf8JsonWriter w, (Position Position, Market Market) p)
    {
        var (position, market) = p;
        var margin = Math.Abs(position.Amount) * market.MarkPrice / position.Leverage;
        w.WriteString("symbol", position.Symbol);
        w.WriteString("positionSide", "BOTH");
        w.Amount("positionAmt", position.Amount, market.Instrument.QtyFormat);
        w.Amount("entryPrice", position.EntryPrice, "0.0#######");
        w.Amount("breakEvenPrice", position.EntryPrice, "0.0#######");
        w.Amount("markPrice", market.MarkPrice, WireJson.Spot);
        w.Amount("unRealizedProfit", position.Unrealized(market.MarkPrice), WireJson.Spot);
        // No liquidation in the simulator: as for a position that cannot be liquidated.
        w.WriteString("liquidationPrice", "0");
        w.WriteString("isolatedMargin", "0");
        w.Amount("notional", position.Amount * market.MarkPrice, WireJson.Spot);
        w.WriteString("marginAsset", "USDT");
        w.WriteString("isolatedWallet", "0");
        w.Amount("initialMargin", margin, WireJson.Spot);
        w.Amount("maintMargin", margin / 2, WireJson.Spot);
        w.Amount("positionInitialMargin", margin, WireJson.Spot);
        w.Amount("openOrderInitialMargin", market.OpenOrders.Sum(o => o.Reserved), WireJson.Spot);
        w.WriteNumber("adl", 0);
        w.WriteString("bidNotional", "0");
        w.WriteString("askNotional", "0");
        w.WriteNumber("updateTime", position.UpdateTime);
    }
}
