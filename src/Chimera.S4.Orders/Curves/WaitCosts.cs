namespace Chimera.S4.Orders;

/// <summary>
/// What a leg of one bucket is expected to cost with each wait of the grid (field notes 4.6): C(w) = Σ over fills until w of dF·m + S(w)·t(w). F = 1 − S is the fill curve by the product limit (Kaplan
/// and Meier 1958), in which a cancel of ours counts as one that might yet have been filled; m is the cost of a made fill, t(w) that of taking after having waited w in vain, which never falls as w grows. Every figure is weighted by the inverse of the chance that its wait had.
/// </summary>
sealed class WaitCosts
{
    /// <summary>Rows are resampled in groups, which is as good as one by one as long as there are many groups, and costs what the groups cost.</summary>
    public const int Groups = 100;
    const double HeaviestWeight = 20;
    const int BinsPerStep = 8;

    // Of a bin of time: what was filled in it, what those fills cost, and what left the book unfilled. Of a wait: what was taken after it, and the cost of that.
    const int Filled = 0, FilledCost = 1, Left = 2, PerBin = 3, Weight = 0, Cost = 1, PerArm = 2;

    readonly int arms, taken;
    readonly double[] edges;                    // ends of the bins of time, inclusive; every horizon is one of them
    readonly int[] horizonBins;                 // -1: at once
    readonly double[][] groups;                 // bins, then from `taken` on arms: one row of figures, so that a resample is a sum of rows

    public WaitCosts(IReadOnlyList<TcaRow> rows, int[] grid, bool censors = true)
    {
        (Rows, arms, PerWait, TakenPerWait) = (rows.Count, grid.Length, new int[grid.Length], new int[grid.Length]);
        var horizons = Horizons(rows, grid);
        edges = [.. horizons.Zip(horizons.Skip(1)).SelectMany(step => Enumerable.Range(1, BinsPerStep).Select(i => i == BinsPerStep ? step.Second : step.First + (step.Second - step.First) * i / BinsPerStep))];
        horizonBins = [.. horizons.Select((_, arm) => arm * BinsPerStep - 1)];
        taken = (edges.Length + 1) * PerBin;
        groups = new double[Groups][];
        for (var group = 0; group < Groups; group++) groups[group] = new double[taken + arms * PerArm];
        var armOf = rows.Select(row => ArmOf(row.WaitMs!.Value, grid)).ToArray();
        var shares = ArmShares(armOf);
        var (made, took) = (Winsorised(rows, row => row.MakerBps), Winsorised(rows, row => row.TakerBps));
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, group, arm) = (rows[i], groups[i % Groups], armOf[i]);
            var (weight, left) = (Math.Min(HeaviestWeight, shares[arm] / row.Propensity), 1 - row.MadeShare);
            PerWait[arm]++;
            // A share that is filled and one that is not leave the book at different times.
            if (row.MadeShare > 0)
            {
                var bin = BinOf(row.MadeMs) * PerBin;
                group[bin + Filled] += weight * row.MadeShare;
                group[bin + FilledCost] += weight * row.MadeShare * made[i];
            }
            if (left > 0) group[(censors ? BinOf(row.RestedMs) : edges.Length) * PerBin + Left] += weight * left;
            if (row.TakerBps is null) continue;
            TakenPerWait[arm]++;
            group[taken + arm * PerArm + Weight] += weight * left;
            group[taken + arm * PerArm + Cost] += weight * left * took[i];
        }
    }

    public int Rows { get; }

    /// <summary>How many legs had each wait.</summary>
    public int[] PerWait { get; }

    /// <summary>How many legs were taken after each wait: what t(w) rests on.</summary>
    public int[] TakenPerWait { get; }

    /// <summary>NaN: nothing has been seen of such a wait.</summary>
    /// <param name="times">How often each group counts in a resample; null: once.</param>
    public double[] Of(int[]? times = null)
    {
        var all = new double[taken + arms * PerArm];
        for (var group = 0; group < Groups; group++)
            if ((times?[group] ?? 1) is > 0 and var often)
                for (var i = 0; i < all.Length; i++) all[i] += often * groups[group][i];
        var (take, costs, arm) = (TakeCosts(all.AsSpan(taken)), new double[arms], 0);
        var (atRisk, unfilled, made) = (0.0, 1.0, 0.0);
        for (var bin = 0; bin < taken; bin += PerBin) atRisk += all[bin + Filled] + all[bin + Left];
        for (var bin = -1; bin < edges.Length; bin++)
        {
            if (bin >= 0)
            {
                var (filled, cost, left) = (all[bin * PerBin + Filled], all[bin * PerBin + FilledCost], all[bin * PerBin + Left]);
                if (atRisk > 0 && filled > 0)
                {
                    var step = unfilled * Math.Min(1, filled / atRisk);
                    (made, unfilled) = (made + step * cost / filled, unfilled - step);
                }
                atRisk -= filled + left;
            }
            for (; arm < arms && horizonBins[arm] == bin; arm++) costs[arm] = made + unfilled * take[arm];
        }
        return costs;
    }

    double[] TakeCosts(ReadOnlySpan<double> sums)
    {
        var (seen, means, weights) = (new List<int>(arms), new List<double>(arms), new List<double>(arms));
        for (var arm = 0; arm < arms; arm++)
        {
            var weight = sums[arm * PerArm + Weight];
            if (weight <= 0) continue;
            seen.Add(arm);
            means.Add(sums[arm * PerArm + Cost] / weight);
            weights.Add(weight);
        }
        var rising = Isotonic.Rising(means, weights);
        var costs = new double[arms];
        Array.Fill(costs, double.NaN);
        for (var i = 0; i < seen.Count; i++) costs[seen[i]] = rising[i];
        // Where all who waited so long were filled, nobody was taken: it would have cost no more than after the next longer wait, or else what it costs after the longest.
        for (var arm = 0; arm < arms; arm++)
            if (double.IsNaN(costs[arm]) && PerWait[arm] > 0 && seen.Count > 0) costs[arm] = seen.FindIndex(known => known > arm) is >= 0 and var longer ? rising[longer] : rising[^1];
        return costs;
    }

    // Where so little had come half-way that waiting was given up, a window is rested for half.
    static double[] Horizons(IReadOnlyList<TcaRow> rows, int[] grid)
    {
        var rests = rows.Where(row => row is { MadeShare: < 1, WaitMs: > 0, RestedMs: > 0 }).Select(row => row.RestedMs / row.WaitMs!.Value).ToArray();
        Array.Sort(rests);
        var rested = rests.Length == 0 ? 1 : Math.Min(1, Samples.Quantile(rests, 0.5));
        return [.. grid.Select(wait => wait * rested)];
    }

    // A fill whose cost is not known costs what the others do: left out, it would seem never to have come.
    static double[] Winsorised(IReadOnlyList<TcaRow> rows, Func<TcaRow, double?> cost)
    {
        var known = Samples.Winsorised([.. rows.Select(cost).OfType<double>()]);
        var (mean, next) = (known.Length == 0 ? 0 : known.Average(), 0);
        return [.. rows.Select(row => cost(row) is null ? mean : known[next++])];
    }

    int BinOf(double ms)
    {
        var at = Array.BinarySearch(edges, ms);
        return at >= 0 ? at : ~at;
    }

    // Stabilised: a wait that is seldom drawn weighs more than one of its rows, and yet not more than its share of all rows.
    double[] ArmShares(int[] armOf)
    {
        var shares = new double[arms];
        foreach (var arm in armOf) shares[arm] += 1.0 / armOf.Length;
        return shares;
    }

    /// <summary>The nearest wait of the grid.</summary>
    public static int ArmOf(int waitMs, int[] grid)
    {
        var best = 0;
        for (var arm = 1; arm < grid.Length; arm++)
            if (Math.Abs(grid[arm] - waitMs) < Math.Abs(grid[best] - waitMs)) best = arm;
        return best;
    }
}
