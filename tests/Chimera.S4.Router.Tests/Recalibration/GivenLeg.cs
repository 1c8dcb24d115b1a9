using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Tests.Recalibration;

/// <summary>A leg of the record by hand: four to buy at a middle of 100, three made at 99.95 within half a second, one taken at 100.2 after a second.</summary>
static class GivenLeg
{
    public static readonly DateTimeOffset At = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    public static OrderRecord Maker(string intent = "i") => Order(intent, $"{intent}-m") with
    {
        Type = "LIMIT_MAKER", Price = 99.95m, Qty = 4, FilledQty = 3, AvgPrice = 99.95m, Status = "CANCELED", MidAtDecide = 100, MidAtSend = 100.2m, DecidedAt = At, EndedAt = At.AddMilliseconds(1000),
    };

    public static OrderRecord Taker(string intent = "i") => Order(intent, $"{intent}-t") with
    {
        Type = "MARKET", Qty = 1, FilledQty = 1, AvgPrice = 100.2m, SlippageBps = 9.99m, Status = "FILLED", MidAtDecide = 100.1m, MidAtSend = 100.1m, DecidedAt = At.AddMilliseconds(1010), EndedAt = At.AddMilliseconds(1050),
    };

    public static FillRecord[] Fills(string intent = "i") =>
    [
        Fill(intent, $"{intent}-m", "1", 1, 99.95m, 0.0002m, 200), Fill(intent, $"{intent}-m", "2", 2, 99.95m, 0.0002m, 500), Fill(intent, $"{intent}-t", "3", 1, 100.2m, 0.0005m, 1040),
    ];

    /// <summary>Of the first: three bps against it; of the second: nothing.</summary>
    public static MarkoutRecord[] Markouts(string intent = "i") =>
    [
        Markout(intent, "1", 1, 100, 5.0025m), Markout(intent, "1", 5, 100, 5.0025m), Markout(intent, "1", 30, 100.05m, -3), Markout(intent, "1", 60, 100.05m, -3), Markout(intent, "2", 30, 99.95m, 0),
    ];

    public static JournalBatch Batch(string intent = "i") => new() { IntentId = intent, Orders = [Maker(intent), Taker(intent)], Fills = Fills(intent), Markouts = Markouts(intent) };

    static OrderRecord Order(string intent, string key) => new()
    {
        Key = key, Seq = 9, IntentId = intent, ClientOrderId = key, Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", Type = "MARKET", Qty = 4, QtyRequested = 4, FilledQty = 0, ReduceOnly = false, Status = "FILLED", Final = true,
        RcuRev = 7, Leg = 0, Purpose = "ENTRY", LegQty = 4, Notional = 400, MakerWaitMs = 1000, ExplorePropensity = 0.5m, MidAtPublish = 100, MidAtArrival = 100.1m, SpreadAtDecide = 0.1m, BidDepthAtDecide = 50, AskDepthAtDecide = 20,
        ExecPolicy = """{"maker_then_taker":{},"twap":{"slices":2,"gap_ms":1500}}""", CreatedAt = At, UpdatedAt = At, ClosedAt = At.AddSeconds(2),
    };

    static FillRecord Fill(string intent, string order, string trade, decimal qty, decimal price, decimal rate, int afterMs) => new()
    {
        Key = $"{intent}-{trade}", FillId = $"{intent}-{trade}", IntentId = intent, ClientOrderId = order, Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", TradeId = trade, Qty = qty, Price = price, Commission = qty * price * rate,
        CommissionAsset = "USDT", Maker = order.EndsWith('m'), Timestamp = At.AddMilliseconds(afterMs),
    };

    static MarkoutRecord Markout(string intent, string trade, int horizon, decimal mid, decimal bps) => new()
    {
        Key = $"{intent}-{trade}-{horizon}s", FillId = $"{intent}-{trade}", IntentId = intent, ClientOrderId = $"{intent}-m", Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", Price = 99.95m, HorizonS = horizon,
        DueAt = At.AddSeconds(horizon), Mid = mid, MidAt = At.AddSeconds(horizon), MarkoutBps = bps,
    };
}
