using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>The venue was seen to hold no position in the symbol of an order that protects one. Repeats do nothing.</summary>
[EntityName("s4-position-flat"), MessageUrn("s4-position-flat")]
public sealed record PositionFlat
{
    public required Guid OrderId { get; init; }

    /// <summary>By the venue's clock: a sight from before the order's last fill says nothing.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}
