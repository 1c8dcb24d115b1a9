namespace Chimera.S4.Router.Venues.Binance;

/// <summary>0.2 s, doubled to at most 5 s, for ever; the beginning again after a success.</summary>
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
}
