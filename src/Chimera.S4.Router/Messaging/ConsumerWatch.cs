using Chimera.S4.Router.Startup;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chimera.S4.Router.Messaging;

/// <summary>
/// Looks at what the broker itself says of our queues: a consumer that died with its connection leaves an endpoint that MassTransit's own health check calls healthy (design §3.10).
/// A queue without a consumer degrades health at once, and ends the process after 30 s: a restarted one consumes.
/// </summary>
public sealed class ConsumerWatch(BusOptions bus, StartupGate gate, IHostApplicationLifetime life, TimeProvider clock, ILogger<ConsumerWatch> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(30), Bound = TimeSpan.FromSeconds(3);
    static readonly string[] Watched = [Queues.Intents, Queues.Orders, Queues.Journal, Queues.Queries];

    volatile string? problem;

    /// <summary>Null: every queue has a consumer. Else which has none, or why that is not known.</summary>
    public string? Problem => problem;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (bus.RabbitMq is not { } address) return;
        await gate.BusStarted(stop);
        var factory = new ConnectionFactory { Uri = address, AutomaticRecoveryEnabled = false };
        long? deafSince = null;
        while (!stop.IsCancellationRequested)
        {
            var deaf = await Look(factory, stop);
            deafSince = deaf is null ? null : deafSince ?? clock.GetTimestamp();
            if (deafSince is { } since && clock.GetElapsedTime(since) > Patience)
            {
                log.LogCritical("Queue {Queue} has had no consumer for {Patience}; this process ends so that a new one consumes", deaf, Patience);
                Environment.ExitCode = Hosting.ExitCodes.Failed;
                life.StopApplication();
                return;
            }
            await Task.Delay(Every, clock, stop);
        }
    }

    /// <summary>A queue that the broker says nobody consumes; null: none, or the broker does not answer, which is its own trouble and no reason to end.</summary>
    async Task<string?> Look(ConnectionFactory factory, CancellationToken stop)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bound.CancelAfter(Bound);
        try
        {
            await using var connection = await factory.CreateConnectionAsync("s4-consumer-watch", bound.Token);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: bound.Token);
            foreach (var queue in Watched)
            {
                if ((await channel.QueueDeclarePassiveAsync(queue, bound.Token)).ConsumerCount > 0) continue;
                problem = $"queue {queue} has no consumer";
                return queue;
            }
            problem = null;
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException or OperationCanceledException or TimeoutException && !stop.IsCancellationRequested)
        {
            problem = $"the broker does not answer: {failure.Message}";
        }
        return null;
    }
}
