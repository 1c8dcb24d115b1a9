using System.Net;
using System.Net.Sockets;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>A port that refuses connections until it is opened, and then leads to another: a service that is not there yet.</summary>
sealed class Gate(int target) : IAsyncDisposable
{
    readonly CancellationTokenSource closed = new();
    TcpListener? listener;

    public int Port { get; } = Ports.Free();

    public void Open()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _ = Accept(listener);
    }

    async Task Accept(TcpListener from)
    {
        try
        {
            while (true) _ = Join(await from.AcceptTcpClientAsync(closed.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    async Task Join(TcpClient caller)
    {
        try
        {
            using (caller)
            using (var service = new TcpClient())
            {
                await service.ConnectAsync(IPAddress.Loopback, target, closed.Token);
                await using NetworkStream one = caller.GetStream(), other = service.GetStream();
                await Task.WhenAny(one.CopyToAsync(other, closed.Token), other.CopyToAsync(one, closed.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        listener?.Dispose();
        closed.Dispose();
    }
}
