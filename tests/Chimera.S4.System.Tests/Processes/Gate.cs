using System.Net;
using System.Net.Sockets;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>Sees each chunk from caller to service before it goes on. It goes on when <paramref name="pass"/> is called; a guard that does not call it has lost the chunk.</summary>
delegate Task Guard(GateLink link, ReadOnlyMemory<byte> chunk, Func<Task> pass);

/// <summary>A port that refuses connections until it is opened, and then leads to another: a service that is not there yet, or one whose callers are watched.</summary>
sealed class Gate(int target, Guard? guard = null) : IAsyncDisposable
{
    readonly CancellationTokenSource closed = new();
    TcpListener? listener;

    public int Port { get; } = Ports.Free();

    public Gate Open()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _ = Accept(listener);
        return this;
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
        using (caller)
        using (var service = new TcpClient())
        using (var ended = CancellationTokenSource.CreateLinkedTokenSource(closed.Token))
        {
            var link = new GateLink(ended);
            try
            {
                await service.ConnectAsync(IPAddress.Loopback, target, ended.Token);
                await using NetworkStream asking = caller.GetStream(), answering = service.GetStream();
                var (one, other) = (Ask(link, asking, answering), Answer(link, answering, asking));
                await Task.WhenAny(one, other);
                link.Sever();
                await Task.WhenAll(one, other);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
            {
            }
        }
    }

    async Task Ask(GateLink link, NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[65_536];
        while (await from.ReadAsync(buffer, link.Ended) is > 0 and var count)
        {
            var chunk = buffer.AsMemory(0, count);
            if (guard is null) await to.WriteAsync(chunk, link.Ended);
            else await guard(link, chunk, async () => await to.WriteAsync(chunk, link.Ended));
        }
    }

    static async Task Answer(GateLink link, NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[65_536];
        while (await from.ReadAsync(buffer, link.Ended) is > 0 and var count)
        {
            await link.MayAnswer();
            await to.WriteAsync(buffer.AsMemory(0, count), link.Ended);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        listener?.Dispose();
        closed.Dispose();
    }
}

/// <summary>One connection through a gate, as its guard handles it.</summary>
sealed class GateLink(CancellationTokenSource ended)
{
    TaskCompletionSource? held, answered;

    public CancellationToken Ended { get; } = ended.Token;

    /// <summary>What a guard has learned of this connection.</summary>
    public Dictionary<ushort, string> Channels { get; } = [];

    /// <summary>From now on the caller hears nothing. Ends well when the service next says something.</summary>
    public Task HoldAnswers()
    {
        answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref held, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return answered.Task;
    }

    public void LetAnswers() => Interlocked.Exchange(ref held, null)?.TrySetResult();

    /// <summary>Breaks it in both directions.</summary>
    public void Sever() => ended.Cancel();

    internal Task MayAnswer()
    {
        if (Volatile.Read(ref held) is not { } hold) return Task.CompletedTask;
        answered?.TrySetResult();
        return hold.Task.WaitAsync(Ended);
    }
}
