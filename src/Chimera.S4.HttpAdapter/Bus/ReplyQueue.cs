using MassTransit;

namespace Chimera.S4.HttpAdapter.Bus;

/// <summary>Opens the bus's reply queue at the start, on whatever bus the process has; otherwise the first caller would wait for its creation.</summary>
sealed class ReplyQueue(IBus bus) : IHostedService
{
    ConnectHandle? listening;

    // MassTransit opens the queue with the first listener. This one hears nothing: no request has its id.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        listening = bus.ConnectRequestPipe(NewId.NextGuid(), Pipe.Empty<ConsumeContext<IntentReply>>());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        listening?.Disconnect();
        return Task.CompletedTask;
    }
}
