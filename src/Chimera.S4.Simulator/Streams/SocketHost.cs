using System.Collections.Concurrent;
using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Streams;

/// <summary>Accepts sockets, pings them at the venue's pace, and can break them all at once.</summary>
internal sealed class SocketHost(SimulatorOptions options, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<SocketConnection, Venue> _connections = [];

    public async Task Serve(HttpContext http, Venue venue, Func<SocketConnection, (Action<ReadOnlyMemory<byte>> OnMessage, Action OnClosed)> open)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }
        var ping = venue is Venue.Spot ? options.PingInterval : options.PingInterval * 9;
        using var connection = new SocketConnection(options.SocketBacklog, stopping);
        _connections[connection] = venue;
        // Subscribed before the client hears that it is connected: what it does next is told to it.
        var (onMessage, onClosed) = open(connection);
        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = ping, KeepAliveTimeout = ping * 3 });
            await connection.Run(socket, onMessage);
        }
        finally
        {
            onClosed();
            _connections.TryRemove(connection, out _);
        }
    }

    public int DisconnectAll(Func<Venue, bool> at)
    {
        var broken = 0;
        foreach (var (connection, venue) in _connections)
        {
            if (!at(venue)) continue;
            connection.Disconnect();
            broken++;
        }
        return broken;
    }
}
