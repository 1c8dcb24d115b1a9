// Publishes one order intent as any .NET service would, with the types of the package Chimera.S4.Contracts, and prints what becomes of it.
//
//   S4_RABBITMQ_URI=amqp://s4-publisher:…@127.0.0.1:5672/ dotnet run --project tests/clients/publishers/dotnet -- INTENT_ID SPOT BTCUSDT BUY 0.01
//
// Sending the same intent again is safe, also after a crash: it takes effect once and has the same answer.
// An order that rests is answered when it ends; the header S4-Reply-When: ACCEPTED asks for the answer at once.
using System.Globalization;
using System.Text.Json;
using Chimera.S4.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

var intent = new OrderIntent { IntentId = args[0], Market = args[1], Symbol = args[2], Side = args[3], Qty = decimal.Parse(args[4], CultureInfo.InvariantCulture) };
var patience = TimeSpan.FromSeconds(30);

var factory = new ConnectionFactory { Uri = new Uri(Environment.GetEnvironmentVariable("S4_RABBITMQ_URI")!) };
await using var connection = await factory.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));

// Answers come to an exchange of our own, which ends with this connection.
var replies = $"reply.dotnet.{Guid.NewGuid()}";
await channel.ExchangeDeclareAsync(replies, ExchangeType.Fanout, durable: false, autoDelete: true);
await channel.QueueDeclareAsync(replies, durable: false, exclusive: true, autoDelete: true);
await channel.QueueBindAsync(replies, replies, "");
var answered = new TaskCompletionSource<IntentReply>();
var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, delivery) =>
{
    answered.TrySetResult(JsonDocument.Parse(delivery.Body).RootElement.GetProperty("message").Deserialize<IntentReply>()!);
    return Task.CompletedTask;
};
await channel.BasicConsumeAsync(replies, autoAck: true, consumer);

// Throws where no queue takes it, or the broker refuses it: the intent was NOT taken then.
await channel.BasicPublishAsync("order-intent", "", mandatory: true, new BasicProperties
{
    ContentType = "application/json",
    DeliveryMode = DeliveryModes.Persistent,
    Headers = new Dictionary<string, object?> { ["MT-Response-Address"] = $"exchange:{replies}?temporary=true", ["RequestId"] = Guid.NewGuid().ToString() },
}, JsonSerializer.SerializeToUtf8Bytes(intent));
Console.Error.WriteLine("acknowledged");

var reply = await answered.Task.WaitAsync(patience);      // late: the intent stands all the same, ask again with the same intent_id
Console.WriteLine(JsonSerializer.Serialize(reply.Result));
