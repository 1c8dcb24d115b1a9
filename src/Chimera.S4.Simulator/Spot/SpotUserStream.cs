using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Faults;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Streams;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Spot user data: one subscription of the account per WebSocket API session (reference §3.1).</summary>
internal sealed class SpotUserStream(FaultBook faults, TimeProvider time) : UserStream(Venue.Spot, faults, time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SocketConnection, int> _subscriptions = [];
    private readonly Dictionary<SocketConnection, int> _opened = [];

    /// <summary>Starts the session's subscription; its number counts up over the session's life.</summary>
    public int Subscribe(SocketConnection connection)
    {
        lock (_gate)
        {
            if (_subscriptions.ContainsKey(connection)) throw new VenueError(-2035, "User data stream subscription is already active.");
            var id = _opened.GetValueOrDefault(connection);
            _opened[connection] = id + 1;
            _subscriptions[connection] = id;
            return id;
        }
    }

    public void Unsubscribe(SocketConnection connection, int? id)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(connection, out var active) || (id is not null && id != active))
                throw new VenueError(-2036, "User data stream subscription not active.");
            _subscriptions.Remove(connection);
        }
    }

    public int? Of(SocketConnection connection)
    {
        lock (_gate) return _subscriptions.TryGetValue(connection, out var id) ? id : null;
    }

    public void Forget(SocketConnection connection)
    {
        lock (_gate)
        {
            _subscriptions.Remove(connection);
            _opened.Remove(connection);
        }
    }

    /// <summary>Asks every client to reconnect, as Binance does before it closes a gateway.</summary>
    public void AnnounceShutdown(long now)
    {
        var message = WireJson.Write(now, static (w, t) => w.Object(t, static (w, t) =>
        {
            w.WriteStartObject("event");
            w.WriteString("e", "serverShutdown");
            w.WriteNumber("E", t);
            w.WriteEndObject();
        }));
        lock (_gate)
            foreach (var connection in _subscriptions.Keys) connection.Send(message);
    }

    protected override void Deliver(string type, byte[] payload)
    {
        lock (_gate)
            foreach (var (connection, id) in _subscriptions)
                connection.Send(WireJson.Write((id, payload), static (w, e) =>
                {
                    w.WriteStartObject();
                    w.WriteNumber("subscriptionId", e.id);
                    w.WritePropertyName("event");
                    w.WriteRawValue(e.payload, skipInputValidation: true);
                    w.WriteEndObject();
                }));
    }
}
