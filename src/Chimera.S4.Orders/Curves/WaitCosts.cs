namespace Chimera.S4.Orders;

/// <summary>
/// What a leg of one bucket is expected to cost with each wait of the grid (field notes 4.6): C(w) = Σ over fills until w of dF·m + S(w)·t(w). F is the fill curve with our own cancels censored, m the
/// cost of a made fill, t(w) that of taking after having waited w in vain, which never falls as w grows. Every figure is weighted by the inverse of the chance that its wait had.
/// </summary>
sealed class WaitCosts
{
    /// <summary>Rows are resampled in groups, which is as good as one by one as long as there are many groups, and costs what the groups cost.</summary>
    public const int Groups = 100;
    const double HeaviestWeight = 20;
    const int BinsPerStep = 8;

    readonly int arms;
    readonly double[] edges;                    // ends of the bins of time, inclusive; every horizon is one of them
    readonly int[] horizonBins;                 // -1: at once
    readonly Bin[,] bins;
    readonly Sum[,] taken;

    record struct Bin(double Filled, double FilledCost, double Left);
    record struct Sum(double Weight, double Cost);

    public WaitCosts(IReadOnlyList<TcaRow> rows, IReadOnlyList<int> grid, bool censors = true)
    {
        (Rows, arms, TakenPerArm) = (rows.Count, grid.Count, new int[grid.Count]);
        var horizons = Horizons(rows, grid);
        edges = [.. horizons.Zip(horizons.Skip(1)).SelectMany(step => Enumerable.Range(1, BinsPerStep).Select(i => i == BinsPerStep ? step.Second : step.First + (step.Second - step.First) * i / BinsPerStep))];
        horizonBins = [.. horizons.Select((_, arm) => arm * BinsPerStep - 1)];
        (bins, taken) = (new Bin[Groups, edges.Length + 1], new Sum[Groups, arms]);
        var shares = ArmShares(rows, grid);
        var (made, took) = (Winsorised(rows, row => row.MakerBps), Winsorised(rows, row => row.TakerBps));
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, group, arm) = (rows[i], i % Groups, ArmOf(rows[i].WaitMs, grid));
            var (weight, left) = (Math.Min(HeaviestWeight, shares[arm] / row.Propensity), 1 - row.MadeShare);
            // A share that is filled and one that is not leave the book at different times.
            if (row.MadeShare > 0) Add(ref bins[group, BinOf(row.MadeMs)], new Bin(weight * row.MadeShare, weight * row.MadeShare * made[i], 0));
            if (left > 0) Add(ref bins[group, censors ? BinOf(row.RestedMs) : edges.Length], new Bin(0, 0, weight * left));
            if (row.TakerBps is null) continue;
            TakenPerArm[arm]++;
            taken[group, arm] = new Sum(taken[group, arm].Weight + weight * left, taken[group, arm].Cost + weight * left * took[i]);
        }
    }

    public int Rows { get; }

    /// <summary>How many legs were taken after each wait: what t(w) rests on.</summary>
    public int[] TakenPerArm { get; }

    /// <summary>NaN: nothing has been seen of such a wait.</summary>
    /// <param name="times">How often each group counts in a resample; null: once.</param>
    public double[] Of(int[]? times = null)
    {
        var all = new Bin[edges.Length + 1];
        for (var group = 0; group < Groups; group++)
            if ((times?[group] ?? 1) is > 0 and var often)
                for (var bin = 0; bin < all.Length; bin++) Add(ref all[bin], bins[group, bin], often);
        var (take, costs, arm) = (TakeCosts(times), new double[arms], 0);
        var (atRisk, unfilled, made) = (all.Sum(bin => bin.Filled + bin.Left), 1.0, 0.0);
        for (var bin = -1; bin < edges.Length; bin++)
        {
            if (bin >= 0)
            {
                if (atRisk > 0 && all[bin].Filled > 0)
                {
                    var step = unfilled * Math.Min(1, all[bin].Filled / atRisk);
                    (made, unfilled) = (made + step * all[bin].FilledCost / all[bin].Filled, unfilled - step);
                }
                atRisk -= all[bin].Filled + all[bin].Left;
            }
            for (; arm < arms && horizonBins[arm] == bin; arm++) costs[arm] = made + unfilled * take[arm];
        }
        return costs;
    }

    double[] TakeCosts(int[]? times)
    {
        var (sums, weights) = (new double[arms], new double[arms]);
        for (var group = 0; group < Groups; group++)
            for (var arm = 0; arm < arms; arm++)
                (sums[arm], weights[arm]) = (sums[arm] + (times?[group] ?? 1) * taken[group, arm].Cost, weights[arm] + (times?[group] ?? 1) * taken[group, arm].Weight);
        int[] seen = [.. Enumerable.Range(0, arms).Where(arm => weights[arm] > 0)];
        var rising = Isotonic.Rising([.. seen.Select(arm => sums[arm] / weights[arm])], [.. seen.Select(arm => weights[arm])]);
        var costs = Enumerable.Repeat(double.NaN, arms).ToArray();
        for (var i = 0; i < seen.Length; i++) costs[seen[i]] = rising[i];
        return costs;
    }

    // Where so little had come half-way that waiting was given up, a window is rested for half.
    static double[] Horizons(IReadOnlyList<TcaRow> rows, IReadOnlyList<int> grid)
    {
        var rests = rows.Where(row => row is { MadeShare: < 1, WaitMs: > 0, RestedMs: > 0 }).Select(row => row.RestedMs / row.WaitMs).Order().ToArray();
        var rested = rests.Length == 0 ? 1 : Math.Min(1, Samples.Quantile(rests, 0.5));
        return [.. grid.Select(wait => wait * rested)];
    }

    static double[] Winsorised(IReadOnlyList<TcaRow> rows, Func<TcaRow, double?> cost)
    {
        var (tame, next) = (Samples.Winsorised([.. rows.Select(cost).OfType<double>()]), 0);
        return [.. rows.Select(row => cost(row) is null ? 0 : tame[next++])];
    }

    int BinOf(double ms)
    {
        var at = Array.BinarySearch(edges, ms);
        return at >= 0 ? at : ~at;
    }

    static void Add(ref Bin to, Bin more, int often = 1) => to = new Bin(to.Filled + often * more.Filled, to.FilledCost + often * more.FilledCost, to.Left + often * more.Left);

    // Stabilised: a wait that is seldom drawn weighs more than one of its rows, and yet not more than its share of all rows.
    static double[] ArmShares(IReadOnlyList<TcaRow> rows, IReadOnlyList<int> grid)
    {
        var shares = new double[grid.Count];
        foreach (var row in rows) shares[ArmOf(row.WaitMs, grid)] += 1.0 / rows.Count;
        return shares;
    }

    /// <summary>The nearest wait of the grid.</summary>
    public static int ArmOf(int waitMs, IReadOnlyList<int> grid)
    {
        var best = 0;
        for (var arm = 1; arm < grid.Count; arm++)
            if (Math.Abs(grid[arm] - waitMs) < Math.Abs(grid[best] - waitMs)) best = arm;
        return best;
    }
}
