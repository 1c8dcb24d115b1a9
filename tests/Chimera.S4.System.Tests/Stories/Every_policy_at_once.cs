using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Torture;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>Intents of every kind in service mode against a market that moves, while the exchange loses answers and events, answers late, disconnects and goes deaf: each comes to the end that its content asks for.</summary>
[Trait("Category", "Services")]
public sealed class Every_policy_at_once(ITestOutputHelper output)
{
    const int Seed = 20261122, AtOnce = 24;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public Task Comes_to_its_end_in_300_intents() => Tell(300);

    [Fact, Trait("Category", "Long")]
    public Task Comes_to_its_end_in_1000_intents() => Tell(1000);

    Task Tell(int intents) => World.Service(async world =>
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var instruments = await Instrument.ReadAll(world.Venue);
        foreach (var symbol in instruments.Where(one => one.Market == "FUT")) await world.Venue.HoldPosition(symbol, 300_000);
        foreach (var symbol in instruments) await world.Venue.SetMarket(new JsonObject { ["venue"] = symbol.Market, ["symbol"] = symbol.Symbol, ["volatility"] = 0.0002 });
        await Faults.Set(world.Venue, Rules);

        var mix = new Mix(new IntentMaker(instruments, Seed), random);
        var acknowledged = new ConcurrentBag<string>();
        using var over = new CancellationTokenSource();
        var disturbing = Disturb(world.Venue, over.Token);
        await Parallel.ForEachAsync(Enumerable.Range(0, intents).Select(number => (Given: mix.Next(number), Cancels: random.Next(2) == 0)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (drawn, _) =>
        {
            var ((intent, rests), id) = (drawn.Given, (string)drawn.Given.Intent["intent_id"]!);
            var answer = await world.Rest.Post("/orders", intent, 5);
            Assert.True(answer.Status is 200 or 202, $"{id}: {answer}");
            acknowledged.Add(id);
            if (rests && drawn.Cancels) await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = id, ["reason"] = "RISK_LIMIT" }, 1);
        });
        await over.CancelAsync();
        await disturbing;
        await world.Venue.ClearFaults();
        foreach (var symbol in instruments) await world.Venue.SetMarket(new JsonObject { ["venue"] = symbol.Market, ["symbol"] = symbol.Symbol, ["volatility"] = 0 });
        await Endings.EndWhatRests(world.Venue, world.Rest, Patience);
        await world.AllWitnessesAgree([.. acknowledged], within: Patience, inTurns: [.. acknowledged.Where(Mix.IsInTurns)]);

        await Until.Done("the record is complete", () => Task.FromResult<string?>(IsComplete(world.Router.DatabaseFile)), Patience);
        await world.AllWitnessesAgree([.. acknowledged], within: Patience, inTurns: [.. acknowledged.Where(Mix.IsInTurns)]);

        var ends = await RestOrders.Read(world.Rest);
        output.WriteLine(string.Join(", ", ends.GroupBy(end => (Kind: end.IntentId.Split('-')[0], end.Status, end.Code)).OrderBy(group => group.Key.ToString()).Select(group => $"{group.Count()} {group.Key.Kind} {group.Key.Status} {group.Key.Code}".TrimEnd())));
        var unexplained = ends.Where(end => end.Code == "NEEDS_REVIEW" || end.Status == "REJECTED" && end.Code is not ("WOULD_TAKE" or "WOULD_TRIGGER" or "FOK_NOT_FILLED" or "VENUE_TOO_MANY_ORDERS")).ToArray();
        Assert.True(unexplained.Length == 0, $"{unexplained.Length} of {ends.Count}: {string.Join(", ", unexplained.Take(10))}");
        Assert.Empty(await world.FailedMessages());
    });

    /// <summary>Nothing is null that must not be, every quantity is proven by fills, and of every fill it is told where the market went.</summary>
    static string? IsComplete(string database)
    {
        var gaps = Questions.Ask("completeness", database).Concat(Questions.Ask("unproven_quantity", database)).ToArray();
        if (gaps.Length > 0) return $"{gaps.Length} gaps: {string.Join("; ", gaps.Take(10))}";
        var journal = Journal.Read(database);
        var untold = journal.Fills.Where(fill => journal.Markouts.Count(markout => markout.FillKey == fill.Key) != 2).ToArray();
        return untold.Length == 0 ? null : $"{untold.Length} of {journal.Fills.Count} fills without markouts";
    }

    /// <summary>Per call, as the issue names them.</summary>
    static readonly JsonObject[] Rules =
    [
        Faults.Rule("accept-then-drop-response", 0.01), Faults.Rule("accept-then-503A", 0.01), Faults.Rule("-1007-after-execution", 0.01), Faults.Rule("drop-events", 0.01),
        Faults.Rule("latency", 0.02, ("ms", 200)),
    ];

    /// <summary>Now and then all streams are cut, and now and then they fall silent without a word.</summary>
    static async Task Disturb(VenueCaller venue, CancellationToken over)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(15));
        try
        {
            for (var cut = true; await beat.WaitForNextTickAsync(over); cut = !cut) await venue.SetFault(cut ? new JsonObject { ["kind"] = "disconnect-streams" } : new JsonObject { ["kind"] = "silent-stream", ["seconds"] = 12 });
        }
        catch (OperationCanceledException)
        {
        }
    }
}
