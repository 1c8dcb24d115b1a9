using System.Collections.Concurrent;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Simulator;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Chimera.S4.Simulator;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.Router.Tests.Venues.Limits;

/// <summary>Ten times what the venue allows, from one router: the simulator counts as Binance does, and bans who does not listen.</summary>
public sealed class An_overload(ITestOutputHelper output) : SimulatorTest
{
    /// <summary>A cancel is to be served within a second; a busy machine gets four times as long, and the figure itself is printed.</summary>
    static readonly TimeSpan CancelWithin = TimeSpan.FromSeconds(4);

    readonly ConcurrentDictionary<string, int> answers = new();

    protected override SimulatorOptions Options => new() { Urls = "http://127.0.0.1:0", Volatility = 0, TickInterval = TimeSpan.FromSeconds(1) };

    [Fact]
    public Task Of_ten_seconds_bans_nobody_and_holds_up_no_cancel() => Overload(TimeSpan.FromSeconds(10));

    [Fact, Trait("Category", "Long")]
    public Task Of_a_minute_bans_nobody_and_holds_up_no_cancel() => Overload(TimeSpan.FromSeconds(60));

    async Task Overload(TimeSpan time)
    {
        using var rig = new Rig(Simulator.Address, change: options => (options.Key, options.Secret, options.ReceiveWindow) = ("paper-api-key", "paper-api-secret", TimeSpan.FromSeconds(5)));
        await new AccountReads(rig.SpotApi, rig.Facts).Instruments(default);
        await rig.SpotApi.SyncClock(default);
        var resting = await Rest(rig.Spot, (int)time.TotalSeconds);
        using var over = new CancellationTokenSource(time);
        // 100 orders in 10 s are allowed, and a weight of 100 a second: tenfold is 100 orders and 250 looks a second.
        var load = Task.WhenAll(
            Storm(4, 100, index => rig.Spot.Place(rig.Spot.Sign(Order($"load{index}", TimeInForce.Ioc)), default), over.Token),
            Storm(8, 250, _ => rig.Spot.Query(new("BTCUSDT", "rest0"), default), over.Token));
        var slowest = TimeSpan.Zero;
        foreach (var id in resting)
        {
            await Task.Delay(800);
            var took = await Cancel(rig.Spot, id);
            slowest = took > slowest ? took : slowest;
        }
        await load;
        var told = string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key}: {answer.Value}"));
        Assert.True(answers.Keys.All(key => !key.Contains("429", StringComparison.Ordinal) && !key.Contains("418", StringComparison.Ordinal)), told);
        output.WriteLine($"{resting.Count} cancels, the slowest in {slowest.TotalMilliseconds:0} ms; answers by outcome and HTTP status: {told}");
        Assert.True(slowest < CancelWithin, $"slowest cancel {slowest.TotalMilliseconds} ms; {told}");
        // The load was real, and what the venue allows was used.
        Assert.True(answers.GetValueOrDefault("NotExecuted ") > 10 * answers.GetValueOrDefault("Known 200") / 9, told);
        Assert.True(answers["Known 200"] > 60 + 8 * time.TotalSeconds, told);
    }

    static PlaceEffect Order(string id, TimeInForce timeInForce) => new(1, Chimera.S4.Orders.Market.Spot, "BTCUSDT", id)
    {
        Side = Side.Buy, Type = OrderType.Limit, Qty = new(0.001m), Price = new(50_000m), TimeInForce = timeInForce,
    };

    static async Task<List<string>> Rest(IVenue venue, int count)
    {
        var ids = Enumerable.Range(0, count).Select(index => $"rest{index}").ToList();
        foreach (var id in ids)
            while (await venue.Place(venue.Sign(Order(id, TimeInForce.Gtc)), default) is { Outcome: not VenueOutcome.Known } answer)
                await Later(answer);
        return ids;
    }

    async Task Storm(int workers, int perSecond, Func<int, Task<VenueAnswer>> ask, CancellationToken over)
    {
        var (index, started) = (0, TimeProvider.System.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var mine = Interlocked.Increment(ref index);
                var answer = await ask(mine);
                answers.AddOrUpdate($"{answer.Outcome} {answer.HttpStatus}", 1, (_, known) => known + 1);
                var early = TimeSpan.FromSeconds((double)mine / perSecond) - TimeProvider.System.GetElapsedTime(started);
                if (early > TimeSpan.Zero) await Task.Delay(early, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        })));
    }

    static async Task<TimeSpan> Cancel(IVenue venue, string id)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await venue.Cancel(new CancelEffect(2, Chimera.S4.Orders.Market.Spot, "BTCUSDT", id) { CancelId = id + "c0" }, default);
            if (answer.Outcome is VenueOutcome.Known) return TimeProvider.System.GetElapsedTime(started);
            await Later(answer);
        }
    }

    /// <summary>The budget says when. An answer that says nothing of the kind is none that this load may bring about.</summary>
    static Task Later(VenueAnswer answer) => Task.Delay(answer.RetryAfter ?? throw new InvalidOperationException($"{answer.Outcome} {answer.HttpStatus} {answer.VenueText}"));
}
