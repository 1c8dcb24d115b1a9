using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Sends answers to those who wait for them.</summary>
public sealed class ReplyReceiver(BoundedSends sends)
{
    public async Task<Handled> Receive(PendingEffect effect, CancellationToken cancel)
    {
        var reply = JsonSerializer.Deserialize<ReplyPayload>(effect.Payload, OrderDocument.Options)!;
        if (reply.Intent is { } intent) await sends.Reply(reply.ReplyTo, intent, reply.RequestId, cancel);
        if (reply.Cancel is { } canceled) await sends.Reply(reply.ReplyTo, canceled, reply.RequestId, cancel);
        return Handled.Done;
    }
}
