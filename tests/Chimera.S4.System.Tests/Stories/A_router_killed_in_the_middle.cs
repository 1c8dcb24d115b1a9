using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_router_killed_in_the_middle(ITestOutputHelper output)
{
    [Fact]
    public Task Loses_and_repeats_nothing() => World.Service(world => new KillStory(world, output, seed: 20261123).Tell(overBus: true));
}

[Trait("Category", "Services")]
public sealed class An_embedded_router_killed_in_the_middle(ITestOutputHelper output)
{
    [Fact]
    public Task Loses_and_repeats_nothing() => World.Embedded(world => new KillStory(world, output, seed: 20261124).Tell(overBus: false));
}

/// <summary>kill -9 of the router, three times, while 200 intents arrive: market orders, marketable limits and limits that rest.</summary>
sealed class KillStory(World world, ITestOutputHelper output, int seed)
{
    const int Intents = 200, Kills = 3;

    // The patience of the exchange's fence: a placement in flight at a kill is proven absent after some 20 s, then sent.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task Tell(bool overBus)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var maker = new IntentMaker(await Instrument.ReadAll(world.Venue), seed);
        var intents = Enumerable.Range(0, Intents).Select(number => number % 4 == 0 ? maker.Resting($"kill-{number}") : maker.Marketable($"kill-{number}")).ToArray();
        // Each kill falls between the sending of two intents, and hits whatever the router is doing then.
        var moments = Enumerable.Range(1, Kills).Select(kill => kill * Intents / (Kills + 1) + random.Next(-20, 20)).ToHashSet();
        var callers = new Callers(world);
        var sending = new List<Task>();
        var watch = Stopwatch.StartNew();

        for (var number = 0; number < Intents; number++)
        {
            sending.Add(overBus && number % 2 == 0 ? callers.OverBus(intents[number], number % 4 == 0 ? Form.Raw : Form.Envelope) : callers.OverRest(intents[number], insists: number % 3 != 0));
            if (moments.Contains(number))
            {
                var atVenue = (await Ledger.Read(world.Venue)).Orders.Count;
                world.Router.Kill();
                output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: killed after {number + 1} intents were sent and {callers.Acknowledged.Count} acknowledged; {atVenue} orders at the exchange");
                await world.Router.Start();
            }
            else if (number % 8 == 7) await Task.WhenAny(sending[^8..]);      // a stream of intents rather than one burst
        }
        await Task.WhenAll(sending);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {callers.Acknowledged.Count} acknowledged, {callers.Unanswered.Count} not");

        await EndWhatRests();
        await world.AllWitnessesAgree(callers.Acknowledged, callers.Unanswered, Patience);
        var ledger = await Ledger.Read(world.Venue);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: all ended and told the same by all; {ledger.Orders.Count} orders and {ledger.Trades.Count} trades at the exchange");
        Assert.True(callers.Acknowledged.Count >= Intents / 2, "too few were acknowledged for the story to say anything");
        if (overBus) Assert.Empty(await world.FailedMessages());
    }

    /// <summary>Once nothing is in flight any more: half of what rests is canceled, the rest is filled by moving the market through it.</summary>
    async Task EndWhatRests()
    {
        await Until.Done("nothing is in flight", async () =>
        {
            var open = (await RestOrders.Read(world.Rest)).Where(order => !order.Final).Select(order => order.IntentId).ToHashSet();
            var resting = (await Ledger.Read(world.Venue)).Orders.Where(order => order.Status == "NEW").Select(order => order.ClientOrderId).ToHashSet();
            open.RemoveWhere(id => resting.Contains(ClientOrderIds.First(id)));
            return open.Count == 0 ? null : $"{open.Count} are open and do not rest: {string.Join(' ', open.Take(10))}";
        }, Patience);

        var live = (await RestOrders.Read(world.Rest)).Where(order => !order.Final).Select(order => order.IntentId).Order(StringComparer.Ordinal).ToArray();
        foreach (var id in live.Where((_, index) => index % 2 == 0))
        {
            var canceled = await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = id, ["reason"] = "REBALANCE" }, 30);
            Assert.True((canceled.Status, canceled.Text("status")) == (200, "CANCELED"), $"{id}: {canceled}");
        }
        foreach (var symbol in await Instrument.ReadAll(world.Venue))
            foreach (var share in new[] { 1.02m, 0.98m, 1m })
                await world.Venue.SetMarket(new JsonObject { ["venue"] = symbol.Market, ["symbol"] = symbol.Symbol, ["mid"] = Instrument.Text(symbol.OnTick(symbol.Mid * share, up: false)) });
    }

    /// <summary>Callers as they are: one kind insists until it has an answer, the other gives up.</summary>
    sealed class Callers(World world)
    {
        public ConcurrentBag<string> Acknowledged { get; } = [];
        public ConcurrentBag<string> Unanswered { get; } = [];

        public async Task OverBus(JsonObject intent, Form form)
        {
            await world.Bus.Publish(intent, form);
            Acknowledged.Add((string)intent["intent_id"]!);
        }

        public async Task OverRest(JsonObject intent, bool insists)
        {
            var id = (string)intent["intent_id"]!;
            var acknowledged = false;
            for (var watch = Stopwatch.StartNew(); !acknowledged && watch.Elapsed < TimeSpan.FromSeconds(60);)
            {
                acknowledged = await Once(intent);
                if (!insists) break;
                if (!acknowledged) await Until.True("somebody listens", async () => (await world.Rest.Get("/health/live")).Status == 200);
            }
            (acknowledged ? Acknowledged : Unanswered).Add(id);
        }

        async Task<bool> Once(JsonObject intent)
        {
            try
            {
                var answer = await world.Rest.Post("/orders", intent);
                Assert.True(answer.Status is 200 or 202 or 503, $"{intent["intent_id"]}: {answer}");
                return answer.Status is 200 or 202;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
