using System.Collections.Concurrent;
using MassTransit;

namespace Chimera.S4.Router.Messaging;

/// <summary>The endpoints that consume, by queue, so that one can be stopped before the bus is.</summary>
public sealed class ReceiveEndpoints : IReceiveEndpointObserver
{
    readonly ConcurrentDictionary<string, IReceiveEndpoint> consuming = new();

    /// <summary>Takes no further message of the queue, and waits for those that are being handled; what was fetched and not begun goes back to the queue.</summary>
    public Task Stop(string queue, CancellationToken bound) => consuming.TryGetValue(queue, out var endpoint) ? endpoint.Stop(bound).WaitAsync(bound) : Task.CompletedTask;

    public Task Ready(ReceiveEndpointReady ready)
    {
        consuming[ready.InputAddress.Segments[^1]] = ready.ReceiveEndpoint;
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;
    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;
    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
