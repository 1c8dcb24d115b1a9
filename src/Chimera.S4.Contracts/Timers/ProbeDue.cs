using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Time to ask the venue again about an order whose evidence is incomplete.</summary>
[EntityName("s4-probe-due"), MessageUrn("s4-probe-due")]
public sealed record ProbeDue
{
    public required Guid OrderId { get; init; }

    /// <summary>Derived from the order and the probe's number, so that a replayed decision arms the same timer.</summary>
    public required Guid TimerId { get; init; }
}
