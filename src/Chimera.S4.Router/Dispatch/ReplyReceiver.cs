using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Sends answers to those who wait for them. An address that takes none for two minutes is given up: whoever still cares sends the intent again and gets the same answer.</summary>
/// <remarks>The address is the requester's word. One that the broker refuses closes the channel that other sends share, so it must not be tried for ever.</remarks>
public sealed class ReplyReceiver(BoundedSends sends, TimeProvider clock, RouterMetrics metrics, ILogger<ReplyReceiver> log)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<Handled> Receive(PendingEffect effect, CancellationToken cancel)
    {
        var reply = JsonSerializer.Deserialize<ReplyPayload>(effect.Payload, OrderDocument.Options)!;
        try
        {
            if (reply.Intent is { } intent) await sends.Reply(reply.ReplyTo, intent, reply.RequestId, cancel);
            if (reply.Cancel is { } canceled) await sends.Reply(reply.ReplyTo, canceled, reply.RequestId, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && IsHopeless(reply))
        {
            metrics.ReplyGivenUp();
            log.LogWarning(failure, "The answer to {IntentId} is given up: {ReplyTo} has taken nothing since {At}", reply.Intent?.Result.IntentId ?? reply.Cancel?.Result.IntentId, reply.ReplyTo, reply.At);
        }
        return Handled.Done;
    }

    // What goes to our own saga is no courtesy: an order that replaces another waits for it.
    bool IsHopeless(ReplyPayload reply) => reply.ReplyTo != Queues.OrdersExchange && reply.At is { } at && clock.GetUtcNow() - at > Patience;
}
