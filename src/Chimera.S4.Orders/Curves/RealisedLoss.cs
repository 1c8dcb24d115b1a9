namespace Chimera.S4.Orders;

/// <summary>What orders have really cost under the revision in force, against those under the one before: the mean difference in basis points, and its 95 % band. Positive: dearer.</summary>
readonly record struct RealisedLoss(double Bps, double Low, double High)
{
    public bool IsBeyondItsBand => Low > 0;

    /// <summary>Null: too few of either to say.</summary>
    public static RealisedLoss? Of(RouteCurves curves, IReadOnlyList<TcaRow> rows, CalibrationRules rules)
    {
        // A made fill that nobody watched costs what the others do: left out, the wait that makes more would seem to take more.
        double[] known = Samples.Winsorised([.. rows.Select(row => row.MakerBps).OfType<double>()]);
        double? made = known.Length == 0 ? null : known.Average();
        double? Cost(TcaRow row) => (row.MadeShare > 0 ? row with { MakerBps = row.MakerBps ?? made } : row).CostBps;
        // What waited as chance would have it says nothing of either.
        var plain = rows.Where(row => row.Propensity > 0.5 && Cost(row) is not null).ToLookup(row => row.Rev, row => Cost(row)!.Value);
        double[] now = Samples.Winsorised([.. plain[curves.Rev]]), before = Samples.Winsorised([.. plain[curves.PreviousRev]]);
        if (now.Length < rules.MinSamples || before.Length < rules.MinSamples) return null;
        var ((mean, variance), (meanBefore, varianceBefore)) = (Samples.Moments(now), Samples.Moments(before));
        var (difference, error) = (mean - meanBefore, 1.96 * Math.Sqrt(variance / now.Length + varianceBefore / before.Length));
        return new RealisedLoss(difference, difference - error, difference + error);
    }
}
