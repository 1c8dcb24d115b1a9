using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Chimera.S4.Router.Tests.Simulator;

/// <summary>A WebSocket that keeps what it receives until a test asks for it.</summary>
public sealed class TestSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _inbox = Channel.CreateUnbounded<JsonElement>();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(20));
    private Task _reading = Task.CompletedTask;

    public static async Task<TestSocket> Open(Uri address, string path)
    {
        var socket = new TestSocket();
        var url = new UriBuilder(new Uri(address, path)) { Scheme = "ws" }.Uri;
        await socket._socket.ConnectAsync(url, socket._deadline.Token);
        socket._reading = socket.ReadAll();
        return socket;
    }

    public Task Send(object message) => SendText(JsonSerializer.Serialize(message));
    public Task SendText(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _deadline.Token);

    public async Task<JsonElement> Next() => await _inbox.Reader.ReadAsync(_deadline.Token);

    public async Task<JsonElement> Next(Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            var message = await Next();
            if (wanted(message)) return message;
        }
    }

    /// <summary>Everything that has arrived by now.</summary>
    public List<JsonElement> Arrived()
    {
        var arrived = new List<JsonElement>();
        while (_inbox.Reader.TryRead(out var message)) arrived.Add(message);
        return arrived;
    }

    /// <summary>Completes when the other side has ended the connection.</summary>
    public Task Ended => _reading.WaitAsync(_deadline.Token);

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _deadline.Dispose();
    }

    private async Task ReadAll()
    {
        var buffer = new byte[1 << 20];
        var length = 0;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (received.MessageType is WebSocketMessageType.Close) break;
                length += received.Count;
                if (!received.EndOfMessage) continue;
                _inbox.Writer.TryWrite(JsonDocument.Parse(buffer.AsMemory(0, length).ToArray()).RootElement);
                length = 0;
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Aborted: the reader of the inbox sees its end.
        }
        _inbox.Writer.TryComplete();
    }
}
