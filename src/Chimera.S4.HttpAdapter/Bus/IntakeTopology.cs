using RabbitMQ.Client;

namespace Chimera.S4.HttpAdapter.Bus;

/// <summary>Declares the intake's queue and its bindings before the router ever ran, exactly as MassTransit declares them there; so the first intent is kept and not returned.</summary>
/// <remarks>Repeats until the broker answers, then ends: what it declares is durable, and a send into a broker that has lost it is returned (<see cref="Unrouted"/>).</remarks>
sealed class IntakeTopology(BusOptions options, TimeProvider clock, ILogger<IntakeTopology> log) : BackgroundService
{
    const string Queue = "s4-intents";
    static readonly string[] Contracts = ["order-intent", "order-cancel"];
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public bool IsDeclared { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!IsDeclared)
        {
            try
            {
                await Declare(options.RabbitMq, stoppingToken);
                IsDeclared = true;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Intake queue {Queue} is not declared yet: {Reason}", Queue, failure.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    internal static async Task Declare(Uri broker, CancellationToken cancellation)
    {
        var factory = new ConnectionFactory { Uri = BusOptions.AsAmqp(broker), RequestedConnectionTimeout = TimeSpan.FromSeconds(3), AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync("s4-http-adapter topology", cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);

        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(Queue, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation);
        await channel.QueueBindAsync(Queue, exchange: Queue, routingKey: "", cancellationToken: cancellation);
        foreach (var contract in Contracts)
        {
            await channel.ExchangeDeclareAsync(contract, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation);
            await channel.ExchangeBindAsync(destination: Queue, source: contract, routingKey: "", cancellationToken: cancellation);
        }
    }
}
