namespace Chimera.S4.Router.Venues.Binance;

/// <summary>0.2 s, doubled to at most 5 s, for ever; from the beginning again after a success.</summary>
struct BackOff
{
    static readonly TimeSpan First = TimeSpan.FromMilliseconds(200), Last = TimeSpan.FromSeconds(5);

    TimeSpan next;

    public TimeSpan Next()
    {
        var now = next == default ? First : next;
        next = now * 2 > Last ? Last : now * 2;
        return now;
    }

    public void Reset() => next = default;

    /// <summary>A connection counts as a success only if it lasted: one that breaks at once, again and again, would use up the 300 connects in 5 minutes that Binance grants.</summary>
    public void ResetIfLasted(TimeSpan lifetime)
    {
        if (lifetime > Last * 2) Reset();
    }
}
