using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Tells an order what was learned of it, with the broker's confirm.</summary>
public sealed class ReportSender(BoundedSends sends)
{
    public Task Send(VenueReport report, CancellationToken cancel) => sends.Send(Queues.OrdersExchange, report, cancel);
    public Task Send(PositionFlat flat, CancellationToken cancel) => sends.Send(Queues.OrdersExchange, flat, cancel);
}
