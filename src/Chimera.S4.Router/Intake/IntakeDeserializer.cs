using System.Net.Mime;
using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;
using MassTransit;
using MassTransit.Context;
using MassTransit.RabbitMqTransport;
using MassTransit.Serialization;

namespace Chimera.S4.Router.Intake;

/// <summary>
/// Reads raw JSON (content-type <c>application/json</c>, or none) on the intake queue. Which message it is follows from the exchange that it was published to, so that a publisher in any
/// language needs no header; MassTransit's own raw deserializer would offer every body to every consumer of the queue.
/// </summary>
sealed class IntakeDeserializer : ISerializerFactory, IMessageDeserializer
{
    // Not AnyMessageType: the type is known.
    const RawSerializerOptions Options = RawSerializerOptions.CopyHeaders;

    static readonly string[] Intent = [MessageUrn.ForTypeString<OrderIntent>()], Cancel = [MessageUrn.ForTypeString<CancelRequest>()];

    public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;
    public IMessageSerializer CreateSerializer() => new SystemTextJsonRawMessageSerializer();
    public IMessageDeserializer CreateDeserializer() => this;
    public void Probe(ProbeContext context) => context.CreateScope("intake-json");
    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public ConsumeContext Deserialize(ReceiveContext receiveContext)
    {
        var exchange = receiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) ? delivery.Exchange : "";
        return new BodyConsumeContext(receiveContext, Read(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress, exchange == Queues.CancelExchange ? Cancel : Intent));
    }

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) => Read(body, headers, destinationAddress, Intent);

    SystemTextJsonRawSerializerContext Read(MessageBody body, Headers headers, Uri? address, string[] types)
    {
        JsonElement message;
        try
        {
            message = JsonSerializer.Deserialize<JsonElement>(body.GetBytes());
        }
        catch (JsonException malformed)
        {
            throw new UnreadableIntentException($"the body is not JSON: {malformed.Message}");
        }
        if (message.ValueKind is not JsonValueKind.Object) throw new UnreadableIntentException($"the body is a JSON {message.ValueKind}, not an object");
        return new SystemTextJsonRawSerializerContext(SystemTextJsonMessageSerializer.Instance, SystemTextJsonMessageSerializer.Options, ContentType, new RawMessageContext(headers, address, Options), types,
            Options, message);
    }
}
