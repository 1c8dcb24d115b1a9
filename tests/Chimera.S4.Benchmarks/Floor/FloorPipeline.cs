using System.Text.Json;
using Chimera.S4.System.Tests.Processes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Chimera.S4.Benchmarks.Floor;

/// <summary>
/// The least that keeps an order across a crash, written by hand: quorum queue → one commit to Redis (fsync) → one signed POST → one commit → ack; and for a fill: user stream → one confirmed hop →
/// one commit with the result line. No states, no policies, no proof of absence, no record.
/// </summary>
sealed class FloorPipeline(FloorExchange exchange, FloorStore store)
{
    public const string Ready = "floor is ready", Intents = "floor-intents", Reports = "floor-reports", Results = "floor:results";

    public static async Task<int> Run(string[] args)
    {
        var (broker, redis, rest, sockets) = (new Uri(args[0]), args[1], new Uri(args[2]), new Uri(args[3]));
        await FloorMetrics.Serve(new Uri(args[4]));
        var store = await FloorStore.Connect(redis);
        using var exchange = new FloorExchange(rest, sockets, SimulatorProcess.Key, SimulatorProcess.Secret);
        var pipeline = new FloorPipeline(exchange, store);
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync("floor");
        await pipeline.Consume(connection, Intents, pipeline.Intent);
        await pipeline.Consume(connection, Reports, pipeline.Report);
        var confirmed = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await exchange.Listen(async report => await confirmed.BasicPublishAsync("", Reports, mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, report), subscribed: () => Console.WriteLine(Ready));
        return 0;
    }

    async Task Consume(IConnection connection, string queue, Func<ReadOnlyMemory<byte>, Task> handle)
    {
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: 32));
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.BasicQosAsync(0, 64, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            await handle(message.Body.ToArray());
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }

    async Task Intent(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var intent = json.RootElement;
        var id = intent.GetProperty("intent_id").GetString()!;
        if (!await store.Create(id, body)) return;
        var status = await exchange.Place(intent.GetProperty("symbol").GetString()!, intent.GetProperty("side").GetString()!, intent.GetProperty("qty").GetString()!, id);
        await store.Placed(id, status);
    }

    async Task Report(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var report = json.RootElement;
        await store.Filled(report.GetProperty("c").GetString()!, report.GetProperty("z").GetString()!, report.GetProperty("L").GetString()!);
    }
}
