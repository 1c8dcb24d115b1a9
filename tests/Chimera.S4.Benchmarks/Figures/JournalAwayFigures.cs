using Chimera.S4.Benchmarks.Measure;
using Chimera.S4.Benchmarks.Report;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>Whether an order waits for the record: the same load with its database there and away, in turn.</summary>
static class JournalAwayFigures
{
    const double Pace = 50;

    public static async Task<int> Run(Arguments asked)
    {
        await using var on = await Deployment.Start(withFloor: false, recorded: true);
        var side = Side.OfRouter(on);
        await Figures.Run.Of(on, side, 100, 2000);
        var pairs = new List<(double There, double Away)>();
        for (var pair = 1; pair <= asked.Runs; pair++)
        {
            var there = await Figures.Run.Of(on, side, Pace, asked.Intents ?? 1000);
            on.Arango!.Kill();
            var away = await Figures.Run.Of(on, side, Pace, asked.Intents ?? 1000);
            await on.Arango.Start();
            pairs.Add((there.Whole.Percentile(0.95), away.Whole.Percentile(0.95)));
            Console.WriteLine($"  pair {pair}: p95 {pairs[^1].There:0.0} ms there, {pairs[^1].Away:0.0} ms away");
            await on.Routers[0].Ready();
        }
        var ratio = Samples.Median(pairs.Select(pair => pair.Away / pair.There));
        return Table.Show($"The record's database killed, {asked.Runs} interleaved pairs", [
            Figure.AtMost("published -> result p95, away : there, median of the pairs", "×", ratio, 1.25),
            new Figure("p95 there, median", "ms", Samples.Median(pairs.Select(pair => pair.There))),
            new Figure("p95 away, median", "ms", Samples.Median(pairs.Select(pair => pair.Away))),
        ], asked, [$"{Pace} MARKET intents a second; the database is the stand-in for ArangoDB."]);
    }
}
