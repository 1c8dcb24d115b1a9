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

    [Theory, Trait("Category", "Long")]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public Task Loses_and_repeats_nothing_by_any_seed(int seed) => World.Service(world => new KillStory(world, output, seed, kills: 8, intents: 500).Tell(overBus: true));
}

[Trait("Category", "Services")]
public sealed class An_embedded_router_killed_in_the_middle(ITestOutputHelper output)
{
    [Fact]
    public Task Loses_and_repeats_nothing() => World.Embedded(world => new KillStory(world, output, seed: 20261124).Tell(overBus: false));

    [Theory, Trait("Category", "Long")]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public Task Loses_and_repeats_nothing_by_any_seed(int seed) => World.Embedded(world => new KillStory(world, output, seed, kills: 8, intents: 500).Tell(overBus: false));
}

/// <summary>kill -9 of the router, again and again, while intents arrive: market orders, marketable limits and limits that rest. The exchange is slow, and at times it breaks a connection.</summary>
sealed class KillStory(World world, ITestOutputHelper output, int seed, int intents = 200, int kills = 3)
{
    // An order that never reached the exchange is proven absent after some 20 s, and only then sent again; a kill starts that proof anew.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    const int AtOnce = 16;

    readonly Stopwatch watch = Stopwatch.StartNew();
    readonly ConcurrentBag<string> acknowledged = [], unanswered = [];
    readonly ConcurrentBag<Answer> finals = [];

    public async Task Tell(bool overBus)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var maker = new IntentMaker(await Instrument.ReadAll(world.Venue), seed);
        var all = Enumerable.Range(0, intents).Select(number => number % 4 == 1 ? maker.Resting($"kill-{number}") : maker.Marketable($"kill-{number}")).ToArray();
        // At about equal distances, told by how many orders the exchange has: so each falls into the middle of the work.
        var moments = Enumerable.Range(0, kills).Select(kill => (int)((kill + 0.3 + 0.4 * random.NextDouble()) * intents * 0.9 / kills)).ToArray();
        await MakeTheExchangeSlow();

        await Task.WhenAll(Send(all, overBus), Kill(moments));
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {acknowledged.Count} acknowledged, {unanswered.Count} not");
        await Endings.EndWhatRests(world.Venue, world.Rest, Patience);
        await world.AllWitnessesAgree(acknowledged, unanswered, Patience);

        var ended = (await RestOrders.Read(world.Rest)).ToDictionary(order => order.IntentId);
        foreach (var answer in finals)
        {
            var order = ended[answer.Text("intent_id")!];
            Assert.True((order.Status, order.FilledQty) == (answer.Text("status"), answer.Amount("filled_qty")), $"told as final: {answer}; in the end: {order}");
        }
        var ledger = await Ledger.Read(world.Venue);
        var ends = ended.Values.CountBy(order => order.Status).Select(end => $"{end.Value} {end.Key}");
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: all ended and told the same by all; {ledger.Orders.Count} orders and {ledger.Trades.Count} trades at the exchange; {string.Join(", ", ends)}");
        Assert.True(acknowledged.Count >= intents / 2, $"only {acknowledged.Count} were acknowledged: the story has lost its point");
        if (overBus) Assert.Empty(await world.FailedMessages());
    }

    /// <summary>So that a kill finds orders on their way in both directions; and four are lost on it, two of them executed.</summary>
    async Task MakeTheExchangeSlow()
    {
        foreach (var path in new[] { "/api/v3/order", "/fapi/v1/order" })
        {
            foreach (var when in new[] { "before", "after" })
                await world.Venue.SetFault(new JsonObject { ["kind"] = "latency", ["method"] = "POST", ["path"] = path, ["ms"] = 60, ["when"] = when, ["probability"] = 0.5 });
            foreach (var kind in new[] { "reset-connection", "accept-then-drop-response" })
                await world.Venue.SetFault(new JsonObject { ["kind"] = kind, ["method"] = "POST", ["path"] = path, ["count"] = 1, ["probability"] = 0.05 });
        }
    }

    /// <summary>A steady stream: so many are under way at once, and where nobody answers it stalls.</summary>
    async Task Send(JsonObject[] all, bool overBus)
    {
        using var slots = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(all.Select(async (intent, number) =>
        {
            await slots.WaitAsync();
            try
            {
                if (overBus && number % 2 == 0) await OverBus(intent, number % 4 == 0 ? Form.Raw : Form.Envelope);
                else await OverRest(intent, insists: number % 3 != 0);
            }
            finally
            {
                slots.Release();
            }
        }).ToArray());
    }

    async Task Kill(int[] moments)
    {
        foreach (var moment in moments)
        {
            var orders = 0;
            await Until.True($"the exchange has {moment} orders", async () => (orders = (await Ledger.Read(world.Venue)).Orders.Count) >= moment, Patience);
            world.Router.Kill();
            output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: killed at {acknowledged.Count} acknowledged, {orders} at the exchange");
            await world.Router.Start();
        }
    }

    async Task OverBus(JsonObject intent, Form form)
    {
        await world.Bus.Publish(intent, form);
        acknowledged.Add((string)intent["intent_id"]!);
    }

    /// <summary>Callers as they are: one insists until it has an answer, another gives up.</summary>
    async Task OverRest(JsonObject intent, bool insists)
    {
        var answered = await Ask(intent);
        if (insists && !answered) await Until.True($"{intent["intent_id"]} is answered", async () => answered = await Ask(intent), Patience);
        (answered ? acknowledged : unanswered).Add((string)intent["intent_id"]!);
    }

    async Task<bool> Ask(JsonObject intent)
    {
        try
        {
            var answer = await world.Rest.Post("/orders", intent);
            Assert.True(answer.Status is 200 or 202 or 503, $"{intent["intent_id"]}: {answer}");
            if (answer.Status == 200) finals.Add(answer);
            return answer.Status is 200 or 202;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
