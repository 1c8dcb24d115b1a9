using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>How curves are learnt. The defaults are those of the field notes (4.4–4.7).</summary>
public sealed record CalibrationRules
{
    /// <summary>Fewer observations than this in a bucket, and the others of its market speak for it.</summary>
    public int MinSamples { get; init; } = 200;

    /// <summary>A wait that fewer legs have had is not moved to: resamples of a few tell too little of how far they may be out.</summary>
    public int MinTried { get; init; } = 30;

    /// <summary>So many observations of its own weigh as much as the other buckets together.</summary>
    public double Shrinkage { get; init; } = 50;
    public int Resamples { get; init; } = 200;

    /// <summary>Price of risk in the choice of slices: basis points of cost that one of standard deviation is worth.</summary>
    public double RiskAversion { get; init; } = 0.3;

    /// <summary>A revision that was taken back is followed by none for so many days.</summary>
    public int HoldDays { get; init; } = 3;
    public Exploration Explore { get; init; } = new(0.04m, 1_000);

    /// <summary>False only to show what is lost by it: a canceled order is taken for one that would never have been filled.</summary>
    internal bool Censors { get; init; } = true;

    /// <summary>Where buckets begin, in quote units, basis points and quote units.</summary>
    public static ReadOnlySpan<int> NotionalFrom => [0, 1_000, 10_000, 100_000];
    public static ReadOnlySpan<int> SpreadBpsFrom => [0, 2];
    public static ReadOnlySpan<int> DepthFrom => [0, 50_000];
}

/// <summary>What the figures say of one bucket.</summary>
/// <param name="Row">As it should be: at most one step of the grid from what it is.</param>
/// <param name="Present">As it is.</param>
/// <param name="GainBps">By how much the step is cheaper, and the 90 % interval of that.</param>
/// <param name="Costs">Expected cost of each wait of the grid, in basis points; NaN: not seen.</param>
public sealed record BucketFinding(CurveRow Row, int Present, double GainBps, double GainLow, double GainHigh, ImmutableArray<double> Costs)
{
    public bool IsMove => Row.Value != Present;

    /// <summary>The wait of the grid that seems to cost least, in milliseconds; null: nothing has been seen of any.</summary>
    public int? Cheapest
    {
        get
        {
            var best = -1;
            for (var arm = 0; arm < Costs.Length; arm++)
                if (!double.IsNaN(Costs[arm]) && (best < 0 || Costs[arm] < Costs[best])) best = arm;
            return best < 0 ? null : RouteChoice.WaitGrid[best];
        }
    }
}

/// <summary>The maker window of every bucket, one step of the grid at most nearer to where it costs least.</summary>
static class WaitCalibration
{
    public static ImmutableArray<BucketFinding> Of(IReadOnlyList<TcaRow> rows, ImmutableArray<CurveRow> present, int maxWaitMs, CalibrationRules rules, ulong seed)
    {
        int[] grid = [.. RouteChoice.WaitGrid.ToArray().Where(wait => wait <= maxWaitMs)];
        return [.. rows.Where(row => row.WaitMs is not null).GroupBy(row => row.Market).OrderBy(market => market.Key)
            .SelectMany(market => OfMarket([.. market], market.Key, present, grid, maxWaitMs, rules, seed))];
    }

    static IEnumerable<BucketFinding> OfMarket(TcaRow[] rows, Market market, ImmutableArray<CurveRow> present, int[] grid, int maxWaitMs, CalibrationRules rules, ulong seed)
    {
        var pool = new Contrasts(rows, grid, rules, seed);
        foreach (var group in rows.GroupBy(row => (Spread: LastUpTo(CalibrationRules.SpreadBpsFrom, row.SpreadBps), Depth: LastUpTo(CalibrationRules.DepthFrom, row.Depth))).OrderBy(bucket => bucket.Key))
        {
            var notionals = group.GroupBy(row => LastUpTo(CalibrationRules.NotionalFrom, row.Notional)).OrderBy(bucket => bucket.Key).ToArray();
            var findings = notionals.Select(bucket => Finding([.. bucket], market, bucket.Key, group.Key.Spread, group.Key.Depth, pool, present, grid, maxWaitMs, rules, seed)).ToArray();
            foreach (var finding in Rising(findings, grid)) yield return finding;
        }
    }

    static BucketFinding Finding(TcaRow[] rows, Market market, decimal notional, decimal spread, decimal depth, Contrasts pool, ImmutableArray<CurveRow> present, int[] grid, int maxWaitMs, CalibrationRules rules, ulong seed)
    {
        var now = CurveRow.At(present, new CurvePoint(market, notional, spread, depth))?.Value ?? maxWaitMs;
        var (from, own) = (WaitCosts.ArmOf(now, grid), rows.Length < rules.MinSamples ? null : rows.Length == pool.Rows ? pool : new Contrasts(rows, grid, rules, seed + 1));
        var costs = Contrasts.Shrunk(own, pool, from, rules.Shrinkage, -1);
        var best = Enumerable.Range(0, grid.Length).Where(arm => !double.IsNaN(costs[arm])).DefaultIfEmpty(from).MinBy(arm => (costs[arm], arm));
        var to = from + Math.Sign(best - from);
        // A wait that nobody has had says nothing of the ones behind it; it is no step.
        var gain = double.IsNaN(costs[to]) ? 0 : -costs[to];
        var (gains, bests) = (new List<double>(), new List<int>());
        for (var resample = 0; resample < rules.Resamples; resample++)
        {
            var again = Contrasts.Shrunk(own, pool, from, rules.Shrinkage, resample);
            if (!double.IsNaN(again[to])) gains.Add(-again[to]);
            bests.Add(Enumerable.Range(0, grid.Length).Where(arm => !double.IsNaN(again[arm])).DefaultIfEmpty(from).MinBy(arm => (again[arm], arm)));
        }
        gains.Sort();
        bests.Sort();
        var (low, high) = gains.Count == 0 ? (double.NaN, double.NaN) : (Samples.Quantile(gains, 0.05), Samples.Quantile(gains, 0.95));
        var moves = to != from && low > 0 && pool.Rows >= rules.MinSamples && pool.LegsWith(to) >= rules.MinTried;
        var row = new CurveRow(market, notional, spread, depth, moves ? grid[to] : now, rows.Length, grid[bests[(int)(bests.Count * 0.05)]], grid[bests[(int)(bests.Count * 0.95)]]);
        return new BucketFinding(row, now, gain, low, high, [.. costs]);
    }

    // A larger order costs more to take, so that waiting is worth as much or more: the curve never falls in notional, and never zig-zags.
    static IEnumerable<BucketFinding> Rising(BucketFinding[] findings, int[] grid)
    {
        var level = Isotonic.Rising([.. findings.Select(one => (double)WaitCosts.ArmOf(one.Row.Value, grid))], [.. findings.Select(one => 1.0 + one.Row.Samples)]);
        return findings.Select((one, i) =>
        {
            var from = WaitCosts.ArmOf(one.Present, grid);
            var to = Math.Clamp((int)Math.Round(level[i]), from - 1, from + 1);
            return to == from ? one with { Row = one.Row with { Value = one.Present } } : one with { Row = one.Row with { Value = grid[to] } };
        });
    }

    static int LastUpTo(ReadOnlySpan<int> bounds, double value)
    {
        var last = bounds[0];
        foreach (var bound in bounds)
            if (bound <= value) last = bound;
        return last;
    }
}

/// <summary>The costs of every wait, as they are and in resamples, each against another wait's; so that what all have in common falls out.</summary>
sealed class Contrasts
{
    readonly WaitCosts costs;
    readonly double[] once;
    readonly double[][] resampled;

    public Contrasts(IReadOnlyList<TcaRow> rows, int[] grid, CalibrationRules rules, ulong seed)
    {
        costs = new WaitCosts(rows, grid, rules.Censors);
        once = costs.Of();
        resampled = new double[rules.Resamples][];
        var (draws, times) = (new Draws(seed), new int[WaitCosts.Groups]);
        for (var resample = 0; resample < rules.Resamples; resample++)
        {
            for (var group = 0; group < times.Length; group++) times[group] = draws.Multiplicity();
            resampled[resample] = costs.Of(times);
        }
    }

    public int Rows => costs.Rows;
    public int LegsWith(int arm) => costs.PerWait[arm];

    /// <param name="own">Null: too few.</param>
    /// <param name="resample">Below 0: none.</param>
    public static double[] Shrunk(Contrasts? own, Contrasts pool, int from, double shrinkage, int resample)
    {
        var (all, mine) = (pool.Of(resample), own?.Of(resample));
        return [.. all.Select((cost, arm) =>
        {
            var (prior, seen) = (cost - all[from], mine is null ? double.NaN : mine[arm] - mine[from]);
            if (double.IsNaN(seen)) return prior;
            if (double.IsNaN(prior)) return seen;
            var weight = own!.costs.TakenPerWait[arm] / (own.costs.TakenPerWait[arm] + shrinkage);
            return weight * seen + (1 - weight) * prior;
        })];
    }

    double[] Of(int resample) => resample < 0 ? once : resampled[resample];
}
