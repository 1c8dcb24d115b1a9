namespace Chimera.S4.Router.Stores;

/// <summary>Time as both stores keep it: whole milliseconds since 1970, UTC.</summary>
static class Moment
{
    public static long Floor(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    /// <summary>For what must not happen early: a timer due at 0.4 ms is due at 1 ms.</summary>
    public static long Ceiling(DateTimeOffset at)
    {
        var floor = at.ToUnixTimeMilliseconds();
        return at.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? floor : floor + 1;
    }

    public static long Ceiling(TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);

    public static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
