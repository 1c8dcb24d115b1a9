using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Something outside of the order has changed, such as the kill switch: its policy looks again. Repeats do nothing.</summary>
[EntityName("s4-look-again"), MessageUrn("s4-look-again")]
public sealed record LookAgain
{
    public required Guid OrderId { get; init; }
}
