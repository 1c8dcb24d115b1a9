using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Time for an order's policy to look again: the end of a maker window, the start of a slice.</summary>
[EntityName("s4-policy-due"), MessageUrn("s4-policy-due")]
public sealed record PolicyDue
{
    public required Guid OrderId { get; init; }

    /// <summary>Derived from the order and the instant, so that a replayed decision arms the same timer.</summary>
    public required Guid TimerId { get; init; }
}
