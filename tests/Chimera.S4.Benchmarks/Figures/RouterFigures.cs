using Chimera.S4.Benchmarks.Measure;
using Chimera.S4.Benchmarks.Report;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>Latency, throughput and cost of MARKET intents, router and floor in turn on the same machine, broker, Redis and exchange.</summary>
static class RouterFigures
{
    const double Pace = 50;
    static readonly double[] Rates = [100, 150, 200, 250, 300, 350, 400, 500, 600, 800, 1000, 1300];

    public static async Task<int> Run(Arguments asked)
    {
        await using var on = await Deployment.Start(withFloor: true);
        Side router = Side.OfRouter(on), floor = Side.OfFloor(on);
        Console.WriteLine("warming up");
        foreach (var side in (Side[])[floor, router]) await Figures.Run.Of(on, side, 100, asked.Short ? 300 : 2000);

        var figures = new List<Figure>();
        foreach (var delay in asked.Short ? [0] : (int[])[0, 8]) figures.AddRange(await Paced(on, router, floor, delay, asked));
        if (!asked.Short)
        {
            figures.AddRange(await Sustained(on, router, floor));
            figures.AddRange(await Consecutive(on, router));
        }
        return Table.Show($"MARKET intents, {(asked.Short ? "short" : $"medians of {asked.Runs} interleaved runs")}", figures, asked,
            ["Exchange limits x100; journal: SQLite; RabbitMQ quorum queues; Redis appendfsync always; router, floor, broker, Redis, exchange and the publisher share the machine."]);
    }

    static async Task<IEnumerable<Figure>> Paced(Deployment on, Side router, Side floor, int delay, Arguments asked)
    {
        await on.SetDelay(delay);
        var (ours, floors) = (new List<Run>(), new List<Run>());
        for (var run = 1; run <= asked.Runs; run++)
        {
            floors.Add(await Figures.Run.Of(on, floor, Pace, asked.Short ? 300 : 1000));
            ours.Add(await Figures.Run.Of(on, router, Pace, asked.Short ? 300 : 1000));
            Console.WriteLine($"  {delay} ms, run {run}: router {ours[^1].ToVenue.Percentile(0.5):0.0}, floor {floors[^1].ToVenue.Percentile(0.5):0.0} ms to the exchange");
        }
        await on.SetDelay(0);
        var (name, bound) = ($"paced {Pace}/s, exchange + {delay} ms", delay == 0);
        return
        [
            Compare($"T1 p50, {name}", run => run.ToVenue.Percentile(0.5), bound ? 3 : null),
            Compare($"T1 p99, {name}", run => run.ToVenue.Percentile(0.99), bound ? 5 : null),
            Compare($"T2 p50, {name}", run => run.ToResult.Percentile(0.5), bound ? 5 : null),
            Compare($"T2 p99, {name}", run => run.ToResult.Percentile(0.99), null),
            Compare($"CPU per intent, {name}", run => run.CpuPerIntent, null),
        ];

        Figure Compare(string what, Func<Run, double> value, double? times)
        {
            var (us, least) = (Samples.Median(ours.Select(value)), Samples.Median(floors.Select(value)));
            return times is { } most ? Figure.AtMostTimes(what, "ms", us, least, most) : new Figure(what, "ms", us, least);
        }
    }

    /// <summary>The highest rate whose results still come with p95 below 500 ms.</summary>
    static async Task<IEnumerable<Figure>> Sustained(Deployment on, Side router, Side floor)
    {
        var (ours, cpu) = await Highest(router);
        var (least, floorCpu) = await Highest(floor);
        return [Figure.AtLeast("T3 sustained, p95 < 500 ms", "/s", ours, 250, least), new Figure("CPU per intent at that rate", "ms", cpu, floorCpu)];

        async Task<(double Rate, double Cpu)> Highest(Side side)
        {
            var best = (0.0, 0.0);
            foreach (var rate in Rates)
            {
                var run = await Figures.Run.Of(on, side, rate, (int)(rate * 10));
                var p95 = run.Whole.Percentile(0.95);
                Console.WriteLine($"  {side.Name} at {rate}/s: {run.PerSecond:0}/s, p95 {p95:0} ms, {run.Filled} of {run.Asked} filled, {run.CpuPerIntent:0.0} ms CPU");
                if (p95 >= 500 || run.Filled < run.Asked) break;
                best = (rate, run.CpuPerIntent);
            }
            return best;
        }
    }

    /// <summary>Spec §14: 1,000 intents, one after the other.</summary>
    static async Task<IEnumerable<Figure>> Consecutive(Deployment on, Side router)
    {
        var run = await Figures.Run.Of(on, router, 20, 1000);
        return
        [
            Figure.AtLeast("1,000 consecutive intents, success", "%", run.Filled * 100.0 / run.Asked, 99.9),
            Figure.AtMost("1,000 consecutive intents, published -> result, p95", "ms", run.Whole.Percentile(0.95), 100),
        ];
    }
}
