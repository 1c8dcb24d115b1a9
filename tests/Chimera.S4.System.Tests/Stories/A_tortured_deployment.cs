using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Torture;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_tortured_deployment(ITestOutputHelper output)
{
    const int Seed = 20261125;

    [Fact]
    public Task Loses_and_repeats_nothing() =>
        Deployment.Run(deployment => new TortureStory(deployment, output, Seed, Strikes.ShortPlan(new Random(Seed)), intents: 600, atLeastPerPhase: 1, largestBurst: 5).Tell());

    [Fact, Trait("Category", "Long")]
    public Task Loses_and_repeats_nothing_in_200_kills_and_5000_intents() =>
        Deployment.Run(deployment => new TortureStory(deployment, output, Seed + 1, Strikes.Plan(new Random(Seed + 1), routers: 15, others: 8), intents: 5000, atLeastPerPhase: 10, largestBurst: 3).Tell());
}

/// <summary>Mixed intents arrive without end over the bus, the exchange misbehaves, and somebody kills: routers, Redis, RabbitMQ, the exchange, each in a known phase of an order's way.</summary>
sealed class TortureStory(Deployment deployment, ITestOutputHelper output, int seed, IReadOnlyList<Strike> plan, int intents, int atLeastPerPhase, int largestBurst)
{
    // Absence is proven after some 20 s, and each outage begins that proof anew.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5), Beat = TimeSpan.FromMilliseconds(250);

    readonly Stopwatch watch = Stopwatch.StartNew();
    readonly Random random = new(seed);
    readonly ConcurrentBag<string> acknowledged = [];

    public async Task Tell()
    {
        Say($"seed {seed}, {plan.Count} strikes");
        foreach (var symbol in (await Instrument.ReadAll(deployment.Venue)).Where(one => one.Market == "FUT")) await deployment.Venue.HoldPosition(symbol, 500_000);
        await Faults.Set(deployment.Venue);
        var killer = new Killer(deployment, new Random(seed), Say);
        await Publish(killer.Carry(plan));
        Say($"{acknowledged.Count} acknowledged, the last strike has been dealt");

        await deployment.Venue.ClearFaults();
        await Endings.EndWhatRests(deployment.Venue, deployment.Rest[0], Patience);
        output.WriteLine(Table(killer.Hits));
        await deployment.AllWitnessesAgree(acknowledged, Patience);

        var ledger = await Ledger.Read(deployment.Venue);
        var ends = (await RestOrders.Read(deployment.Rest[1])).CountBy(order => $"{order.Status} {(order.Status == "REJECTED" ? order.Code : null)}".Trim()).OrderByDescending(end => end.Value).Select(end => $"{end.Value} {end.Key}");
        Say($"0 violations: all {acknowledged.Count} ended and told the same by all, {ledger.Orders.Count(Witnesses.Ours)} orders and {ledger.Trades.Count} trades at the exchange: {string.Join(", ", ends)}; {killer.EndedByThemselves} routers ended by themselves");
        foreach (var phase in Phase.All)
        {
            var struck = killer.Hits.Where(hit => hit.Key.Phase == phase).Sum(hit => hit.Value);
            Assert.True(struck >= atLeastPerPhase, $"{phase} was struck {struck} times");
        }
        Assert.True(acknowledged.Count >= intents, $"only {acknowledged.Count} intents");
    }

    /// <summary>Without end, in small bursts, until the killer is done and there have been enough. Most of what may rest is canceled a moment later.</summary>
    async Task Publish(Task killing)
    {
        var mix = new Mix(new IntentMaker(await Instrument.ReadAll(deployment.Venue), seed), random);
        var callers = new List<Task>();
        using var beat = new PeriodicTimer(Beat);
        for (var number = 0; !killing.IsCompleted || number < intents;)
        {
            for (var burst = random.Next(largestBurst + 1); burst > 0; burst--, number++) callers.Add(Call(mix.Next(number), random.Next(4) > 0, Form(number), random.Next(2000)));
            await beat.WaitForNextTickAsync();
            if (killing.IsFaulted) await killing;
        }
        await killing;
        await Task.WhenAll(callers);

        static Form Form(int number) => number % 2 == 0 ? Callers.Form.Raw : Callers.Form.Envelope;
    }

    async Task Call((JsonObject Intent, bool Rests) given, bool cancels, Form form, int afterMs)
    {
        var id = (string)given.Intent["intent_id"]!;
        await deployment.Bus.Publish(given.Intent, form);
        acknowledged.Add(id);
        if (!given.Rests || !cancels) return;
        await Task.Delay(afterMs);
        await deployment.Bus.Cancel(new JsonObject { ["intent_id"] = id, ["reason"] = "RISK_LIMIT" }, form);
    }

    static string Table(Dictionary<Strike, int> hits)
    {
        var victims = Enum.GetValues<Victim>();
        var rows = Phase.All.Select(phase => $"| {phase} | {string.Join(" | ", victims.Select(victim => hits.GetValueOrDefault(new Strike(victim, phase))))} | {hits.Where(hit => hit.Key.Phase == phase).Sum(hit => hit.Value)} |");
        return $"| struck | {string.Join(" | ", victims)} | all |\n|{string.Concat(Enumerable.Repeat("---|", victims.Length + 2))}\n{string.Join('\n', rows)}\n{hits.Values.Sum()} strikes";
    }

    void Say(string what) => output.WriteLine($"{watch.Elapsed.TotalSeconds,6:0.0} s  {what}");
}
