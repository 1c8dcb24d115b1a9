using Chimera.S4.Contracts;
using Chimera.S4.Router.Startup;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chimera.S4.Router.Messaging;

/// <summary>
/// Looks at what the broker itself says of our queues: a consumer that died with its connection leaves an endpoint that MassTransit's own health check calls healthy (design §3.10).
/// A queue without a consumer degrades health at once, and ends the process after 30 s: a restarted one consumes.
/// </summary>
public sealed class ConsumerWatch(BusOptions bus, StartupGate gate, IHostApplicationLifetime life, TimeProvider clock, QueueMetrics metrics, ILogger<ConsumerWatch> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(30), Bound = TimeSpan.FromSeconds(3);
    static readonly string[] Watched = [Queues.Intents, Queues.Orders, Queues.Journal, Queues.Queries];

    volatile string? problem;
    volatile QueueView[] queues = [];

    /// <summary>Null: every queue has a consumer. Else which has none, or why that is not known.</summary>
    public string? Problem => problem;

    /// <summary>The queues as they were a few seconds ago; none in memory, where nothing waits outside this process.</summary>
    public QueuesView Seen => new() { Bus = bus.RabbitMq is null ? "MEMORY" : "RABBITMQ", Queues = queues, Problem = problem };

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (bus.RabbitMq is not { } address) return;
        await gate.BusStarted(stop);
        var factory = new ConnectionFactory { Uri = address, AutomaticRecoveryEnabled = false };
        long? deafSince = null;
        while (!stop.IsCancellationRequested)
        {
            // A queue that is no longer consumed on purpose is no trouble.
            if (gate.IsStopping) return;
            var deaf = await Look(factory, stop);
            foreach (var queue in queues) metrics.Found(queue);
            deafSince = deaf is null ? null : deafSince ?? clock.GetTimestamp();
            if (!gate.IsStopping && deafSince is { } since && clock.GetElapsedTime(since) > Patience)
            {
                log.LogCritical("Queue {Queue} has had no consumer for {Patience}; this process ends so that a new one consumes", deaf, Patience);
                Environment.ExitCode = Hosting.ExitCodes.Failed;
                gate.GoDeaf();
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
            queues = await Depths(connection, bound.Token);
            var deaf = queues.FirstOrDefault(queue => queue.Consumers == 0)?.Name;
            problem = deaf is null ? null : $"queue {deaf} has no consumer";
            if (deaf is not null) return deaf;
            queues = await WithErrors(connection, queues, bound.Token);
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException or OperationCanceledException or TimeoutException && !stop.IsCancellationRequested)
        {
            problem = $"the broker does not answer: {failure.Message}";
        }
        return null;
    }

    async Task<QueueView[]> Depths(IConnection connection, CancellationToken stop)
    {
        var (seen, before) = (new List<QueueView>(), queues);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
        foreach (var queue in Watched)
        {
            var told = await channel.QueueDeclarePassiveAsync(queue, stop);
            seen.Add(new QueueView { Name = queue, Ready = told.MessageCount, Consumers = told.ConsumerCount, Errors = before.FirstOrDefault(known => known.Name == queue)?.Errors ?? 0 });
        }
        return [.. seen];
    }

    static async Task<QueueView[]> WithErrors(IConnection connection, QueueView[] queues, CancellationToken stop)
    {
        var seen = new List<QueueView>();
        foreach (var queue in queues) seen.Add(queue with { Errors = await Waiting(connection, $"{queue.Name}_error", stop) + await Waiting(connection, $"{queue.Name}_skipped", stop) });
        return [.. seen];
    }

    // Made with the first message that goes there: until then the broker answers 404, which costs the channel.
    static async Task<long> Waiting(IConnection connection, string queue, CancellationToken stop)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, stop)).MessageCount;
        }
        catch (OperationInterruptedException none) when (none.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0;
        }
    }
}
