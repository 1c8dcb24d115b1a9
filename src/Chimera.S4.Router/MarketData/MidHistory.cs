using System.Collections.Concurrent;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.MarketData;

/// <summary>The middle of a book at some instant of the past.</summary>
/// <param name="At">When that book had been received, router clock.</param>
public sealed record MidSeen(decimal Mid, DateTimeOffset At);

/// <summary>The middle of every followed book over the last minutes, for those who ask later what the market was then: markouts, and what an intent's sender saw. In memory: it reaches back to the start at most.</summary>
public sealed class MidHistory
{
    /// <summary>Entries are at least so far apart, so an answer is at most so much older than the book in force.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>How far back it reaches. Above the longest markout that can be asked for.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<(Market, string), Track> tracks = new();

    public void Note(Market market, string symbol, decimal mid, DateTimeOffset at) => tracks.GetOrAdd((market, symbol), _ => new Track()).Note(mid, at);

    /// <summary>Null: not followed at that instant.</summary>
    public MidSeen? At(Market market, string symbol, DateTimeOffset at) => tracks.TryGetValue((market, symbol), out var track) ? track.At(at) : null;

    sealed class Track
    {
        readonly Lock gate = new();
        readonly MidSeen?[] ring = new MidSeen?[(int)(Reach / Step)];
        int next, count;

        public void Note(decimal mid, DateTimeOffset at)
        {
            lock (gate)
            {
                if (count > 0 && at < Back(1).At) return;
                // A book that changes faster than the step replaces its latest entry, never the one before: the last word of every step is kept.
                if (count > 1 && at - Back(2).At < Step) next = (next + ring.Length - 1) % ring.Length;
                else if (count < ring.Length) count++;
                ring[next] = new MidSeen(mid, at);
                next = (next + 1) % ring.Length;
            }
        }

        public MidSeen? At(DateTimeOffset at)
        {
            lock (gate)
            {
                var (low, high) = (1, count + 1);                 // steps back from the latest
                while (low < high)
                {
                    var middle = (low + high) / 2;
                    if (Back(middle).At <= at) high = middle;
                    else low = middle + 1;
                }
                return low > count ? null : Back(low);
            }
        }

        MidSeen Back(int steps) => ring[(next - steps + ring.Length) % ring.Length]!;
    }
}
