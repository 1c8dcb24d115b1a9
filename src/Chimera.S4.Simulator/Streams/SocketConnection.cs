using System.Net.WebSockets;
using System.Threading.Channels;

namespace Chimera.S4.Simulator.Streams;

/// <summary>One client's socket. Sending never waits: who does not read fast enough is disconnected.</summary>
internal sealed class SocketConnection : IDisposable
{
    private const int MaxMessage = 64 * 1024;
    private WebSocket _socket = null!;
    private readonly Channel<ReadOnlyMemory<byte>> _outbox;
    private readonly CancellationTokenSource _closing;

    public SocketConnection(int backlog, CancellationToken stopping)
    {
        _closing = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _outbox = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(backlog) { SingleReader = true });
    }

    public void Send(ReadOnlyMemory<byte> message)
    {
        if (!_outbox.Writer.TryWrite(message)) Disconnect();
    }

    /// <summary>Breaks the connection without a closing handshake, as a network does.</summary>
    public void Disconnect()
    {
        try
        {
            _closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The client was faster.
        }
    }

    /// <summary>Serves the socket until either side ends it.</summary>
    public async Task Run(WebSocket socket, Action<ReadOnlyMemory<byte>> onMessage)
    {
        _socket = socket;
        var sending = SendAll();
        try
        {
            await ReceiveAll(onMessage);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            _socket.Abort();
        }
        finally
        {
            _outbox.Writer.TryComplete();
            await _closing.CancelAsync();
            await sending;
        }
    }

    public void Dispose() => _closing.Dispose();

    private async Task ReceiveAll(Action<ReadOnlyMemory<byte>> onMessage)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length >= MaxMessage)
                {
                    _socket.Abort();
                    return;
                }
                Array.Resize(ref buffer, length * 2);
            }
            var received = await _socket.ReceiveAsync(buffer.AsMemory(length), _closing.Token);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _closing.Token);
                return;
            }
            length += received.Count;
            if (!received.EndOfMessage) continue;
            onMessage(buffer.AsMemory(0, length));
            length = 0;
        }
    }

    private async Task SendAll()
    {
        try
        {
            await foreach (var message in _outbox.Reader.ReadAllAsync(_closing.Token))
                await _socket.SendAsync(message, WebSocketMessageType.Text, true, _closing.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            _socket.Abort();
        }
    }
}
