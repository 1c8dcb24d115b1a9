using Chimera.S4.Benchmarks.Measure;
using Chimera.S4.Benchmarks.Report;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>What an intent costs with 1, 2 and 4 routers on the same queues and the same store, all replicas counted together.</summary>
static class ReplicaFigures
{
    const double Pace = 50;

    /// <summary>The last is the first once more, with the same router: what has changed for it is the machine's.</summary>
    static readonly (string Name, int Routers)[] Stages = [("1 router", 1), ("2 routers", 2), ("4 routers", 4), ("1 router again", 1)];

    /// <summary>Fills are followed for 5 s.</summary>
    static readonly TimeSpan UntilQuiet = TimeSpan.FromSeconds(6), Quiet = TimeSpan.FromSeconds(5);

    sealed record Stage(string Name, double Idle, IReadOnlyList<Run> Runs)
    {
        public double Median(Func<Run, double> value) => Samples.Median(Runs.Select(value));
    }

    public static async Task<int> Run(Arguments asked)
    {
        await using var on = await Deployment.Start(withFloor: false);
        var stages = new List<Stage>();
        foreach (var (name, routers) in Stages) stages.Add(await Measure(on, name, routers, asked));
        return Table.Show($"1, 2 and 4 routers at {Pace} MARKET intents/s, medians of {asked.Runs} runs each", [.. stages.SelectMany(stage => Told(stage, stages[0]))], asked,
        [
            "CPU and allocations of all routers together, with what they do when idle. A router that has just started compiles as it goes, so each stage keeps its routers for all of its runs; the last shows how far the machine has drifted.",
            "Exchange limits x100; journal: SQLite, one file for each router; all share the machine.",
        ], floor: "1 router");
    }

    static async Task<Stage> Measure(Deployment on, string name, int routers, Arguments asked)
    {
        while (on.Routers.Count > routers) await on.RemoveRouter(on.Routers[^1]);
        while (on.Routers.Count < routers) await on.AddRouter();
        var (side, intents, runs) = (Side.OfRouter(on), asked.Intents ?? 1000, new List<Run>());
        await Figures.Run.Of(on, side, 100, intents * routers);
        await Task.Delay(UntilQuiet);
        var before = side.CpuMilliseconds();
        await Task.Delay(Quiet);
        var idle = (side.CpuMilliseconds() - before) / Quiet.TotalSeconds;
        while (runs.Count < asked.Runs) runs.Add(await Figures.Run.Of(on, side, Pace, intents));
        Console.WriteLine($"  {name}: {string.Join(", ", runs.Select(run => $"{run.CpuPerIntent:0.0}"))} ms CPU an intent, {idle:0} ms a second when idle");
        return new Stage(name, idle, runs);
    }

    static IEnumerable<Figure> Told(Stage stage, Stage first)
    {
        yield return Of("CPU per intent", "ms", one => one.Median(run => run.CpuPerIntent));
        yield return Of("CPU a second when idle", "ms", one => one.Idle);
        yield return Of("allocated per intent", "KB", one => one.Median(run => run.AllocatedPerIntent ?? double.NaN));
        yield return Of("T1 p50", "ms", one => one.Median(run => run.ToVenue.Percentile(0.5)));
        yield return Of("T1 p99", "ms", one => one.Median(run => run.ToVenue.Percentile(0.99)));
        yield return Figure.AtLeast($"filled, {stage.Name}", "%", stage.Runs.Sum(run => run.Filled) * 100.0 / stage.Runs.Sum(run => run.Asked), 100);

        Figure Of(string what, string unit, Func<Stage, double> value) => new($"{what}, {stage.Name}", unit, value(stage), stage == first ? null : value(first));
    }
}
