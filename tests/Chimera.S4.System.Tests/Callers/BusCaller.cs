using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace Chimera.S4.System.Tests.Callers;

enum Form { Envelope, Raw }

/// <summary>A publisher as any other service would write it: no MassTransit, confirmed and mandatory, so that a publish that returns is an acknowledgement.</summary>
sealed class BusCaller : IAsyncDisposable
{
    /// <summary>By which the broker tells it from those of S4.</summary>
    public const string ConnectionName = "system tests";

    const string EnvelopeType = "application/vnd.masstransit+json", RawType = "application/json";

    readonly IConnection connection;
    readonly IChannel channel;

    BusCaller(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    public static async Task<BusCaller> Connect(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(ConnectionName);
        return new BusCaller(connection, await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)));
    }

    public Task Publish(JsonNode intent, Form form, string? replyTo = null, Guid? requestId = null) => Publish("order-intent", intent, form, replyTo, requestId);
    public Task Cancel(JsonNode cancel, Form form, string? replyTo = null, Guid? requestId = null) => Publish("order-cancel", cancel, form, replyTo, requestId);

    Task Publish(string exchange, JsonNode message, Form form, string? replyTo, Guid? requestId) => form is Form.Raw
        ? PublishBytes(exchange, Encoding.UTF8.GetBytes(message.ToJsonString()), RawType, Headers(("MT-Response-Address", replyTo), ("RequestId", requestId?.ToString())))
        : PublishBytes(exchange, JsonSerializer.SerializeToUtf8Bytes(new
        {
            messageId = Guid.NewGuid(),
            requestId,
            responseAddress = replyTo,
            messageType = new[] { $"urn:message:{exchange}" },
            message,
            sentTime = TimeProvider.System.GetUtcNow().UtcDateTime,
            headers = new { },
        }), EnvelopeType);

    public async Task PublishBytes(string exchange, ReadOnlyMemory<byte> body, string contentType, Dictionary<string, object?>? headers = null) =>
        await channel.BasicPublishAsync(exchange, "", mandatory: true, new BasicProperties { ContentType = contentType, DeliveryMode = DeliveryModes.Persistent, Headers = headers }, body);

    /// <summary>Past every exchange, into one queue.</summary>
    public async Task PublishTo(string queue, ReadOnlyMemory<byte> body) =>
        await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, body);

    static Dictionary<string, object?> Headers(params (string Name, string? Value)[] headers) =>
        headers.Where(header => header.Value is not null).ToDictionary(header => header.Name, header => (object?)header.Value);

    /// <summary>A queue behind an exchange of the same name, for answers.</summary>
    public async Task<string> ReplyQueue(string name)
    {
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false);
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(name, name, "");
        return $"exchange:{name}";
    }

    /// <summary>The next message, or null. Its body is an envelope's content.</summary>
    public async Task<Delivery?> Take(string queue)
    {
        var got = await channel.BasicGetAsync(queue, autoAck: true);
        if (got is null) return null;
        var headers = (got.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(pair => pair.Key, pair => pair.Value is byte[] text ? Encoding.UTF8.GetString(text) : pair.Value?.ToString());
        return new Delivery(Encoding.UTF8.GetString(got.Body.Span), headers);
    }

    public async Task<uint> Count(string queue) => (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}

sealed record Delivery(string Body, IReadOnlyDictionary<string, string?> Headers);
