namespace Chimera.S4.Simulator.Engine;

/// <summary>A venue's own idea of the time, which a fault may set apart from everybody else's.</summary>
internal sealed class VenueClock(TimeProvider time)
{
    private long _skewMs;

    public TimeProvider Time => time;
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds() + Interlocked.Read(ref _skewMs);
    /// <summary>Microseconds since 1970, never skewed: for measurements.</summary>
    public long TrueUs => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    public long SkewMs { get => Interlocked.Read(ref _skewMs); set => Interlocked.Exchange(ref _skewMs, value); }
}
