using System.Collections.Concurrent;
using System.Diagnostics;

namespace Chimera.S4.Benchmarks.Measure;

/// <summary>Publishes at a fixed rate whatever becomes of it: a slow side is not asked less.</summary>
static class Pacer
{
    /// <summary>When each was handed to the broker, in microseconds, by id. Ends when the broker has confirmed all.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Publish(double perSecond, IReadOnlyList<string> ids, Func<string, Task> publish)
    {
        var (sent, confirms) = (new ConcurrentDictionary<string, long>(), new List<Task>(ids.Count));
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < ids.Count; number++)
        {
            var due = TimeSpan.FromSeconds(number / perSecond);
            while (due - watch.Elapsed is var early && early > TimeSpan.Zero)
            {
                if (early > TimeSpan.FromMilliseconds(2)) await Task.Delay(early - TimeSpan.FromMilliseconds(1));
                else await Task.Yield();
            }
            sent[ids[number]] = Clock.NowUs;
            confirms.Add(publish(ids[number]));
        }
        await Task.WhenAll(confirms);
        return sent;
    }
}
