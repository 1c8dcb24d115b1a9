using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Tracing;

/// <param name="IntentId">Null: the message does not say.</param>
/// <param name="ClientOrderId">Null: it is about the intent, or does not say.</param>
readonly record struct Subject(Guid Id, string? IntentId = null, string? ClientOrderId = null);

/// <summary>Which order a message is about.</summary>
static class OrderOf
{
    /// <summary>Null: it is about none, or says so in other words.</summary>
    public static Subject? Message(object message) => message switch
    {
        OrderIntent { Id: { } intent } => new(SagaIds.Of(intent), intent),
        VenueReport report => new(report.OrderId, ClientOrderId: report.ClientOrderId),
        CancelOrder cancel => new(cancel.OrderId),
        ProbeDue probe => new(probe.OrderId),
        PolicyDue wake => new(wake.OrderId),
        PriceReached reached => new(reached.OrderId),
        LookAgain look => new(look.OrderId),
        PositionFlat flat => new(flat.OrderId),
        ExitsFound found => new(found.OrderId),
        GiveWay way => new(way.OrderId),
        _ => null,
    };
}
