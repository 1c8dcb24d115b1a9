using MassTransit;
using MassTransit.RabbitMqTransport;

namespace Chimera.S4.Router.Intake;

/// <summary>When a message was published, as its publisher says: the envelope's <c>sentTime</c>, else the AMQP <c>timestamp</c> property. Null: neither is given, and receipt stands in.</summary>
static class PublishTime
{
    public static DateTime? Of(ConsumeContext context)
    {
        if (context.SentTime is { } sent) return sent;
        var stamp = context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) ? delivery.Properties.Timestamp.UnixTime : 0;
        return stamp > 0 ? DateTimeOffset.FromUnixTimeSeconds(stamp).UtcDateTime : null;
    }
}
