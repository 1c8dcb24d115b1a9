using System.Diagnostics;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>Waits for a condition, never for a time. The deadline only bounds a failure.</summary>
static class Until
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50), Generous = TimeSpan.FromSeconds(120);

    public static Task True(string what, Func<Task<bool>> holds, TimeSpan? within = null) => Done(what, async () => await holds() ? null : "it does not hold", within);

    /// <param name="what">Said when it did not come true.</param>
    /// <param name="open">What is still missing; null or empty once nothing is.</param>
    public static async Task Done(string what, Func<Task<string?>> open, TimeSpan? within = null)
    {
        var (watch, deadline) = (Stopwatch.StartNew(), within ?? Generous);
        while (true)
        {
            string? missing;
            try
            {
                missing = await open();
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException or IOException)
            {
                missing = notYet.Message;
            }
            if (string.IsNullOrEmpty(missing)) return;
            if (watch.Elapsed > deadline) throw new TimeoutException($"{what}: not within {deadline.TotalSeconds:0} s. {missing}");
            await Task.Delay(Look);
        }
    }
}
