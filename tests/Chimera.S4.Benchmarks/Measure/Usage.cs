using System.Globalization;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;

namespace Chimera.S4.Benchmarks.Measure;

/// <summary>What a process has used: the kernel says it, and of allocations the process's own runtime.</summary>
static class Usage
{
    const double TicksPerSecond = 100;      // USER_HZ, fixed on Linux

    /// <summary>What the runtime counts as <c>dotnet.gc.heap.total_allocated</c>, at <c>/metrics</c>. The question itself allocates too.</summary>
    public static async Task<double> AllocatedKilobytes(Uri process)
    {
        using var http = new JsonCaller(process);
        var answer = await http.Get("/metrics");
        return answer.Status == 200 && Exposition.Read(answer.Body).Sum("dotnet_gc_heap_total_allocated_bytes_total") is > 0 and var bytes
            ? bytes / 1024
            : throw new InvalidOperationException($"{process}metrics does not tell what was allocated: {answer.Status}");
    }

    public static double CpuMilliseconds(int process)
    {
        var line = File.ReadAllText($"/proc/{process}/stat");
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond * 1000;
    }

    public static double ResidentMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
