using System.Globalization;
using Chimera.S4.Benchmarks.Measure;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>One batch of intents through one side.</summary>
/// <param name="ToVenue">Published → first byte of the order at the exchange, milliseconds.</param>
/// <param name="ToResult">Fill at the exchange → its result line read by a consumer, milliseconds.</param>
/// <param name="Whole">Published → result line read, milliseconds.</param>
/// <param name="PerSecond">Results per second from the first publish to the last result.</param>
/// <param name="CpuPerIntent">Milliseconds, with all that the processes of this side did meanwhile.</param>
/// <param name="AllocatedPerIntent">Kilobytes, likewise; null: not told.</param>
sealed record Run(Samples ToVenue, Samples ToResult, Samples Whole, double PerSecond, double CpuPerIntent, double? AllocatedPerIntent, int Asked, int Filled)
{
    static int batch;

    public static async Task<Run> Of(Deployment on, Side side, double perSecond, int intents)
    {
        var number = Interlocked.Increment(ref batch);
        var ids = Enumerable.Range(0, intents).Select(i => $"{side.Prefix}{Environment.ProcessId.ToString("x", CultureInfo.InvariantCulture)}-{number:d3}-{i:d6}").ToArray();
        var (allocated, before) = (await side.AllocatedKilobytes(), side.CpuMilliseconds());
        var sent = await side.Send(perSecond, ids);
        await side.AllFilled(ids, TimeSpan.FromMinutes(3));
        var cpu = side.CpuMilliseconds() - before;
        allocated = await side.AllocatedKilobytes() - allocated;
        var arrivals = await on.Arrivals();
        var fills = (await on.Trades()).GroupBy(trade => trade.GetProperty("clientOrderId").GetString()!).ToDictionary(group => group.Key, group => group.Max(trade => trade.GetProperty("timeUs").GetInt64()));
        var filled = ids.Where(side.Filled.ContainsKey).ToArray();
        return new Run(
            new Samples(filled.Select(id => (arrivals[side.ClientOrderId(id)] - sent[id]) / 1000.0)),
            new Samples(filled.Select(id => (side.Filled[id] - fills[side.ClientOrderId(id)]) / 1000.0)),
            new Samples(filled.Select(id => (side.Filled[id] - sent[id]) / 1000.0)),
            filled.Length / ((filled.Max(id => side.Filled[id]) - sent.Values.Min()) / 1e6), cpu / intents, allocated / intents, intents, filled.Length);
    }
}
