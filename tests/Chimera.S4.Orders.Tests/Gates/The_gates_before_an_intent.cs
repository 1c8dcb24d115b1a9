using Xunit;

namespace Chimera.S4.Orders.Tests.Gates;

public class The_gates_before_an_intent
{
    static readonly DateTimeOffset Now = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);
    static readonly Instrument Bitcoin = new() { Market = Market.Spot, Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", IsTrading = true, Prices = new PriceGrid(0.01m), Lots = new LotGrid(0.001m) };
    static readonly GateLimits Limits = new() { MaxQty = new(1_000, new Dictionary<string, decimal> { ["BTCUSDT"] = 10 }), MaxNotional = new(900), CollarBps = new(100), OrdersPerMinute = 5 };

    static readonly IntentFacts Facts = new() { Now = Now, InstrumentsKnown = true, Instrument = Bitcoin, Mid = 100, Quote = new([new(99.9m, 50)], [new(100.1m, 50)], Now), Gates = Limits, Reducible = 1000 };

    static readonly string[] Rows =
    [
        "1 MARKET          -> passes",
        "1 MARKET killed   -> KILL_SWITCH",
        "1 MARKET unread   -> KILL_SWITCH             what cannot be read counts as on",
        "1 MARKET open     -> BREAKER_OPEN",
        "1 MARKET half     -> passes                  a probe may be had; the last gate before the wire says",
        "11 LIMIT@80       -> ORDER_QTY_LIMIT         its own exception",
        "10 LIMIT@80       -> passes",
        "10 MARKET         -> ORDER_NOTIONAL_LIMIT",
        "9 MARKET          -> passes",
        "1 LIMIT@101       -> passes",
        "1 LIMIT@101.01    -> PRICE_COLLAR",
        "1 LIMIT@50        -> passes                  on its own side of the book",
        "1 LIMIT_MAKER@120 -> passes                  it cannot take",
        "1 MARKET blind    -> NO_MARKET_DATA",
        "1 LIMIT@101 blind -> NO_MARKET_DATA          nothing to hold the limit against",
        "1 MARKET busy     -> ORDER_RATE_LIMIT",
    ];

    public static TheoryData<string> Table => new(Rows);

    [Theory, MemberData(nameof(Table))]
    public void Are_closed_where_they_must_be(string row)
    {
        var (intent, facts, expected) = Read(row);
        var denial = IntentRules.Check(intent, facts).Denial;
        Assert.Equal(expected, denial is null ? "passes" : denial.Reason.Text());
    }

    [Theory, MemberData(nameof(Table))]
    public void Are_open_to_whatever_reduces(string row)
    {
        var (intent, facts, _) = Read(row);
        Assert.Null(IntentRules.Check(intent with { Side = Side.Sell, ReduceOnly = true }, facts).Denial);
    }

    [Fact]
    public void Have_each_a_row_that_it_alone_closes()
    {
        var told = Rows.Select(row => Read(row).Expected).ToHashSet();
        Assert.All(PreTradeGates.Table, gate => Assert.Contains(gate.Reason.Text(), told));
    }

    static (Intent, IntentFacts, string Expected) Read(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (arrow, form) = (Array.IndexOf(words, "->"), words[1].Split('@'));
        Words.TryRead<OrderType>(form[0], out var type);
        var intent = new Intent
        {
            IntentId = "i", Market = Market.Spot, Symbol = "BTCUSDT", Side = Side.Buy, Qty = new(decimal.Parse(words[0])), Type = type, Price = form.Length > 1 ? new Price(decimal.Parse(form[1])) : null,
            PublishedAt = Now, ReceivedAt = Now, ContentHash = "h",
        };
        var facts = words[2..arrow] switch
        {
            ["killed"] => Facts with { State = new() { IsKilled = true } },
            ["unread"] => Facts with { State = GateState.Unreadable },
            ["open"] => Facts with { State = new() { Spot = BreakerState.Open } },
            ["half"] => Facts with { State = new() { Spot = BreakerState.Half } },
            ["blind"] => Facts with { Mid = null, Quote = null },
            ["busy"] => Facts with { IsOverRate = true },
            _ => Facts with { State = new() { Fut = BreakerState.Open } },       // the other venue's is nothing to this one
        };
        return (intent, facts, words[arrow + 1]);
    }
}
