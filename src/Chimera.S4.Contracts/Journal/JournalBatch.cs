using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>What one decision adds to the record (spec §4.1). Writing it twice, or out of order, ends the same.</summary>
[EntityName("s4-journal-batch"), MessageUrn("s4-journal-batch")]
public sealed record JournalBatch
{
    public required string IntentId { get; init; }
    public OrderRecord[] Orders { get; init; } = [];
    public FillRecord[] Fills { get; init; } = [];
    public StrategyEvent[] Events { get; init; } = [];
    public MarkoutRecord[] Markouts { get; init; } = [];
}
