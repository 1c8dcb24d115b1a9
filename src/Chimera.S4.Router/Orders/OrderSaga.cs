using Chimera.S4.Orders;
using MassTransit;

namespace Chimera.S4.Router.Orders;

/// <summary>The saga of one intent: a thin shell around its document.</summary>
public sealed class OrderSaga : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }
    public int Version { get; set; }
    public string CurrentState { get; set; } = "Initial";

    /// <summary>Null only between creation and the first step.</summary>
    public Order? Order { get; set; }

    /// <summary>Token of the armed probe timer; null: none is armed.</summary>
    public Guid? ProbeToken { get; set; }

    /// <summary>Token of the armed policy timer; null: none is armed.</summary>
    public Guid? PolicyToken { get; set; }

    /// <summary>The step that accepted the intent, as W3C traceparent; null: it is not traced.</summary>
    public string? Trace { get; set; }
}
