using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>A WebSocket that carries JSON texts. It answers the venue's pings and sends its own, so that a dead peer is found in about 20 s however quiet the stream is.</summary>
sealed class TextSocket : IDisposable
{
    const int MaxMessage = 4 * 1024 * 1024;
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10), PingEvery = TimeSpan.FromSeconds(10), PongWithin = TimeSpan.FromSeconds(10);

    readonly ClientWebSocket socket = new();
    readonly byte[] buffer = new byte[16 * 1024];

    TextSocket()
    {
        socket.Options.Proxy = null;
        socket.Options.KeepAliveInterval = PingEvery;
        socket.Options.KeepAliveTimeout = PongWithin;
    }

    public static async Task<TextSocket> Connect(string address, TimeProvider time, CancellationToken cancel)
    {
        var socket = new TextSocket();
        using var timeout = new CancellationTokenSource(ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await socket.socket.ConnectAsync(new Uri(address), both.Token);
            return socket;
        }
        catch (Exception problem)
        {
            socket.Dispose();
            // The address is not told: a futures one holds the listen key.
            throw cancel.IsCancellationRequested ? problem : new VenueRefusal($"connect: {problem.InnerException?.Message ?? problem.Message}");
        }
    }

    public Task Send(string text, CancellationToken cancel) =>
        socket.SendAsync(new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)), WebSocketMessageType.Text, true, cancel);

    /// <summary>The next message; null: the venue closed the connection.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="JsonException">The message is no JSON.</exception>
    public async Task<JsonElement?> Receive(CancellationToken cancel)
    {
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
            if (part.MessageType is WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, part.Count);
            if (message.Length > MaxMessage) throw new WireException($"a message is longer than {MaxMessage} bytes");
            if (part.EndOfMessage) return JsonSerializer.Deserialize<JsonElement>(message.GetBuffer().AsSpan(0, (int)message.Length));
        }
    }

    public void Dispose() => socket.Dispose();
}
