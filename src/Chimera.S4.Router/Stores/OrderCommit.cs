using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Stores;

/// <summary>One atomic step: document, effects, timers, indexes and result line together.</summary>
public sealed record OrderCommit
{
    public required Guid Id { get; init; }

    /// <summary>Null: create, and only if absent.</summary>
    public required int? ExpectedVersion { get; init; }

    /// <summary>The document; stored with version <see cref="ExpectedVersion"/> + 1, or 1 when created.</summary>
    public required string Document { get; init; }

    /// <summary>What the ops index shows of it.</summary>
    public required OrderLine Line { get; init; }

    /// <summary>New effects. A sequence that is pending already is left as it is.</summary>
    public IReadOnlyList<NewEffect> Effects { get; init; } = [];

    /// <summary>Effects that this step has proven done.</summary>
    public IReadOnlyList<int> DoneEffects { get; init; } = [];

    /// <summary>Timers armed; the same token again replaces due time and body.</summary>
    public IReadOnlyList<NewTimer> Arm { get; init; } = [];

    /// <summary>Timers disarmed, queued or inflight alike. Applied before <see cref="Arm"/>.</summary>
    public IReadOnlyList<Guid> Disarm { get; init; } = [];

    /// <summary>Slices that leave <c>prod:exec:twap:queue</c>, and those that join it, as canonical JSON.</summary>
    public IReadOnlyList<QueuedSlice> Unqueued { get; init; } = [];
    public IReadOnlyList<QueuedSlice> Queued { get; init; } = [];

    /// <summary>Whether S4 watches a price for it, as it is after this step; null: it is of a kind that is never watched.</summary>
    public GuardState? Guard { get; init; }

    /// <summary>Appended to <c>ord:results</c>; null: nothing to tell.</summary>
    public ResultLine? Result { get; init; }

    /// <summary>What the record gains. A store that holds the journal writes it in this very step; another stores it as a pending effect of sequence <see cref="RecordSeq"/>.</summary>
    public JournalBatch? Record { get; init; }
    public int RecordSeq { get; init; }

    /// <summary>Venue order ids that now lead to this order.</summary>
    public IReadOnlyList<VenueOrderKey> VenueOrders { get; init; } = [];

    /// <summary>Set on a final order: how long its tombstone is kept, at least 7 days. Null: the order is live, and any earlier limit is lifted.</summary>
    public TimeSpan? TombstoneTtl { get; init; }
}

/// <summary>An effect to store. <paramref name="Lease"/>: how long the committer has to carry it out before anyone else may.</summary>
/// <param name="Kind">place, cancel, query, record or reply.</param>
public sealed record NewEffect(int Seq, string Kind, string Payload, TimeSpan Lease);

public sealed record PendingEffect(Guid OrderId, int Seq, string Kind, string Payload)
{
    public EffectId Id => new(OrderId, Seq);
}

public sealed record NewTimer(Guid Token, DateTimeOffset Due, string Body);

/// <param name="Task">Canonical JSON: the same slice due at the same time is the same text.</param>
public sealed record QueuedSlice(DateTimeOffset Due, string Task);

/// <param name="Armed">Null: nothing is watched for.</param>
public sealed record GuardState(string Symbol, string IntentId, ArmedPrices? Armed);

/// <summary>Prices at which a spot order is to be woken: the middle at or below the one, at or above the other. At least one is set.</summary>
public sealed record ArmedPrices(DateTimeOffset ArmedAt, decimal? SlPx, decimal? TpPx)
{
    public bool AreReachedBy(decimal mid) => mid <= SlPx || mid >= TpPx;
}

/// <summary>A spot order that S4 watches a price for.</summary>
public sealed record ArmedGuard(Guid OrderId, string Symbol, string IntentId, ArmedPrices Prices);

public sealed record DueTimer(Guid Token, DateTimeOffset Due, string Body);

public sealed record VenueOrderKey(string Market, string Symbol, string VenueOrderId);

/// <summary>A line of the ops index.</summary>
public sealed record OrderLine(Guid Id, IntentSummary Summary);
