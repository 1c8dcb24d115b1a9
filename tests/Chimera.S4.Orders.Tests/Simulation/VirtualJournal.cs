namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>The journal of placements as the stores keep it: each call is atomic, the first resolution stands.</summary>
class VirtualJournal(World world)
{
    /// <summary>Stands for the seven days of a resolved entry, so that a sleeper can outlive them within a story.</summary>
    const double KeepResolved = 8;

    sealed record Kept(PlacementEntry Entry, IReadOnlyList<Finding>? Resolution, double ResolvedAt);

    readonly Dictionary<string, Kept> entries = [];

    public virtual PlacementEntry? Load(string clientOrderId) =>
        Find(clientOrderId) is { } kept ? kept.Entry with { Resolution = kept.Resolution is null ? null : "known" } : null;

    public IReadOnlyList<Finding>? Resolution(string clientOrderId) => Find(clientOrderId)?.Resolution;

    public virtual bool TryBegin(PlacementEntry entry)
    {
        if (Find(entry.ClientOrderId) is not null) return false;
        entries[entry.ClientOrderId] = new(entry, null, 0);
        return true;
    }

    public virtual bool TryAdvance(PlacementEntry entry) => Write(entry, entry.Epoch - 1);

    public void NoteProbe(PlacementEntry entry) => Write(entry, entry.Epoch);

    public bool Resolve(string clientOrderId, int? ofEpoch, IReadOnlyList<Finding> resolution)
    {
        var kept = Find(clientOrderId);
        if (kept is null || kept.Resolution is not null || ofEpoch is { } epoch && epoch != kept.Entry.Epoch) return false;
        entries[clientOrderId] = kept with { Resolution = resolution, ResolvedAt = world.Now };
        return true;
    }

    protected bool Write(PlacementEntry entry, int expected)
    {
        if (Find(entry.ClientOrderId) is not { Resolution: null } kept || kept.Entry.Epoch != expected) return false;
        entries[entry.ClientOrderId] = kept with { Entry = entry };
        return true;
    }

    protected void Force(PlacementEntry entry) => entries[entry.ClientOrderId] = new(entry, null, 0);

    Kept? Find(string clientOrderId)
    {
        if (!entries.TryGetValue(clientOrderId, out var kept)) return null;
        // Within seven days every commit that hangs on the entry has been made; a shorter stand-in must not come before it.
        if (kept.Resolution is null || world.Now - kept.ResolvedAt < KeepResolved || world.Store.AwaitsPlacement(clientOrderId)) return kept;
        entries.Remove(clientOrderId);
        return null;
    }
}
