using Xunit;

namespace Chimera.S4.Orders.Tests;

public class An_intent_before_the_rules
{
    /// <summary>Each random case has about one thing wrong with it, so that every code is met many times and so is a plain yes.</summary>
    [Fact]
    public void Is_judged_as_the_oracle_judges_it()
    {
        var met = new Dictionary<string, int>();
        Seeds.Each(20_000, random =>
        {
            var (intent, facts) = Any(random);
            var (code, qty) = IntentOracle.Judge(intent, facts);
            var verdict = IntentRules.Check(intent, facts);
            if ((verdict.Denial?.Reason, verdict.Qty.Value) != (code, qty))
                Assert.Fail($"oracle {code?.ToString() ?? "accepts"} {qty}, rules {verdict.Denial?.Reason.ToString() ?? "accept"} {verdict.Qty} for\n{Shape.Of(intent)}{Shape.Of(facts)}");
            var name = code?.ToString() ?? "accepted";
            met[name] = met.GetValueOrDefault(name) + 1;
        });
        string[] all =
        [
            "accepted", "IntentExpired", "TriggerOnWrongSide", "FieldRequired", "FieldNotAllowed", "ReduceOnlyWouldOpen", "NoInstrumentData", "UnknownSymbol", "SymbolNotAllowed",
            "SymbolNotTrading", "QtyBelowStep", "PriceOffTick", "PriceOutOfRange", "QtyBelowMin", "QtyAboveMax", "NoMarketData", "BelowMinNotional", "AboveMaxNotional",
        ];
        Assert.All(all, name => Assert.True(met.GetValueOrDefault(name) >= 30, $"the cases met {name} only {met.GetValueOrDefault(name)} times"));
    }

    /// <summary>S4 never works more than was asked, nor a quantity that a smaller rounding would have kept closer.</summary>
    [Fact]
    public void Is_never_worked_with_more_than_it_asked() => Seeds.Each(5_000, random =>
    {
        var (intent, facts) = Any(random);
        Assert.True(IntentRules.Check(intent, facts).Qty.Value <= intent.Qty.Value);
    });

    /// <summary>A denial names the value that is wrong: whoever reads it need not guess.</summary>
    [Theory]
    [InlineData("qty 0.0004  price 50000      -> QTY_BELOW_STEP 0.0004 0.001")]
    [InlineData("qty 1       price 50000.001  -> PRICE_OFF_TICK 50000.001 0.01")]
    [InlineData("qty 1       price 2000000    -> PRICE_OUT_OF_RANGE 2000000 1000000")]
    [InlineData("qty 200     price 50000      -> QTY_ABOVE_MAX 200 100")]
    [InlineData("qty 0.0019  price 1000       -> BELOW_MIN_NOTIONAL 0.001 5")]
    [InlineData("qty 1.0009  price 50000      -> accepted 1")]
    public void Is_told_what_is_wrong_with_it(string row)
    {
        var (cell, expected) = (Row.Of(row), row[(row.IndexOf("->", StringComparison.Ordinal) + 3)..].Split(' '));
        var verdict = IntentRules.Check(Sample.Intent with { Qty = new(cell.Decimal("qty")), Price = new(cell.Decimal("price")) }, Sample.Facts);
        Assert.Equal(expected[0], verdict.Denial?.Reason.Text() ?? "accepted");
        Assert.All(expected[1..], word => Assert.Contains(word, verdict.Denial?.Message ?? verdict.Qty.ToString()));
    }

    [Theory]
    [InlineData("age 59.999  -> accepted")]
    [InlineData("age 60      -> INTENT_EXPIRED")]
    [InlineData("age 60      reduce yes -> accepted        reducing late is still reducing")]
    [InlineData("age 3600    expires 3600.001 -> accepted  its own end counts, not the age")]
    [InlineData("age 3600    expires 3600 -> INTENT_EXPIRED")]
    [InlineData("age 1       expires 1 reduce yes -> INTENT_EXPIRED  an end that was named holds for all")]
    public void Is_stale_as_the_table_says(string row)
    {
        var cell = Row.Of(row);
        var intent = Sample.Intent with
        {
            Side = Side.Sell, ReduceOnly = cell.Has("reduce"), ExpiresAt = cell.Has("expires") ? Sample.Start.AddSeconds((double)cell.Decimal("expires")) : null,
        };
        var verdict = IntentRules.Check(intent, Sample.Facts with { Now = Sample.Start.AddSeconds((double)cell.Decimal("age")) });
        Assert.Equal(cell["->"], verdict.Denial?.Reason.Text() ?? "accepted");
    }

    static (Intent, IntentFacts) Any(Random random)
    {
        decimal Value(int limit, int scale) => new decimal(random.Next(1, limit)) / (decimal)Math.Pow(10, scale);
        decimal Maybe(double chance, decimal value) => random.Chance(chance) ? value : 0;
        LotGrid Lots() => new(random.Pick(0m, 0.0001m, 0.001m, 0.004m, 0.006m, 0.01m, 0.25m), Maybe(0.5, Value(200, 3)), Maybe(0.5, Value(20_000, 3)));

        var tick = random.Pick(0m, 0.01m, 0.05m, 0.1m, 0.0001m);
        var market = random.Pick(Market.Spot, Market.Fut);
        var instrument = Sample.Instrument with
        {
            Market = market, IsTrading = !random.Chance(0.03), Prices = new PriceGrid(tick, Maybe(0.3, Value(500, 2)), Maybe(0.3, 50 + Value(5_000, 2))),
            Lots = Lots(), MarketLots = random.Chance(0.5) ? Lots() : LotGrid.None, MinNotional = Maybe(0.6, Value(100, 1)), MaxNotional = Maybe(0.4, Value(20_000, 1)),
            MinNotionalAppliesToMarket = random.Chance(0.5), MaxNotionalAppliesToMarket = random.Chance(0.5),
        };
        var type = random.Chance(0.1) ? random.Pick(OrderType.Stop, OrderType.TakeProfit) : random.Pick(OrderType.Market, OrderType.Limit, OrderType.Limit, OrderType.LimitMaker);
        var price = new PriceGrid(random.Chance(0.9) ? tick : 0).Snap(new(Value(1_000_000, 4)), Side.Buy);
        var intent = Sample.Intent with
        {
            Market = market, Side = random.Pick(Side.Buy, Side.Sell), Type = type, Qty = new(random.Chance(0.1) ? Value(300, 4) : Value(15_000, 3)),
            Price = type is OrderType.Market ^ random.Chance(0.04) ? null : price,
            TriggerPx = type is OrderType.Stop or OrderType.TakeProfit && !random.Chance(0.1) ? new PriceGrid(random.Chance(0.9) ? tick : 0).Snap(new(Value(1_000_000, 4)), Side.Buy) : null,
            TimeInForce = type is OrderType.Limit || random.Chance(0.04) ? random.Pick(TimeInForce.Gtc, TimeInForce.Ioc, TimeInForce.Fok) : null,
            ReduceOnly = random.Chance(type is OrderType.Stop or OrderType.TakeProfit ? 0.9 : 0.25), ExpiresAt = random.Chance(0.1) ? Sample.Start.AddSeconds(random.Next(-3, 30)) : null,
            PublishedAt = Sample.Start.AddSeconds(random.Chance(0.05) ? -random.Next(55, 66) : 0),
        };
        var facts = Sample.Facts with
        {
            InstrumentsKnown = !random.Chance(0.03), Instrument = random.Chance(0.03) ? null : instrument, Mid = random.Chance(0.2) ? null : Value(1_000_000, 4),
            AllowedSymbols = random.Chance(0.06) ? new HashSet<string> { random.Pick("BTCUSDT", "ETHUSDT") } : new HashSet<string>(),
            Reducible = random.Chance(0.5) ? null : Maybe(0.7, Value(15_000, 3)),
        };
        return (intent, facts);
    }
}
