using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Two replicas, everything that may go wrong, one thread and virtual time. <c>S4_SIM_SEED=123</c> replays one seed and prints its story.</summary>
public class A_simulated_deployment(ITestOutputHelper output)
{
    /// <summary>What a thousand stories hold at least: a model that never tempts proves nothing.</summary>
    static readonly IReadOnlyDictionary<string, int> Temptations = new Dictionary<string, int>
    {
        ["crash"] = 300, ["sleep"] = 500, ["late request refused"] = 20, ["answer unknown"] = 200, ["epoch advanced"] = 100, ["absence proven"] = 20, ["found by looking"] = 100,
        ["conflict"] = 200, ["redelivery"] = 200, ["stream lost"] = 200, ["cancel too late"] = 50, ["timer"] = 100, ["replay of an ended intent"] = 50, ["outlived the journal"] = 5, ["failure to verify"] = 50, ["not sent again"] = 1, ["not sent"] = 20, ["needs review"] = 2, ["orphan Canceled"] = 50, ["clock jump"] = 300, ["triggered"] = 60,
        ["exits not activated"] = 3, ["refused WouldTrigger"] = 30, ["refused WouldTake"] = 60, ["refused VenueRejected"] = 20, ["held with its stop"] = 20, ["protected as large as it is"] = 3, ["kind: twap"] = 100, ["kind: protected"] = 100,
        ["kind: oco"] = 100, ["kind: oco at limit"] = 100, ["kind: oco held"] = 40, ["kind: guard"] = 100, ["kind: stop"] = 40, ["kind: take-profit"] = 40,
        ["kind: repriced"] = 50, ["kind: moved on Spot"] = 10, ["kind: moved on Fut"] = 10, ["replaced had filled"] = 5, ["replaced and at rest"] = 10, ["followed what had locked it out"] = 5, ["closed by hand"] = 50, ["flat and at rest"] = 5,
    };

    [Fact]
    public void Lets_every_intent_take_effect_once_and_reports_the_truth()
    {
        if (Environment.GetEnvironmentVariable("S4_SIM_SEED") is { } seed)
        {
            Assert.Null(new World(int.Parse(seed, CultureInfo.InvariantCulture), Ports.Sound, output.WriteLine).Run());
            return;
        }
        var watch = Stopwatch.StartNew();
        var (seeds, happened) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        for (; seeds < 500 || watch.Elapsed < TimeSpan.FromSeconds(8); seeds++)
        {
            foreach (var (what, times) in Hold(seeds)) happened[what] = happened.GetValueOrDefault(what) + times;
        }
        output.WriteLine($"{seeds} seeds, {seeds / watch.Elapsed.TotalSeconds:0} a second; {string.Join(", ", happened.Select(one => $"{one.Key} {one.Value}"))}");
        Assert.All(Temptations, least => Assert.True(happened.GetValueOrDefault(least.Key) * 1_000L >= least.Value * (long)seeds, $"{least.Key}: only {happened.GetValueOrDefault(least.Key)} in {seeds} stories"));
    }

    /// <summary>The long figure. <c>S4_SIM_SEEDS=0-99999</c> runs a part of it.</summary>
    [Fact, Trait("Category", "Long")]
    public void Does_so_for_a_million_seeds()
    {
        var range = (Environment.GetEnvironmentVariable("S4_SIM_SEEDS") ?? "0-999999").Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var watch = Stopwatch.StartNew();
        // Worlds share nothing.
        Parallel.For(range[0], range[1] + 1, seed => Hold(seed));
        output.WriteLine($"seeds {range[0]}–{range[1]} in {watch.Elapsed.TotalSeconds:0} s");
    }

    [Fact]
    public void Tells_the_same_story_again_for_the_same_seed()
    {
        for (var seed = 0; seed < 20; seed++) Assert.Equal(Story(seed), Story(seed));
    }

    static IReadOnlyDictionary<string, int> Hold(int seed)
    {
        var world = new World(seed, Ports.Sound);
        if (world.Run() is { } violation) Assert.Fail($"seed {seed}: {violation}\n{string.Join('\n', Story(seed))}");
        return world.Happened;
    }

    static List<string> Story(int seed)
    {
        var story = new List<string>();
        new World(seed, Ports.Sound, story.Add).Run();
        return story;
    }
}
