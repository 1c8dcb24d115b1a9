using MassTransit;

namespace Chimera.S4.HttpAdapter.Bus;

/// <summary>A message that no queue takes is confirmed by the broker and gone, unless it was sent <c>mandatory</c>: then it comes back as an error.</summary>
static class Unrouted
{
    public static void IsAnError(SendContext context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
    }
}
