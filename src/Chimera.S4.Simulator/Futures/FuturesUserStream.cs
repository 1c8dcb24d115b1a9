using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Faults;
using Chimera.S4.Simulator.Streams;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Futures user data by listen key. A key that is unknown, expired or deleted gets nothing and is told nothing.</summary>
internal sealed class FuturesUserStream(FaultBook faults, ListenKeys listenKeys, VenueClock clock) : UserStream(Venue.Fut, faults, clock.Time)
{
    private readonly Lock _gate = new();
    private readonly List<Listener> _listeners = [];

    private sealed record Listener(SocketConnection Connection, string Key, bool Wrapped, HashSet<string>? Events);

    /// <summary><c>/private/ws/{key}</c>, <c>/private/ws?listenKey=&amp;events=</c>, <c>/private/stream</c> with SUBSCRIBE.</summary>
    public void Map(IEndpointRouteBuilder app, SocketHost sockets)
    {
        app.Map("/private/ws/{key?}", (HttpContext http, string? key) => Serve(http, sockets, key ?? http.Request.Query["listenKey"], wrapped: false));
        app.Map("/private/stream", (HttpContext http) => Serve(http, sockets,
            http.Request.Query.TryGetValue("streams", out var streams) ? streams : http.Request.Query["listenKey"], wrapped: true));
    }

    /// <summary>Ends the key if it is due, or in any case, and tells its listeners; their sockets stay open and silent.</summary>
    public void ExpireKey(bool now = false)
    {
        if (listenKeys.Expire(now) is not { } key) return;
        lock (_gate)
        {
            var payload = FuturesEvents.ListenKeyExpired(key, clock.Now);
            foreach (var listener in _listeners.Where(l => l.Key == key)) Send(listener, payload);
        }
    }

    protected override void Deliver(string type, byte[] payload)
    {
        lock (_gate)
            foreach (var listener in _listeners)
                if ((listener.Events is null || listener.Events.Contains(type)) && listenKeys.IsAlive(listener.Key)) Send(listener, payload);
    }

    private Task Serve(HttpContext http, SocketHost sockets, string? keys, bool wrapped)
    {
        var events = http.Request.Query["events"].ToString().Split('/', StringSplitOptions.RemoveEmptyEntries);
        var filter = events.Length == 0 ? null : events.ToHashSet();
        return sockets.Serve(http, Venue.Fut, connection =>
        {
            foreach (var key in (keys ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries)) Add(key);
            return (message => SubscriptionProtocol.Handle(connection, message, Add, Remove, Keys), () => Remove(null));

            void Add(string key)
            {
                lock (_gate) _listeners.Add(new Listener(connection, key, wrapped, filter));
            }

            void Remove(string? key)
            {
                lock (_gate) _listeners.RemoveAll(l => l.Connection == connection && (key is null || l.Key == key));
            }

            string[] Keys()
            {
                lock (_gate) return [.. _listeners.Where(l => l.Connection == connection).Select(l => l.Key)];
            }
        });
    }

    private static void Send(Listener listener, byte[] payload) =>
        listener.Connection.Send(listener.Wrapped ? Feed.Wrap(listener.Key, payload) : payload);
}
