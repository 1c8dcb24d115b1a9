using System.Text;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Tests.Gateway;
using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.Serialization;
using Xunit;

namespace Chimera.S4.Router.Tests.Intake;

public class Raw_JSON_on_the_intake_queue
{
    static ConsumeContext Read(string exchange, string body)
    {
        var delivery = Stub<RabbitMqBasicConsumeContext>.Of((method, _) => method.Name == "get_Exchange" ? exchange : Stub.PassOn);
        var headers = new DictionarySendHeaders();
        var received = Stub<ReceiveContext>.Of((method, args) =>
        {
            switch (method.Name)
            {
                case "TryGetPayload" when method.GetGenericArguments()[0] == typeof(RabbitMqBasicConsumeContext):
                    args[0] = delivery;
                    return true;
                case "TryGetPayload": return false;
                case "HasPayloadType": return false;
                case "get_Body": return new BytesMessageBody(Encoding.UTF8.GetBytes(body));
                case "get_TransportHeaders": return headers;
                case "get_InputAddress": return new Uri("rabbitmq://localhost/s4-intents");
                case "get_CancellationToken": return CancellationToken.None;
                case "get_ElapsedTime": return TimeSpan.Zero;
                case "get_SendEndpointProvider" or "get_PublishEndpointProvider": return null;
                default: return Stub.PassOn;
            }
        });
        return new IntakeDeserializer().Deserialize(received);
    }

    [Fact]
    public void Is_an_intent_on_the_exchange_of_intents()
    {
        var context = Read("order-intent", """{"intent_id":"i","market":"SPOT","qty":0.1,"colour":"red"}""");
        Assert.True(context.TryGetMessage<OrderIntent>(out var intent));
        Assert.Equal(("i", "SPOT", 0.1m, "colour"), (intent.Message.IntentId, intent.Message.Market, intent.Message.Qty, intent.Message.Unknown!.Keys.Single()));
        Assert.False(context.TryGetMessage<CancelRequest>(out _));
    }

    [Fact]
    public void Is_a_cancel_on_the_exchange_of_cancels()
    {
        var context = Read("order-cancel", """{"intent_id":"i","reason":"RISK"}""");
        Assert.True(context.TryGetMessage<CancelRequest>(out var cancel));
        Assert.Equal(("i", "RISK"), (cancel.Message.IntentId, cancel.Message.Reason));
        Assert.False(context.TryGetMessage<OrderIntent>(out _));
    }

    [Fact]
    public void Is_an_intent_where_it_was_sent_to_the_queue_itself() => Assert.True(Read("", """{"intent_id":"i"}""").TryGetMessage<OrderIntent>(out _));

    [Theory]
    [InlineData("{\"intent_id\":", "the body is not JSON: ")]
    [InlineData("", "the body is not JSON: ")]
    [InlineData("buy some", "the body is not JSON: ")]
    [InlineData("[1]", "the body is a JSON Array, not an object")]
    [InlineData("null", "the body is a JSON Null, not an object")]
    public void Is_refused_with_a_readable_reason(string body, string says) =>
        Assert.StartsWith(says, Assert.Throws<UnreadableIntentException>(() => Read("order-intent", body)).Message, StringComparison.Ordinal);
}
