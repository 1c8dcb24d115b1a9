using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>What a decision adds to the record (spec §4.1), or several that came together. Writing it twice, or out of order, ends the same.</summary>
[EntityName("s4-journal-batch"), MessageUrn("s4-journal-batch")]
public sealed record JournalBatch
{
    /// <summary>Whose decision it was; of several, the first. Each row names its own.</summary>
    public required string IntentId { get; init; }
    public OrderRecord[] Orders { get; init; } = [];
    public FillRecord[] Fills { get; init; } = [];
    public StrategyEvent[] Events { get; init; } = [];
    public MarkoutRecord[] Markouts { get; init; } = [];
}
