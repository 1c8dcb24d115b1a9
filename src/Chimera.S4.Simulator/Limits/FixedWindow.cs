namespace Chimera.S4.Simulator.Limits;

/// <summary>One limit over a window that is aligned to the clock: full minutes, 10-second marks, UTC days.</summary>
internal sealed class FixedWindow(string type, string interval, int intervalNum, TimeSpan length, long limit, string header)
{
    private long _window;

    public string Type => type;
    public string Interval => interval;
    public int IntervalNum => intervalNum;
    public long Limit => limit;
    public string Header => header;
    public long Count { get; private set; }

    public void Roll(long now)
    {
        var window = now / (long)length.TotalMilliseconds;
        if (window == _window) return;
        (_window, Count) = (window, 0);
    }

    public bool Has(long cost) => Count + cost <= limit;
    public void Add(long cost) => Count = Math.Max(0, Count + cost);

    /// <summary>Whole seconds until the window ends, at least one.</summary>
    public long SecondsLeft(long now)
    {
        var milliseconds = (long)length.TotalMilliseconds;
        return Math.Max(1, (milliseconds - now % milliseconds + 999) / 1000);
    }
}
