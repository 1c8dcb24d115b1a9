using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>The slices of an intent and when each may start.</summary>
/// <param name="Slices">On the lot grid; each but the re-queued ones at least the venue's minimum, and together the intent's quantity.</param>
/// <param name="StartAt">When the first one may start.</param>
public sealed record TwapPlan(ImmutableArray<Quantity> Slices, DateTimeOffset StartAt, TimeSpan Gap, TimeSpan Jitter)
{
    /// <summary>By how much what is still to come has moved because slices started late: overdue ones are spread, never fired as a burst.</summary>
    public TimeSpan Shift { get; init; }

    /// <summary>How each slice is worked.</summary>
    public required Patience Patience { get; init; }

    /// <summary>No slice will follow.</summary>
    public bool IsDone { get; init; }

    /// <summary>How many slices were added for what earlier ones left unfilled.</summary>
    public int Requeued { get; init; }

    /// <summary>Deterministic: the same slice of the same order has the same jitter wherever it is computed.</summary>
    public DateTimeOffset DueOf(Guid orderId, int slice)
    {
        Span<byte> chance = stackalloc byte[16];
        SagaIds.Derive(orderId, $"slice:{slice}").TryWriteBytes(chance);
        var share = BitConverter.ToUInt32(chance) / (double)uint.MaxValue;
        return StartAt + Gap * slice + Jitter * share + Shift;
    }
}

/// <summary>One slice that waits, as an entry of <c>prod:exec:twap:queue</c> tells it.</summary>
public sealed record SliceTask(DateTimeOffset DueAt, string IntentId, string Symbol, int Slice, Quantity Qty);
