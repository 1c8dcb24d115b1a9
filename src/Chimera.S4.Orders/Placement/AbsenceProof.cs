namespace Chimera.S4.Orders;

/// <summary>What a protocol may know when it decides.</summary>
/// <param name="Now">Router clock.</param>
/// <param name="VenueNow">Exchange clock.</param>
/// <param name="StreamReconciledSince">Since when the user stream has been up and reconciled without a gap; null: it is not.</param>
/// <param name="Settle">How long after a send absence may not be concluded (<c>S4_ABSENCE_SETTLE</c>).</param>
public sealed record PlacementView(DateTimeOffset Now, DateTimeOffset VenueNow, DateTimeOffset? StreamReconciledSince, TimeSpan Settle);

/// <summary>When a placement that was sent may be called absent (design §3.5).</summary>
/// <remarks>The exchange is the fence: it refuses a request whose signed time stamp is older than the receive window, so an old epoch cannot act late.</remarks>
public static class AbsenceProof
{
    /// <summary>What the venue's own time-out allows an accepted request to linger.</summary>
    public static readonly TimeSpan EngineTimeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan ReviewAfter = TimeSpan.FromMinutes(15);

    /// <summary>After a round of looks that were all answered and all empty.</summary>
    public static PlacementEntry LookedEmpty(PlacementEntry entry, PlacementView view)
    {
        var looked = Looked(entry, view);
        // A replica that is deaf, or too early, proves nothing; nor does it void what another has seen.
        if (!MayCount(entry, view)) return looked;
        // A gap in the stream voids what was seen before it: fills may have passed unheard.
        var first = entry.FirstEmptyAt is { } since && since >= view.StreamReconciledSince ? since : view.Now;
        return looked with { FirstEmptyAt = first, LastEmptyAt = view.Now };
    }

    /// <summary>After a round in which a look was not answered: it counts for nothing.</summary>
    public static PlacementEntry Looked(PlacementEntry entry, PlacementView view) =>
        entry with { Probes = entry.Probes + 1, NeedsReview = entry.NeedsReview || view.Now - entry.SentAt >= ReviewAfter };

    /// <summary>When to look again.</summary>
    public static TimeSpan LookAgainIn(PlacementEntry entry)
    {
        var ladder = Probing.Delay(entry.Probes);
        // One empty round that counts: the second is due as soon as it may be, rather than up to 30 s later.
        return entry.FirstEmptyAt is not null && ladder > BetweenRounds ? BetweenRounds : ladder;
    }

    /// <summary>True once the epoch has been proven never to have taken effect.</summary>
    public static bool IsAbsent(PlacementEntry entry, PlacementView view) =>
        MayCount(entry, view)
        && entry.FirstEmptyAt is { } first && first >= view.StreamReconciledSince
        && entry.LastEmptyAt is { } last && last - first >= BetweenRounds;

    static bool MayCount(PlacementEntry entry, PlacementView view) =>
        view.StreamReconciledSince is not null
        && view.VenueNow > entry.Timestamp + entry.ReceiveWindow + EngineTimeout
        // By the venue's clock, as it is kept since it was asked: the one of this machine may have been set meanwhile.
        && view.VenueNow - entry.Timestamp >= view.Settle;
}
