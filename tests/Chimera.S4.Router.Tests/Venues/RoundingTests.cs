using System.Collections.Concurrent;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Chimera.S4.Simulator;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Random orders through S4's rules to the simulator: the venue has nothing left to refuse, and S4 refuses nothing that the venue would take. Shown by 2.</summary>
public sealed class Rounding(ITestOutputHelper output)
{
    sealed record Case(int Index, Market Market, string Symbol, Side Side, OrderType Type, decimal? Price, decimal Qty);

    [Theory]
    [InlineData(4, 10_000)]
    public Task Leaves_the_venue_nothing_to_refuse(int seed, int count) => Run(seed, count);

    [Theory, Trait("Category", "Long")]
    [InlineData(5, 100_000)]
    public Task Leaves_the_venue_nothing_to_refuse_in_many(int seed, int count) => Run(seed, count);

    async Task Run(int seed, int count)
    {
        await using var simulator = await SimulatorHost.StartAsync(new()
        {
            Urls = "http://127.0.0.1:0", Volatility = 0, TickInterval = TimeSpan.FromHours(1), LimitsMultiplier = 1_000_000, FuturesWallet = 1e15m,
            SpotBalances = new Dictionary<string, decimal> { ["USDT"] = 1e15m, ["BTC"] = 1e12m, ["ETH"] = 1e12m, ["DOGE"] = 1e15m },
        });
        using var rig = new Rig(simulator.Address, change: options => (options.Key, options.Secret, options.ReceiveWindow) = ("paper-api-key", "paper-api-secret", TimeSpan.FromSeconds(60)));
        foreach (var api in new[] { rig.SpotApi, rig.FuturesApi })
        {
            await new AccountReads(api, rig.Facts).Instruments(default);
            await api.SyncClock(default);
        }
        var random = new Random(seed);
        var cases = Enumerable.Range(0, count).Select(index => Draw(random, index, rig)).ToList();
        var (sent, wrong) = (0, new ConcurrentQueue<string>());
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (drawn, cancel) =>
        {
            var instrument = rig.Facts.Instrument(drawn.Market, drawn.Symbol)!;
            var verdict = IntentRules.Check(Intent(drawn), Facts(instrument));
            var oracle = Oracle(drawn, instrument);
            if ((verdict.Denial is null ? verdict.Qty.Value : (decimal?)null) != oracle) wrong.Enqueue($"{drawn}: S4 says {verdict.Denial?.Message ?? verdict.Qty.ToString()}, the oracle {oracle?.ToString() ?? "no"}");
            if (verdict.Denial is not null) return;
            Interlocked.Increment(ref sent);
            if (verdict.Qty.Value > drawn.Qty) wrong.Enqueue($"{drawn}: {verdict.Qty} is more than asked");
            if (await Refusal(rig, drawn, verdict.Qty, cancel) is { } refusal) wrong.Enqueue($"{drawn} as {verdict.Qty}: {refusal}");
        });
        output.WriteLine($"seed {seed}: {sent} of {count} sent ({(double)sent / count:P1}), {wrong.Count} wrong");
        Assert.True(wrong.IsEmpty, $"seed {seed}: {wrong.Count} of {count} wrong, such as {string.Join(Environment.NewLine, wrong.Take(5))}");
        Assert.True(sent >= count / 2, $"seed {seed}: only {sent} of {count} were sent");
    }

    /// <summary>Around every bound of the symbol: half of the draws lie on the grids, and off-grid ones are off by little.</summary>
    static Case Draw(Random random, int index, Rig rig)
    {
        var (market, symbol) = (random.Next(2) == 0 ? Market.Spot : Market.Fut, new[] { "BTCUSDT", "ETHUSDT", "DOGEUSDT" }[random.Next(3)]);
        var instrument = rig.Facts.Instrument(market, symbol)!;
        var (side, reference) = (random.Next(2) == 0 ? Side.Buy : Side.Sell, Reference(symbol));
        var isMarket = random.Next(4) == 0;
        decimal? price = isMarket ? null : random.Next(20) switch
        {
            0 => instrument.Prices.TickSize * random.Next(0, 3),
            1 => instrument.Prices.MaxPrice + instrument.Prices.TickSize * random.Next(-1, 2),
            2 => Grid(reference * (decimal)(random.NextDouble() * 6), instrument.Prices.TickSize),
            3 => Grid(reference * (decimal)(0.9 + random.NextDouble() * 0.2), instrument.Prices.TickSize) + instrument.Prices.TickSize / 3,
            4 => Grid(reference * (random.Next(2) == 0 ? 0.95m : 1.05m), instrument.Prices.TickSize) + instrument.Prices.TickSize * random.Next(-1, 2),
            _ => Grid(reference * (decimal)(0.97 + random.NextDouble() * 0.06), instrument.Prices.TickSize),
        };
        var least = Math.Max(instrument.Lots.MinQty, instrument.MinNotional / (price is > 0 ? price.Value : reference));
        var qty = random.Next(12) switch
        {
            0 => least * (decimal)random.NextDouble(),
            1 => Grid(least, instrument.Lots.StepSize) + instrument.Lots.StepSize * random.Next(-1, 3),
            2 => (isMarket ? instrument.MarketLots.MaxQty : instrument.Lots.MaxQty) + instrument.Lots.StepSize * random.Next(-1, 2),
            3 => instrument.Lots.StepSize * (decimal)random.NextDouble(),
            _ => least * (decimal)Math.Pow(10, random.NextDouble() * 2) + (random.Next(2) == 0 ? 0 : instrument.Lots.StepSize / 7),
        };
        return new(index, market, symbol, side, isMarket ? OrderType.Market : OrderType.Limit, price is { } drawn ? Math.Max(drawn, instrument.Prices.TickSize) : null, decimal.Round(Math.Max(qty, 1e-12m), 12));
    }

    static decimal Grid(decimal value, decimal step) => value - value % step;

    static decimal Reference(string symbol) => symbol switch { "BTCUSDT" => 90_000m, "ETHUSDT" => 3_000m, _ => 0.15m };

    static Intent Intent(Case drawn) => new()
    {
        IntentId = $"i{drawn.Index}", Market = drawn.Market, Symbol = drawn.Symbol, Side = drawn.Side, Qty = new(drawn.Qty), Type = drawn.Type, ContentHash = "",
        Price = drawn.Price is { } price ? new(price) : null, PublishedAt = default, ReceivedAt = default,
    };

    static IntentFacts Facts(Instrument instrument) =>
        new() { Now = default, InstrumentsKnown = true, Instrument = instrument, Mid = Reference(instrument.Symbol), Reference = Reference(instrument.Symbol) };

    /// <summary>The largest legal quantity not above the one asked, written from the venue's documents alone and found by counting steps; null: none.</summary>
    static decimal? Oracle(Case drawn, Instrument rules)
    {
        var reference = Reference(drawn.Symbol);
        if (drawn.Price is { } price)
        {
            if (price / rules.Prices.TickSize != decimal.Truncate(price / rules.Prices.TickSize) || price < rules.Prices.MinPrice || price > rules.Prices.MaxPrice) return null;
            // Spot bounds both ways; futures a buy from above, a sell from below.
            var (low, high) = drawn.Market is Market.Spot
                ? (reference * 0.2m, reference * 5)
                : (drawn.Side is Side.Sell ? reference * (drawn.Symbol is "DOGEUSDT" ? 0.9m : 0.95m) : 0, drawn.Side is Side.Buy ? reference * (drawn.Symbol is "DOGEUSDT" ? 1.1m : 1.05m) : decimal.MaxValue);
            if (price < low || price > high) return null;
        }
        var steps = decimal.Truncate(drawn.Qty / rules.Lots.StepSize);
        // Division may round in its last digit: one step up or down settles it.
        for (var near = steps + 1; near >= Math.Max(steps - 1, 1); near--)
        {
            var qty = near * rules.Lots.StepSize;
            if (qty > drawn.Qty) continue;
            var most = drawn.Type is OrderType.Market ? Math.Min(rules.Lots.MaxQty, rules.MarketLots.MaxQty) : rules.Lots.MaxQty;
            var notional = qty * (drawn.Price ?? reference);
            var tooDear = drawn.Market is Market.Spot && drawn.Type is OrderType.Limit && notional > 9_000_000m;
            return qty < rules.Lots.MinQty || qty > most || notional < rules.MinNotional || tooDear ? null : qty;
        }
        return null;
    }

    /// <summary>Sent to the venue's own check of a placement (<c>/order/test</c>), in the text that the placement itself would have.</summary>
    static async Task<string?> Refusal(Rig rig, Case drawn, Quantity qty, CancellationToken cancel)
    {
        var place = new PlaceEffect(1, drawn.Market, drawn.Symbol, $"i{drawn.Index}")
        {
            Side = drawn.Side, Type = drawn.Type, Qty = qty, Price = drawn.Price is { } price ? new(price) : null, TimeInForce = drawn.Type is OrderType.Limit ? TimeInForce.Gtc : null,
        };
        var (venue, path) = drawn.Market is Market.Spot ? (rig.Spot, "/api/v3/order/test") : (rig.Futures, "/fapi/v1/order/test");
        var reply = await rig.Http.Send(HttpMethod.Post, rig.SpotApi.Options.RestUrl(drawn.Market) + path, venue.Sign(place).Text, withKey: true, cancel);
        return reply.IsSuccess ? null : $"{reply.Status} {reply.Body}";
    }
}
