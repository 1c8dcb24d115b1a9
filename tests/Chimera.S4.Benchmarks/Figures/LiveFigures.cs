using System.Diagnostics;
using System.Text.Json.Nodes;
using Chimera.S4.Benchmarks.Measure;
using Chimera.S4.Benchmarks.Report;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>What it costs to have many intents alive: memory, the way back up, and each further intent.</summary>
static class LiveFigures
{
    const double Pace = 50;
    static readonly string[] Sides = ["BUY", "SELL"];

    public static async Task<int> Run(Arguments asked)
    {
        await using var on = await Deployment.Start(withFloor: false);
        var (side, most) = (Side.OfRouter(on), asked.Intents ?? 10_000);
        await Figures.Run.Of(on, side, 100, 1000);
        await Live(on, 0, 10);
        var few = await Figures.Run.Of(on, side, Pace, 1000);
        await Live(on, 10, most);
        var many = await Figures.Run.Of(on, side, Pace, 1000);
        var resident = Usage.ResidentMegabytes(on.Routers[0].Pid);

        on.Routers[0].Kill();
        var watch = Stopwatch.StartNew();
        await on.Routers[0].Start();
        var resumed = watch.Elapsed.TotalSeconds;
        return Table.Show($"{most} intents alive (TWAP parents that wait for a slice)", [
            Figure.AtMost("RSS of the router", "MB", resident, 300),
            Figure.AtMost("kill -9 -> healthy again", "s", resumed, 10),
            Figure.AtMostTimes($"CPU per intent, {most} alive", "ms", many.CpuPerIntent, few.CpuPerIntent, 1.2),
            new Figure($"published -> result p50, {most} alive", "ms", many.Whole.Percentile(0.5), few.Whole.Percentile(0.5)),
        ], asked, [$"Each of the {most} has filled its first slice and waits a day for its second."], floor: "10 alive");
    }

    /// <summary>Each fills its first slice and waits a day for its second.</summary>
    static async Task Live(Deployment on, int from, int to)
    {
        var ids = Enumerable.Range(from, to - from).Select(number => $"live-{number:d6}").ToArray();
        await Pacer.Publish(100, ids, id => on.Bus.Publish(new JsonObject
        {
            ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = Sides[id[^1] % 2], ["qty"] = "0.002", ["type"] = "MARKET",
            ["exec_policy"] = new JsonObject { ["twap"] = new JsonObject { ["slices"] = 2, ["gap_ms"] = 86_400_000 } },
        }, Form.Raw));
        var first = ids.Select(ClientOrderIds.Intent).ToHashSet(StringComparer.Ordinal);
        await Until.Done($"{to} intents live", Open, TimeSpan.FromMinutes(10));

        async Task<string?> Open()
        {
            var sent = (await on.Arrivals()).Keys.Where(id => id.Length > 24).Select(id => id[..24]).ToHashSet(StringComparer.Ordinal);
            var missing = first.Count(id => !sent.Contains(id));
            return missing == 0 ? null : $"{missing} have not sent their first slice";
        }
    }
}
