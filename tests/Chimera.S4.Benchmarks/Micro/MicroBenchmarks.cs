using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Chimera.S4.Benchmarks.Report;

namespace Chimera.S4.Benchmarks.Micro;

/// <summary>The pure parts alone, each with its time and what it allocates.</summary>
static class MicroBenchmarks
{
    const double MostMicroseconds = 5, MostKilobytes = 4;

    public static int Run(Arguments asked)
    {
        // In this process: the build of a generated project would not know this repository's properties.
        var config = ManualConfig.CreateEmpty().AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).AddColumnProvider(DefaultColumnProviders.Instance).AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "s4-micro"));
        var summaries = BenchmarkRunner.Run([typeof(Deciding), typeof(Storing), typeof(Signing)], config);
        return Table.Show("The pure parts", [.. summaries.SelectMany(Told)], asked, ["BenchmarkDotNet, short run in process: mean of 3 iterations after 3 to warm up."]);
    }

    static IEnumerable<Figure> Told(Summary summary)
    {
        foreach (var report in summary.Reports)
        {
            var (name, isDecider) = ($"{report.BenchmarkCase.Descriptor.Type.Name}: {report.BenchmarkCase.Descriptor.WorkloadMethod.Name.Replace('_', ' ')}", report.BenchmarkCase.Descriptor.Type == typeof(Deciding));
            // A benchmark that ended with an error has no figure, and must not look like one that holds.
            var time = report.ResultStatistics?.Mean / 1000 ?? double.NaN;
            var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) / 1024.0 ?? double.NaN;
            yield return isDecider ? Figure.AtMost(name, "µs", time, MostMicroseconds) : new Figure(name, "µs", time);
            yield return isDecider ? Figure.AtMost($"{name}, allocated", "KB", bytes, MostKilobytes) : new Figure($"{name}, allocated", "KB", bytes);
        }
    }
}
