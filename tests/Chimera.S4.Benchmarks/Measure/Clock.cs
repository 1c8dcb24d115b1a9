namespace Chimera.S4.Benchmarks.Measure;

/// <summary>Microseconds since 1970 on the machine's clock, which the exchange shares.</summary>
static class Clock
{
    public static long NowUs => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
