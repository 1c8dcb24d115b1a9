using System.Diagnostics;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>Service mode with the record in ArangoDB, for which the stand-in stands: killed, and then frozen, while intents come.</summary>
[Trait("Category", "Services")]
public sealed class A_record_in_ArangoDB(ITestOutputHelper output)
{
    const int Each = 100, Seed = 20261129;

    [Fact]
    public Task Is_complete_after_its_database_was_away_twice() => World.Recorded(async world =>
    {
        output.WriteLine($"seed {Seed}");
        var maker = new IntentMaker(await Instrument.ReadAll(world.Venue), Seed);
        var (all, watch) = (new List<string>(), Stopwatch.StartNew());

        await Publish("before");
        await Until.True("some of it is recorded", async () => (await world.Record()).Fills.Count > 20);
        world.Arango!.Kill();
        await WhileAway("killed");
        await world.Arango.Start();
        await Back("started again");

        await Publish("between");
        world.Arango.Pause();
        await WhileAway("frozen");
        world.Arango.Resume();
        await Back("thawed");

        await world.AllWitnessesAgree(all);
        Assert.Empty(await world.FailedMessages());
        var record = await world.Record();
        output.WriteLine($"{all.Count} intents ended and told the same by all after {watch.Elapsed.TotalSeconds:0.0} s: {record.Orders.Count} orders, {record.Fills.Count} fills, {record.Events.Count} events");

        // Orders do not wait for the record: all end, while health says what is wrong.
        async Task WhileAway(string how)
        {
            var since = watch.Elapsed;
            await Publish(how);
            await Until.Done("/health says DEGRADED", async () =>
            {
                var health = await world.Rest.Get("/health");
                return health.Status == 200 && health.Text("status") == "DEGRADED" && Arango(health) == "DEGRADED" ? null : health.ToString();
            });
            var told = watch.Elapsed - since;
            await Until.Done("all orders end", async () =>
            {
                var ended = (await RestOrders.Read(world.Rest)).Where(order => order.Final).Select(order => order.IntentId).ToHashSet();
                return all.FirstOrDefault(id => !ended.Contains(id)) is { } open ? $"{open} has not" : null;
            });
            output.WriteLine($"{how}: told after {told.TotalSeconds:0.0} s, all {all.Count} intents ended after {(watch.Elapsed - since).TotalSeconds:0.0} s");
        }

        async Task Back(string how)
        {
            var since = watch.Elapsed;
            await Until.Done("/health says OK", async () => await world.Rest.Get("/health") is var health && health.Text("status") == "OK" ? null : health.ToString());
            output.WriteLine($"{how}: OK after {(watch.Elapsed - since).TotalSeconds:0.0} s");
        }

        async Task Publish(string name)
        {
            string[] ids = [.. Enumerable.Range(0, Each).Select(number => $"{name}-{number}")];
            await Task.WhenAll(ids.Select((id, number) => world.Bus.Publish(maker.Marketable(id), number % 2 == 0 ? Form.Envelope : Form.Raw)));
            all.AddRange(ids);
        }
    });

    static string? Arango(Answer health) => health.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "arango").GetProperty("status").GetString();
}
