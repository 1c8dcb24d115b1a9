using System.Diagnostics;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Faults;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Spot;
using Chimera.S4.Simulator;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class The_rate_limits : SimulatorTest
{
    protected override SimulatorOptions Options => base.Options with { RefusalsBeforeBan = 2, Time = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) };

    [Fact]
    public async Task Count_weight_and_refuse_then_ban_who_goes_on()
    {
        var first = await Client.Public("/api/v3/exchangeInfo");
        Assert.Equal("20", first.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single());
        Answer answer;
        do answer = await Client.Public("/api/v3/depth?symbol=BTCUSDT&limit=5000");
        while (answer.Status == 200);
        Assert.Equal((429, -1003), (answer.Status, answer.Code));
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        do answer = await Client.Public("/api/v3/depth?symbol=BTCUSDT&limit=5000");
        while (answer.Status == 429);
        Assert.Equal((418, TimeSpan.FromMinutes(2)), (answer.Status, answer.Headers.RetryAfter!.Delta!.Value));
    }

    [Fact]
    public async Task Count_orders_and_give_some_back_for_fills()
    {
        Assert.Equal("1", (await SpotLimit("BUY", "80000", "0.001")).Headers.GetValues("X-MBX-ORDER-COUNT-10S").Single());
        Assert.Equal("2", (await SpotLimit("BUY", "80000", "0.001")).Headers.GetValues("X-MBX-ORDER-COUNT-1D").Single());
        Assert.Equal("2", (await Spot("side=BUY&type=MARKET&quantity=0.001")).Headers.GetValues("X-MBX-ORDER-COUNT-10S").Single());
        Assert.Equal(2, (await Client.Signed("GET", "/api/v3/rateLimit/order")).Json[0].GetProperty("count").GetInt32());
        Answer answer;
        do answer = await SpotLimit("BUY", "80000", "0.001");
        while (answer.Status == 200);
        Assert.Equal((429, -1015), (answer.Status, answer.Code));
        Assert.Equal(100, (await Ledger()).GetProperty("orders").EnumerateArray().Count(o => o.GetProperty("status").GetString() == "NEW"));
        Assert.Equal("1", (await FuturesMarket("BUY", "1")).Headers.GetValues("X-MBX-ORDER-COUNT-1M").Single());
    }

    [Fact]
    public async Task Charge_a_spot_order_only_if_it_is_refused()
    {
        Assert.Equal("0", (await SpotLimit("BUY", "80000", "0.001")).Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single());
        Assert.Equal("1", (await SpotLimit("BUY", "1", "0.001")).Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single());
    }
}

public class The_number_of_open_orders : SimulatorTest
{
    protected override SimulatorOptions Options => base.Options with
    {
        SpotInstruments = [.. base.Options.SpotInstruments.Select(i => i with { MaxNumOrders = 2 })],
        FuturesInstruments = [.. base.Options.FuturesInstruments.Select(i => i with { MaxNumOrders = 2 })],
    };

    [Fact]
    public async Task Is_limited_on_both_venues()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(200, (await SpotLimit("BUY", "80000", "1")).Status);
            Assert.Equal(200, (await FuturesLimit("BUY", "88000", "1")).Status);
        }
        Assert.Equal("Filter failure: MAX_NUM_ORDERS", (await SpotLimit("BUY", "80000", "1")).Message);
        Assert.Equal(-2025, (await FuturesLimit("BUY", "88000", "1")).Code);
    }
}

public class The_exchange_information : SimulatorTest
{
    [Fact]
    public async Task Of_spot_names_limits_and_filters()
    {
        var info = (await Client.Public("/api/v3/exchangeInfo?symbols=%5B%22BTCUSDT%22,%22DOGEUSDT%22%5D")).Json;
        Assert.Equal(["BTCUSDT", "DOGEUSDT"], info.GetProperty("symbols").EnumerateArray().Select(s => s.GetProperty("symbol").GetString()));
        Assert.Equal(6000, info.GetProperty("rateLimits")[0].GetProperty("limit").GetInt32());
        var filters = info.GetProperty("symbols")[0].GetProperty("filters").EnumerateArray().ToDictionary(f => f.GetProperty("filterType").GetString()!);
        Assert.Equal("0.01000000", filters["PRICE_FILTER"].GetProperty("tickSize").GetString());
        Assert.Equal("0.00001000", filters["LOT_SIZE"].GetProperty("stepSize").GetString());
        Assert.Equal("5.00000000", filters["NOTIONAL"].GetProperty("minNotional").GetString());
        Assert.Equal(200, filters["MAX_NUM_ORDERS"].GetProperty("maxNumOrders").GetInt32());
        Assert.Equal(-1121, (await Client.Public("/api/v3/exchangeInfo?symbol=NOPE")).Code);
    }

    [Fact]
    public async Task Of_futures_uses_its_own_keys()
    {
        var symbol = (await Client.Public("/fapi/v1/exchangeInfo")).Json.GetProperty("symbols")[0];
        var filters = symbol.GetProperty("filters").EnumerateArray().ToDictionary(f => f.GetProperty("filterType").GetString()!);
        Assert.Equal("0.10", filters["PRICE_FILTER"].GetProperty("tickSize").GetString());
        Assert.Equal("50", filters["MIN_NOTIONAL"].GetProperty("notional").GetString());
        Assert.Equal(200, filters["MAX_NUM_ORDERS"].GetProperty("limit").GetInt32());
        Assert.Equal("1.0500", filters["PERCENT_PRICE"].GetProperty("multiplierUp").GetString());
        Assert.Contains("STOP_MARKET", symbol.GetProperty("orderTypes").EnumerateArray().Select(t => t.GetString()));
    }

    [Fact]
    public async Task Comes_with_prices()
    {
        Assert.Equal("90001.00000000", (await Client.Public("/api/v3/ticker/bookTicker?symbol=BTCUSDT"))["askPrice"]);
        Assert.Equal("89999.0", (await Client.Public("/fapi/v1/ticker/bookTicker?symbol=BTCUSDT"))["bidPrice"]);
        Assert.Equal("90000.00000000", (await Client.Public("/fapi/v1/premiumIndex?symbol=BTCUSDT"))["markPrice"]);
        Assert.Equal(3, (await Client.Public("/api/v3/ticker/bookTicker")).Json.GetArrayLength());
    }
}

public class The_admin_surface : SimulatorTest
{
    [Fact]
    public async Task Shows_every_order_trade_and_refusal()
    {
        await Spot("side=BUY&type=MARKET&quantity=1&newClientOrderId=s-1");
        await FuturesLimit("SELL", "91000", "2", "timeInForce=GTC&newClientOrderId=f-1");
        await Spot("side=BUY&type=MARKET&quantity=0.00005");
        var ledger = await Ledger();
        Assert.Equal(["SPOT s-1 FILLED 1", "FUT f-1 NEW 0"], ledger.GetProperty("orders").EnumerateArray().Select(o =>
            $"{o.GetProperty("venue").GetString()} {o.GetProperty("clientOrderId").GetString()} {o.GetProperty("status").GetString()} {o.GetProperty("executedQty").GetString()}"));
        var trade = ledger.GetProperty("trades").EnumerateArray().Single();
        Assert.Equal(("s-1", "90001", false), (trade.GetProperty("clientOrderId").GetString(), trade.GetProperty("price").GetString(), trade.GetProperty("maker").GetBoolean()));
        var reject = ledger.GetProperty("rejects").EnumerateArray().Single();
        Assert.Equal(("SPOT", "/api/v3/order", -1013), (reject.GetProperty("venue").GetString(), reject.GetProperty("path").GetString(), reject.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task Starts_over_on_request()
    {
        var before = await Balance("BTC");
        await Spot("side=BUY&type=MARKET&quantity=1");
        await SpotLimit("BUY", "80000", "1");
        await FuturesMarket("BUY", "1");
        await Client.Admin("POST", "/sim/reset");
        Assert.Equal(before, await Balance("BTC"));
        Assert.Equal(0m, (await Balance("USDT")).Locked);
        Assert.Equal(0m, await Position());
        Assert.Equal(0, (await Ledger()).GetProperty("orders").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"symbol":"NOPE"}""", "symbol: 'NOPE'")]
    [InlineData("""{"symbol":"BTCUSDT","mid":"-5"}""", "mid: '-5' is not a number from")]
    [InlineData("""{"symbol":"BTCUSDT","trade":{"side":"UP","qty":"1"}}""", "trade.side: 'UP' is not BUY or SELL")]
    public async Task Refuses_nonsense_by_name(string change, string text)
    {
        var refused = await Client.Raw("PUT", "/sim/market", change, contentType: "application/json");
        Assert.Equal(400, refused.Status);
        Assert.Contains(text, refused.Json.GetProperty("error").GetString());
    }
}

public class The_engine
{
    [Fact]
    public void Does_the_same_for_the_same_seed_inputs_and_clock() => Assert.Equal(Run(seed: 7), Run(seed: 7));

    [Fact]
    public void Does_something_else_for_another_seed() => Assert.NotEqual(Run(seed: 7), Run(seed: 8));

    [Fact]
    public void Never_creates_or_loses_money()
    {
        var options = new SimulatorOptions { Seed = 3, Volatility = 0.001, SpotCommissionRate = 0 };
        var exchange = Exchange(options);
        Play(exchange, new Random(3), 3000);
        foreach (var asset in (string[])["BTC", "ETH", "DOGE"])
        {
            var traded = exchange.Index.Trades.Where(t => t.Symbol == asset + "USDT").Sum(t => t.Side is Side.Buy ? t.Qty : -t.Qty);
            Assert.Equal(options.SpotBalances[asset] + traded, exchange.Account.Of(asset).Free + exchange.Account.Of(asset).Locked);
        }
        var quote = exchange.Index.Trades.Sum(t => t.Side is Side.Buy ? -t.QuoteQty : t.QuoteQty);
        Assert.Equal(options.SpotBalances["USDT"] + quote, exchange.Account.Of("USDT").Free + exchange.Account.Of("USDT").Locked);
        Assert.Equal(exchange.Index.All.Where(o => o.IsOpen && o.IsBuy).Sum(o => o.Price * o.LeavesQty), exchange.Account.Of("USDT").Locked);
        Assert.All(exchange.Index.All, o => Assert.Equal(o.ExecutedQty, exchange.Index.TradesOf(o.Symbol).Where(t => t.OrderId == o.OrderId).Sum(t => t.Qty)));
    }

    [Fact]
    public void Takes_thousands_of_orders_a_second()
    {
        var exchange = Exchange(new SimulatorOptions());
        Play(exchange, new Random(1), 200);
        var clock = Stopwatch.StartNew();
        Play(exchange, new Random(2), 2000);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"2,000 orders took {clock.Elapsed}");
    }

    private static string Run(int seed)
    {
        var exchange = Exchange(new SimulatorOptions { Seed = seed, Volatility = 0.001 });
        Play(exchange, new Random(1), 300);
        return string.Join('\n', exchange.Index.All.Select(o => $"{o.OrderId} {o.ClientOrderId} {o.Status} {o.ExecutedQty} {o.CumQuote}"))
            + string.Join('\n', exchange.Index.Trades.Select(t => $"{t.TradeId} {t.OrderId} {t.Price} {t.Qty} {t.Maker}"));
    }

    private static SpotExchange Exchange(SimulatorOptions options)
    {
        var exchange = new SpotExchange(options, new VenueClock(new FakeTimeProvider()), journal: null, new SpotUserStream(new FaultBook(options.Seed), TimeProvider.System));
        exchange.Open();
        return exchange;
    }

    private static void Play(SpotExchange exchange, Random random, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            if (i % 5 == 0) exchange.Tick(TimeSpan.FromMilliseconds(100), false, _ => { });
            var side = random.Next(2) == 0 ? "BUY" : "SELL";
            var price = Math.Round(90000m + (random.Next(200) - 100), 2);
            var order = random.Next(3) == 0
                ? $"symbol=ETHUSDT&side={side}&type=MARKET&quantity=0.05"
                : $"symbol=BTCUSDT&side={side}&type=LIMIT&timeInForce=GTC&price={price}&quantity=0.0{random.Next(1, 9)}";
            exchange.Execute(Fence.Open, () => exchange.Place(SpotPlacement.Read(new Parameters(order, ""), exchange), new Call(new Parameters("", ""))));
            if (exchange.Market("BTCUSDT").OpenOrders.Count() < 100) continue;
            exchange.Execute(Fence.Open, () =>
            {
                exchange.Cancel(exchange.Market("BTCUSDT").OpenOrders.MinBy(o => o.OrderId)!, null);
                return true;
            });
        }
    }
}
