using System.Diagnostics;
using Chimera.S4.Benchmarks.Measure;
using Chimera.S4.Benchmarks.Report;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>Where the two cores go while intents come at a steady rate: per process what the kernel counts. The router's process id is told first, so that a profiler can be attached.</summary>
static class ProfileFigures
{
    const double Pace = 150;

    public static async Task<int> Run(Arguments asked)
    {
        await using var on = await Deployment.Start(withFloor: false);
        var router = Side.OfRouter(on);
        await Figures.Run.Of(on, router, 100, 2000);
        (string Name, int Pid)[] processes =
        [
            ("router", on.Routers[0].Pid), ("exchange", on.Exchange.Pid), ("Redis", on.Redis.Pid), ("this publisher and reader", Environment.ProcessId),
            .. Process.GetProcessesByName("beam.smp").Select(broker => ("RabbitMQ", broker.Id)),
        ];
        Console.WriteLine($"router: process {on.Routers[0].Pid}");
        var before = processes.Select(process => Usage.CpuMilliseconds(process.Pid)).ToArray();
        var intents = asked.Intents ?? 6000;
        var run = await Figures.Run.Of(on, router, Pace, intents);
        return Table.Show($"CPU by process, {intents} MARKET intents at {Pace}/s",
            [
                .. processes.Select((process, i) => new Figure($"CPU per intent, {process.Name}", "ms", (Usage.CpuMilliseconds(process.Pid) - before[i]) / intents)),
                new Figure("published -> result, p50", "ms", run.Whole.Percentile(0.5)), new Figure("published -> result, p95", "ms", run.Whole.Percentile(0.95)),
            ],
            asked, ["Every process of the name beam.smp on the machine is counted as RabbitMQ."]);
    }
}
