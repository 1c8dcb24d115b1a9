using Chimera.S4.Benchmarks.Floor;
using Chimera.S4.Benchmarks.Measure;
using Chimera.S4.Benchmarks.Report;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>Latency, throughput and cost of MARKET intents: router, floor and a user's alternative in turn on the same machine, broker, Redis and exchange.</summary>
static class RouterFigures
{
    const double Pace = 50;
    static readonly double[] Rates = [100, 150, 200, 250, 300, 350, 400, 500, 600, 800, 1000, 1300];

    public static async Task<int> Run(Arguments asked)
    {
        await using var on = await Deployment.Start(withFloor: true);
        var lacking = asked.Short ? "left out of a short run" : await CcxtProcess.Lacking();
        if (lacking is null) await on.Ccxt.Start();
        Side router = Side.OfRouter(on), floor = Side.OfFloor(on);
        var ccxt = lacking is null ? Side.OfCcxt(on.Ccxt) : null;
        Console.WriteLine("warming up");
        foreach (var side in new[] { floor, router, ccxt }.OfType<Side>()) await Figures.Run.Of(on, side, 100, asked.Short ? 300 : asked.Intents ?? 2000);

        var figures = new List<Figure>();
        foreach (var delay in asked.Short ? [0] : (int[])[0, 8]) figures.AddRange(await Paced(on, router, floor, ccxt, delay, asked));
        if (!asked.Short)
        {
            figures.AddRange(await Sustained(on, router, floor, ccxt, asked));
            figures.AddRange(await Consecutive(on, router, asked.Intents ?? 1000));
        }
        return Table.Show($"MARKET intents, {(asked.Short ? "short" : $"medians of {asked.Runs} interleaved runs")}", figures, asked,
        [
            "Exchange limits x100; journal: SQLite; RabbitMQ quorum queues; Redis appendfsync always; router, floor, broker, Redis, exchange and the publisher share the machine.",
            $"ccxt: {lacking ?? "createOrder in Node, called directly: no bus, no durability, nothing outlives a crash. T1 from the call, T2 to its answer"}.",
            $"T3: the highest of the rates tried, which end at {Rates[^1]}/s. CPU and allocations are those of the whole process meanwhile, with its market streams, sweeps and records.",
        ]);
    }

    static async Task<IEnumerable<Figure>> Paced(Deployment on, Side router, Side floor, Side? ccxt, int delay, Arguments asked)
    {
        await on.SetDelay(delay);
        var (ours, floors, ccxts) = (new List<Run>(), new List<Run>(), new List<Run>());
        for (var run = 1; run <= asked.Runs; run++)
        {
            foreach (var (side, runs) in new[] { (floor, floors), (router, ours), (ccxt, ccxts) })
                if (side is not null) runs.Add(await Figures.Run.Of(on, side, Pace, asked.Intents ?? (asked.Short ? 300 : 1000)));
            Console.WriteLine($"  {delay} ms, run {run}: router {ours[^1].ToVenue.Percentile(0.5):0.0}, floor {floors[^1].ToVenue.Percentile(0.5):0.0} ms to the exchange");
        }
        await on.SetDelay(0);
        var (name, bound) = ($"paced {Pace}/s, exchange + {delay} ms", delay == 0);
        return
        [
            Compare($"T1 p50, {name}", "ms", run => run.ToVenue.Percentile(0.5), bound ? 3 : null),
            Compare($"T1 p99, {name}", "ms", run => run.ToVenue.Percentile(0.99), bound ? 5 : null),
            Compare($"T2 p50, {name}", "ms", run => run.ToResult.Percentile(0.5), bound ? 5 : null),
            Compare($"T2 p99, {name}", "ms", run => run.ToResult.Percentile(0.99), null),
            Compare($"CPU per intent, {name}", "ms", run => run.CpuPerIntent, null),
            Compare($"allocated per intent, {name}", "KB", run => run.AllocatedPerIntent, null),
        ];

        Figure Compare(string what, string unit, Func<Run, double?> value, double? times)
        {
            var (us, least) = (Median(ours), Median(floors));
            return (times is { } most ? Figure.AtMostTimes(what, unit, us, least, most) : new Figure(what, unit, us, least)) with { Ccxt = ccxts.Any(run => value(run) is not null) ? Median(ccxts) : null };

            double Median(List<Run> runs) => Samples.Median(runs.Select(value).OfType<double>());
        }
    }

    /// <summary>The highest rate whose results still come with p95 below 500 ms.</summary>
    static async Task<IEnumerable<Figure>> Sustained(Deployment on, Side router, Side floor, Side? ccxt, Arguments asked)
    {
        var ours = await Highest(router);
        var least = await Highest(floor);
        var other = ccxt is null ? default((double Rate, Run? At)?) : await Highest(ccxt);
        return
        [
            Figure.AtLeast("T3 sustained, p95 < 500 ms", "/s", ours.Rate, 250, least.Rate) with { Ccxt = other?.Rate },
            new Figure("CPU per intent at that rate", "ms", ours.At?.CpuPerIntent ?? double.NaN, least.At?.CpuPerIntent, Ccxt: other?.At?.CpuPerIntent),
            new Figure("allocated per intent at that rate", "KB", ours.At?.AllocatedPerIntent ?? double.NaN, least.At?.AllocatedPerIntent),
        ];

        async Task<(double Rate, Run? At)> Highest(Side side)
        {
            var best = (0.0, (Run?)null);
            foreach (var rate in Rates)
            {
                var run = await Figures.Run.Of(on, side, rate, Math.Min((int)(rate * 10), asked.Intents ?? int.MaxValue));
                var p95 = run.Whole.Percentile(0.95);
                Console.WriteLine($"  {side.Name} at {rate}/s: {run.PerSecond:0}/s, p95 {p95:0} ms, {run.Filled} of {run.Asked} filled, {run.CpuPerIntent:0.0} ms CPU");
                if (p95 >= 500 || run.Filled < run.Asked) break;
                best = (rate, run);
            }
            return best;
        }
    }

    /// <summary>Spec §14: 1,000 intents, one after the other.</summary>
    static async Task<IEnumerable<Figure>> Consecutive(Deployment on, Side router, int intents)
    {
        var run = await Figures.Run.Of(on, router, 20, intents);
        return
        [
            Figure.AtLeast($"{intents} consecutive intents, success", "%", run.Filled * 100.0 / run.Asked, 99.9),
            Figure.AtMost($"{intents} consecutive intents, published -> result, p95", "ms", run.Whole.Percentile(0.95), 100),
        ];
    }
}
