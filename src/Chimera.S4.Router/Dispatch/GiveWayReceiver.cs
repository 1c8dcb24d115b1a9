using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Tells an intent with exits of a close beside it. Told twice is told once.</summary>
public sealed class GiveWayReceiver(BoundedSends sends)
{
    public async Task<Handled> Receive(PendingEffect effect, CancellationToken cancel)
    {
        var told = (GiveWayEffect)JsonSerializer.Deserialize<Effect>(effect.Payload, OrderDocument.Options)!;
        await sends.Send(Queues.OrdersExchange, new GiveWay { OrderId = told.OrderId, To = told.By, Seq = told.Seq, Taken = told.Taken?.Value }, cancel);
        return Handled.Done;
    }
}
