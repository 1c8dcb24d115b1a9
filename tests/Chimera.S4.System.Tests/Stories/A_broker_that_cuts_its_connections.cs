using System.Diagnostics;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>The router lives on, and its connections do not: what was on its way in either direction comes again, some of it to a process that has it in hand still.</summary>
[Trait("Category", "Services")]
public sealed class A_broker_that_cuts_its_connections(ITestOutputHelper output)
{
    const int Rounds = 8, EachRound = 40, Seed = 20261129;

    [Fact]
    public Task Loses_and_repeats_nothing() => World.Service(async world =>
    {
        output.WriteLine($"seed {Seed}");
        var maker = new IntentMaker(await Instrument.ReadAll(world.Venue), Seed);
        var all = Enumerable.Range(0, Rounds * EachRound).Select(number => maker.Marketable($"cut-{number}")).ToArray();
        var watch = Stopwatch.StartNew();
        var cuts = 0;
        foreach (var some in all.Chunk(EachRound))
        {
            var publishing = Task.WhenAll(some.Select((intent, number) => world.Bus.Publish(intent, number % 2 == 0 ? Form.Envelope : Form.Raw)));
            // While they are worked on.
            var cut = 0;
            await Until.True("a connection is cut", async () => (cut = await world.CutConnections()) > 0);
            cuts += cut;
            await publishing;
            // It has seen its queues consumed again: a router whose queues are without a consumer at every look for half a minute ends, so that a new one consumes.
            await world.Router.Ready();
        }
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {cuts} connections were cut");
        await world.AllWitnessesAgree([.. all.Select(intent => (string)intent["intent_id"]!)]);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: all ended and are told the same by all");
        Assert.Empty(await world.FailedMessages());
    });
}
