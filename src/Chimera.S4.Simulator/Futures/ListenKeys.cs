using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Futures;

/// <summary>The account's one listen key, shared by everybody who asks for it (reference §3.2).</summary>
internal sealed class ListenKeys(SimulatorOptions options, VenueClock clock)
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789";
    private readonly Lock _gate = new();
    private readonly Random _random = new(options.Seed);
    private string? _key;
    private long _expires;

    /// <summary>Gives the living key and extends it, or makes a new one.</summary>
    public string Open()
    {
        lock (_gate)
        {
            if (!Lives()) _key = string.Create(64, _random, static (text, random) => random.GetItems(Alphabet, text));
            _expires = clock.Now + (long)options.ListenKeyLifetime.TotalMilliseconds;
            return _key!;
        }
    }

    public string Extend()
    {
        lock (_gate)
        {
            if (!Lives()) throw new VenueError(-1125, "This listenKey does not exist.");
            _expires = clock.Now + (long)options.ListenKeyLifetime.TotalMilliseconds;
            return _key!;
        }
    }

    public void Delete()
    {
        lock (_gate) _key = null;
    }

    public bool IsAlive(string key)
    {
        lock (_gate) return Lives() && _key == key;
    }

    /// <summary>Takes the key away if its time is over, or at once. Returns it once, so that its listeners can be told.</summary>
    public string? Expire(bool now = false)
    {
        lock (_gate)
        {
            if (_key is null || (!now && Lives())) return null;
            var expired = _key;
            _key = null;
            return expired;
        }
    }

    private bool Lives() => _key is not null && clock.Now < _expires;
}
