namespace Chimera.S4.Router.Stores;

/// <summary>What every store demands of a commit before it writes anything.</summary>
static class CommitRules
{
    /// <summary>Shorter would let a replayed intent trade twice (design §3.4).</summary>
    public static readonly TimeSpan ShortestTombstone = TimeSpan.FromDays(7);

    /// <exception cref="ArgumentException">The commit contradicts itself or the design.</exception>
    public static void Check(OrderCommit commit)
    {
        if (commit.Line.Id != commit.Id)
            throw new ArgumentException($"the line is of order {commit.Line.Id}, the commit of {commit.Id}", nameof(commit));
        if (commit.ExpectedVersion is < 1)
            throw new ArgumentException($"versions start at 1; expected {commit.ExpectedVersion}", nameof(commit));
        if (commit.TombstoneTtl is { } ttl && ttl < ShortestTombstone)
            throw new ArgumentException($"a tombstone is kept at least {ShortestTombstone.TotalDays} days; asked {ttl}", nameof(commit));
        if (commit.Record is not null && commit.RecordSeq < 1)
            throw new ArgumentException("a record needs a sequence from 1", nameof(commit));
        if (commit.Effects.Any(effect => effect.Seq < 1 || effect.Kind.Contains('\n') || effect.Lease < TimeSpan.Zero))
            throw new ArgumentException("an effect has a sequence from 1, a kind of one line and no negative lease", nameof(commit));
    }
}
