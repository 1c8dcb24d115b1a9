using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Demo;

/// <summary>One of each kind that works so far.</summary>
/// <param name="CancelAfter">Cancel it while it rests; null: leave it to the market.</param>
sealed record DemoIntent(string What, OrderIntent Intent, TimeSpan? CancelAfter = null);

static class DemoIntents
{
    /// <param name="run">Tells this run's ids from an earlier one's, since an intent trades once.</param>
    /// <param name="mid">Middle of the book of a market and symbol.</param>
    public static IReadOnlyList<DemoIntent> Plan(string run, Func<string, string, decimal> mid)
    {
        var number = 0;
        OrderIntent Of(string market, string symbol, string side, decimal qty, string type = "MARKET", decimal? price = null, string? tif = null, bool? reduceOnly = null) => new()
        {
            IntentId = $"demo-{run}-{++number:00}", Market = market, Symbol = symbol, Side = side, Qty = qty, Type = type, Price = price, TimeInForce = tif, ReduceOnly = reduceOnly,
        };
        decimal Near(string market, string symbol, decimal factor, decimal tick) => decimal.Floor(mid(market, symbol) * factor / tick) * tick;

        return
        [
            new("market buy", Of("SPOT", "BTCUSDT", "BUY", 0.01m)),
            new("market sell", Of("SPOT", "BTCUSDT", "SELL", 0.005m)),
            new("quantity off the lot grid", Of("SPOT", "ETHUSDT", "BUY", 0.123456789m)),
            new("futures market buy", Of("FUT", "BTCUSDT", "BUY", 0.02m)),
            new("futures reduce-only sell", Of("FUT", "BTCUSDT", "SELL", 0.01m, reduceOnly: true)),
            new("limit through the market, IOC", Of("SPOT", "ETHUSDT", "BUY", 0.1m, "LIMIT", Near("SPOT", "ETHUSDT", 1.002m, 0.01m), "IOC")),
            new("limit below the touch", Of("SPOT", "BTCUSDT", "BUY", 0.01m, "LIMIT", Near("SPOT", "BTCUSDT", 0.99996m, 0.01m))),
            new("futures post-only", Of("FUT", "ETHUSDT", "BUY", 0.1m, "LIMIT_MAKER", Near("FUT", "ETHUSDT", 0.99994m, 0.01m))),
            new("limit far away, then canceled", Of("SPOT", "BTCUSDT", "BUY", 0.01m, "LIMIT", Near("SPOT", "BTCUSDT", 0.97m, 0.01m)), TimeSpan.FromSeconds(2)),
            new("maker, then taker", Of("SPOT", "ETHUSDT", "BUY", 0.2m) with { ExecPolicy = new() { MakerThenTaker = new() { WaitMs = 1500 } } }),
            new("three slices, a second apart", Of("FUT", "ETHUSDT", "BUY", 0.3m) with { ExecPolicy = new() { Twap = new() { Slices = 3, GapMs = 1000, JitterMs = 200 } } }),
            new("futures with stop and take-profit", Of("FUT", "BTCUSDT", "BUY", 0.02m) with
            {
                PostFillActions = new() { StopLoss = new() { TriggerPx = Near("FUT", "BTCUSDT", 0.97m, 0.1m) }, TakeProfit = [new() { TriggerPx = Near("FUT", "BTCUSDT", 1.03m, 0.1m) }] },
            }, TimeSpan.FromSeconds(1)),
            new("spot with both its exits", Of("SPOT", "ETHUSDT", "BUY", 0.1m) with
            {
                ExecPolicy = new() { Oco = new() { TpPx = Near("SPOT", "ETHUSDT", 1.03m, 0.01m), SlPx = Near("SPOT", "ETHUSDT", 0.97m, 0.01m) } },
            }, TimeSpan.FromSeconds(1)),
            new("guarded entry below the market", Of("SPOT", "ETHUSDT", "BUY", 0.1m, "LIMIT_MAKER", Near("SPOT", "ETHUSDT", 0.98m, 0.01m)) with
            {
                ExecPolicy = new() { GuardStop = new() { Enable = true, SlPx = Near("SPOT", "ETHUSDT", 0.96m, 0.01m) } },
            }, TimeSpan.FromSeconds(1)),
            new("spot stop below the market", Of("SPOT", "BTCUSDT", "SELL", 0.005m, "STOP", reduceOnly: true) with { TriggerPx = Near("SPOT", "BTCUSDT", 0.97m, 0.01m) }, TimeSpan.FromSeconds(1)),
            new("too small: denied", Of("SPOT", "BTCUSDT", "BUY", 0.00001m)),
            new("unknown symbol: denied", Of("SPOT", "NOPEUSDT", "BUY", 1m)),
        ];
    }
}
