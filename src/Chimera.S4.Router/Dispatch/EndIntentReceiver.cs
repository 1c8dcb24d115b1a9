using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Asks another intent to end, again and again until its answer has come: asking twice is asking once.</summary>
public sealed class EndIntentReceiver(BoundedSends sends)
{
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(15);

    public async Task<Handled> Receive(PendingEffect effect, CancellationToken cancel)
    {
        var ask = (EndIntentEffect)JsonSerializer.Deserialize<Effect>(effect.Payload, OrderDocument.Options)!;
        // The answer names the order that asked by the request id.
        await sends.Send(Queues.OrdersExchange, new CancelOrder { OrderId = ask.OrderId, CancelId = effect.OrderId, Reason = "REPLACED", ReplyTo = Queues.OrdersExchange, RequestId = effect.OrderId }, cancel);
        return Handled.After(AskAgain);
    }
}
