using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>How long to rest and into how many slices to cut on one symbol, by what it costs and what the book looks like (<c>router:curves:{symbol}</c>; spec §5.1, §7).</summary>
/// <param name="Rev">From 1, and one more with every change; stands on every order that it decided.</param>
public sealed record RouteCurves(long Rev)
{
    /// <summary>The revision that this one took the place of; 0: none.</summary>
    public long PreviousRev { get; init; }
    public DateTimeOffset? MadeAt { get; init; }

    /// <summary>Milliseconds of the maker window. Empty: the deployment's default.</summary>
    public ImmutableArray<CurveRow> MakerWaitMs { get; init; } = [];

    /// <summary>Slices of a TWAP. Empty: the deployment's default.</summary>
    public ImmutableArray<CurveRow> TwapSlices { get; init; } = [];

    /// <summary>Null: every intent takes the curve's own wait.</summary>
    public Exploration? Explore { get; init; }

    /// <summary>What the daily job keeps beside what is in force; null: it has not looked yet.</summary>
    public CurveLearning? Learning { get; init; }

    /// <summary>Null: no row is about it.</summary>
    public int? WaitMs(Market market, decimal notional, decimal spreadBps, decimal depth) => CurveRow.At(MakerWaitMs, new CurvePoint(market, notional, spreadBps, depth))?.Value;

    /// <inheritdoc cref="WaitMs"/>
    public int? Slices(Market market, decimal notional) => CurveRow.At(TwapSlices, new CurvePoint(market, notional, 0, 0))?.Value;
}

/// <summary>The value of one bucket, which reaches up to the next row's lower bounds, and what it rests on.</summary>
/// <param name="Market">Null: both.</param>
/// <param name="NotionalFrom">Quote units, inclusive, as are the others.</param>
/// <param name="SpreadBpsFrom">Best ask less best bid, in basis points of the mid.</param>
/// <param name="DepthFrom">Quote units of the best three levels on the side where the order would rest.</param>
/// <param name="Samples">Observations of this very bucket.</param>
/// <param name="Low">90 % interval; null: not estimated.</param>
/// <param name="High"><inheritdoc cref="Low" path="/summary"/></param>
public sealed record CurveRow(Market? Market, decimal NotionalFrom, decimal SpreadBpsFrom, decimal DepthFrom, int Value, int Samples = 0, int? Low = null, int? High = null)
{
    /// <summary>The row that is about a point: by notional first, then by spread, then by depth; of two the one about its market alone. Null: none is.</summary>
    public static CurveRow? At(ImmutableArray<CurveRow> rows, CurvePoint point)
    {
        CurveRow? best = null;
        foreach (var row in rows)
            if (row.Holds(point) && (best is null || row.Precision.CompareTo(best.Precision) > 0)) best = row;
        return best;
    }

    /// <summary>The same bucket, whatever its value.</summary>
    public bool IsSameBucket(CurveRow other) => (Market, Precision) == (other.Market, other.Precision);

    bool Holds(CurvePoint point) => (Market is null || Market == point.Market) && NotionalFrom <= point.Notional && SpreadBpsFrom <= point.SpreadBps && DepthFrom <= point.Depth;

    (decimal, decimal, decimal, bool) Precision => (NotionalFrom, SpreadBpsFrom, DepthFrom, Market is not null);
}

/// <summary>What a curve is asked with.</summary>
public readonly record struct CurvePoint(Market Market, decimal Notional, decimal SpreadBps, decimal Depth);

/// <summary>A small part of small, unhurried intents waits as long as chance has it: without it nothing could ever be learnt of a wait that the curve does not give.</summary>
/// <param name="Share">0–0.1 inclusive.</param>
/// <param name="NotionalTo">Quote units, exclusive: larger intents always take the curve's own wait.</param>
public sealed record Exploration(decimal Share, decimal NotionalTo);

/// <summary>What the daily job remembers from one day to the next.</summary>
/// <param name="CalibratedOn">The last day that it has looked at.</param>
public sealed record CurveLearning(DateOnly CalibratedOn)
{
    /// <summary>The revision that took the place of what is kept below; 0: none. Whoever writes a later one by hand knows best what to fall back on: the job does not.</summary>
    public long MadeRev { get; init; }

    /// <summary>What was in force before, to fall back on; empty: nothing was.</summary>
    public ImmutableArray<CurveRow> PreviousWaitMs { get; init; } = [];
    public ImmutableArray<CurveRow> PreviousSlices { get; init; } = [];

    /// <summary>When what is in force came into force.</summary>
    public DateOnly? InForceSince { get; init; }

    /// <summary>Moves that are to prove themselves on another day's figures before they are made; empty: none.</summary>
    public ImmutableArray<CurveRow> ShadowWaitMs { get; init; } = [];
    public ImmutableArray<CurveRow> ShadowSlices { get; init; } = [];

    /// <summary>No move is proposed before this day, after one had to be taken back; null: any may be.</summary>
    public DateOnly? HoldUntil { get; init; }
}
