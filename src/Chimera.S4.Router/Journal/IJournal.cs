using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Journal;

/// <summary>The record (spec §4.1): <c>orders</c>, <c>fills</c>, <c>strategy_events</c>. Replays and reordering cannot regress it.</summary>
public interface IJournal
{
    /// <summary>Writes all of the batches or throws. Orders move forward by <c>seq</c> only; fills and events are append-only by <c>_key</c>.</summary>
    Task Write(IReadOnlyList<JournalBatch> batches, CancellationToken cancel);

    Task Ping(CancellationToken cancel);
}
