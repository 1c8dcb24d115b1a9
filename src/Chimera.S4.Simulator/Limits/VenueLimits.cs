using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Limits;

/// <summary>The counters of one venue. Every caller shares them: the simulator knows one address and one account.</summary>
internal sealed class VenueLimits(Venue venue, VenueClock clock, SimulatorOptions options)
{
    private readonly Lock _gate = new();
    private readonly FixedWindow[] _weights = venue is Venue.Spot
        ? [Window("REQUEST_WEIGHT", "MINUTE", 1, TimeSpan.FromMinutes(1), 6000, options, "X-MBX-USED-WEIGHT-1M"),
           Window("RAW_REQUESTS", "MINUTE", 5, TimeSpan.FromMinutes(5), 300_000, options, "")]
        : [Window("REQUEST_WEIGHT", "MINUTE", 1, TimeSpan.FromMinutes(1), 2400, options, "X-MBX-USED-WEIGHT-1M")];

    private readonly FixedWindow[] _orders = venue is Venue.Spot
        ? [Window("ORDERS", "SECOND", 10, TimeSpan.FromSeconds(10), 100, options, "X-MBX-ORDER-COUNT-10S"),
           Window("ORDERS", "DAY", 1, TimeSpan.FromDays(1), 200_000, options, "X-MBX-ORDER-COUNT-1D")]
        : [Window("ORDERS", "SECOND", 10, TimeSpan.FromSeconds(10), 300, options, "X-MBX-ORDER-COUNT-10S"),
           Window("ORDERS", "MINUTE", 1, TimeSpan.FromMinutes(1), 1200, options, "X-MBX-ORDER-COUNT-1M")];

    private long _bannedUntil;
    private int _refusals;

    public IReadOnlyList<FixedWindow> Weights => _weights;
    public IReadOnlyList<FixedWindow> Orders => _orders;

    /// <summary>Charges a request. Who goes on after 429 gets banned: 418.</summary>
    public void Charge(int weight)
    {
        lock (_gate)
        {
            var now = Roll();
            if (now < _bannedUntil) throw Banned(now);
            foreach (var window in _weights)
            {
                var cost = window.Type is "RAW_REQUESTS" ? 1 : weight;
                if (window.Has(cost)) continue;
                if (++_refusals > options.RefusalsBeforeBan)
                {
                    _bannedUntil = now + (long)options.BanDuration.TotalMilliseconds;
                    throw Banned(now);
                }
                throw new VenueError(-1003, $"Too much request weight used; current limit is {window.Limit} request weight per "
                    + $"{window.IntervalNum} {window.Interval}. "
                    + "Please use WebSocket Streams for live updates to avoid polling the API.", 429) { RetryAfter = window.SecondsLeft(now) };
            }
            _refusals = 0;
            foreach (var window in _weights) window.Add(window.Type is "RAW_REQUESTS" ? 1 : weight);
        }
    }

    public void Refund(int weight)
    {
        lock (_gate) _weights[0].Add(-weight);
    }

    /// <summary>Counts placements before the engine sees them; <see cref="ReturnOrders"/> gives back what it refuses.</summary>
    public void ChargeOrders(int orders, int? longer = null)
    {
        lock (_gate)
        {
            var now = Roll();
            for (var i = 0; i < _orders.Length; i++)
                if (_orders[i] is var window && !window.Has(i == 0 ? orders : longer ?? orders))
                    throw new VenueError(-1015, $"Too many new orders; current limit is {window.Limit} orders per {window.IntervalNum} {window.Interval}.", 429)
                    {
                        RetryAfter = window.SecondsLeft(now),
                    };
            for (var i = 0; i < _orders.Length; i++) _orders[i].Add(i == 0 ? orders : longer ?? orders);
        }
    }

    public void ReturnOrders(int orders, int? longer = null)
    {
        lock (_gate)
            for (var i = 0; i < _orders.Length; i++) _orders[i].Add(-(i == 0 ? orders : longer ?? orders));
    }

    /// <summary>Spot counts unfilled orders: a first fill gives one back to a taker, five to a maker.</summary>
    public void FirstFill(bool maker) => ReturnOrders(maker ? 5 : 1);

    public void Ban(TimeSpan duration)
    {
        lock (_gate) _bannedUntil = clock.Now + (long)duration.TotalMilliseconds;
    }

    public void Reset()
    {
        lock (_gate)
        {
            (_bannedUntil, _refusals) = (0, 0);
            foreach (var window in _weights.Concat(_orders)) window.Add(-window.Count);
        }
    }

    /// <summary>Current counts, for headers and <c>rateLimit/order</c>.</summary>
    public T Read<T>(Func<VenueLimits, T> query)
    {
        lock (_gate)
        {
            Roll();
            return query(this);
        }
    }

    private long Roll()
    {
        var now = clock.Now;
        foreach (var window in _weights) window.Roll(now);
        foreach (var window in _orders) window.Roll(now);
        return now;
    }

    private VenueError Banned(long now) =>
        new(-1003, $"Way too much request weight used; IP banned until {_bannedUntil}. Please use WebSocket Streams for live updates to avoid bans.", 418)
        {
            RetryAfter = Math.Max(1, (_bannedUntil - now + 999) / 1000),
        };

    private static FixedWindow Window(string type, string interval, int number, TimeSpan length, long limit, SimulatorOptions options, string header) =>
        new(type, interval, number, length, limit * options.LimitsMultiplier, header);
}
