using Chimera.S4.Benchmarks.Measure;
using Chimera.S4.Benchmarks.Report;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>What an intent costs with 1, 2 and 4 routers on the same queues and the same store, all replicas counted together.</summary>
static class ReplicaFigures
{
    const double Pace = 50;
    static readonly int[] Counts = [1, 2, 4];
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(Arguments asked)
    {
        await using var on = await Deployment.Start(withFloor: false);
        var (side, intents) = (Side.OfRouter(on), asked.Intents ?? 1000);
        var seen = Counts.ToDictionary(count => count, _ => new List<(Run Run, double Idle)>());
        for (var run = 1; run <= asked.Runs; run++)
            foreach (var count in Counts)
            {
                while (on.Routers.Count > count) await on.RemoveRouter(on.Routers[^1]);
                while (on.Routers.Count < count) await on.AddRouter();
                // Whoever has just started compiles as it goes: that is not what an intent costs.
                await Figures.Run.Of(on, side, 100, Math.Min(intents, 500) * count);
                var before = side.CpuMilliseconds();
                await Task.Delay(Quiet);
                var idle = (side.CpuMilliseconds() - before) / Quiet.TotalSeconds;
                seen[count].Add((await Figures.Run.Of(on, side, Pace, intents), idle));
                var (last, _) = seen[count][^1];
                Console.WriteLine($"  run {run}, {count}: {last.CpuPerIntent:0.0} ms CPU an intent, {idle:0} ms a second when idle, {last.Filled} of {last.Asked} filled");
            }
        return Table.Show($"1, 2 and 4 routers at {Pace} MARKET intents/s, medians of {asked.Runs} interleaved runs", [.. Counts.SelectMany(Told)], asked,
        [
            "CPU of all routers together, with what they do when idle. Exchange limits x100; journal: SQLite, one file for each router; all share the machine.",
        ], floor: "1 router");

        IEnumerable<Figure> Told(int count)
        {
            var name = count == 1 ? "1 router" : $"{count} routers";
            yield return Of($"CPU per intent, {name}", "ms", one => one.Run.CpuPerIntent);
            yield return Of($"CPU a second when idle, {name}", "ms", one => one.Idle);
            yield return Of($"allocated per intent, {name}", "KB", one => one.Run.AllocatedPerIntent ?? double.NaN);
            yield return Of($"T1 p50, {name}", "ms", one => one.Run.ToVenue.Percentile(0.5));
            yield return Of($"T1 p99, {name}", "ms", one => one.Run.ToVenue.Percentile(0.99));
            yield return Figure.AtLeast($"filled, {name}", "%", Samples.Median(seen[count].Select(one => one.Run.Filled * 100.0 / one.Run.Asked)), 100);

            Figure Of(string what, string unit, Func<(Run Run, double Idle), double> value) =>
                new(what, unit, Samples.Median(seen[count].Select(value)), count == 1 ? null : Samples.Median(seen[1].Select(value)));
        }
    }
}
