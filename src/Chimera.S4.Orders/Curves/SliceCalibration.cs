using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>What the figures say of the number of slices for one size.</summary>
/// <param name="Best">The number that costs least; <paramref name="Row"/> is at most one nearer to it.</param>
public sealed record SliceFinding(CurveRow Row, int Present, int Best)
{
    public bool IsMove => Row.Value != Present;
}

/// <summary>
/// Slices by notional (field notes 4.5): C(n) = b·(Q/n)^β + λσ√(Δt(n−1)(2n−1)/(6n)), what a child costs to take and the risk of the time it takes. b and β from what was taken, b by ridge regression
/// towards the square-root law; σ and Δt from the same rows. One law for all sizes, so that the number never falls as the size grows.
/// </summary>
static class SliceCalibration
{
    // A prior of the square-root law: a child of 10,000 costs one basis point.
    const double PriorB = 0.01, PriorWeight = 50, DefaultGapMs = 1000;
    static readonly double[] Betas = [0.5, 0.75, 1];

    public static ImmutableArray<SliceFinding> Of(IReadOnlyList<TcaRow> rows, ImmutableArray<CurveRow> present, int maxSlices, CalibrationRules rules, ulong seed) =>
        [.. rows.GroupBy(row => row.Market).OrderBy(market => market.Key).SelectMany(market => OfMarket([.. market], market.Key, present, maxSlices, rules, seed))];

    static IEnumerable<SliceFinding> OfMarket(TcaRow[] rows, Market market, ImmutableArray<CurveRow> present, int maxSlices, CalibrationRules rules, ulong seed)
    {
        var taken = rows.Where(row => row is { TakenNotional: > 0, TakenSlipBps: not null }).ToArray();
        double[] sigmas = [.. rows.Where(row => row.SigmaBps is not null).Select(row => row.SigmaBps!.Value).Order()];
        if (taken.Length < rules.MinSamples || sigmas.Length < rules.MinSamples) yield break;
        double[] gaps = [.. rows.Where(row => row.GapMs is not null).Select(row => (double)row.GapMs!.Value).Order()];
        var (sigma, gap) = (Samples.Quantile(sigmas, 0.5), (gaps.Length == 0 ? DefaultGapMs : Samples.Quantile(gaps, 0.5)) / 1000);
        var (sizes, slips) = (taken.Select(row => row.TakenNotional!.Value).ToArray(), Samples.Winsorised([.. taken.Select(row => row.TakenSlipBps!.Value)]));
        var powers = Betas.Select(beta => sizes.Select(size => Math.Pow(size, beta)).ToArray()).ToArray();
        var fit = Fit(powers, slips, null);
        var (draws, fits) = (new Draws(seed + 2), new (double B, double Beta)[rules.Resamples]);
        for (var i = 0; i < fits.Length; i++) fits[i] = Fit(powers, slips, [.. Enumerable.Range(0, taken.Length).Select(_ => draws.Multiplicity())]);
        int[] bounds = [.. CalibrationRules.NotionalFrom];
        var buckets = bounds.Select((from, i) => (From: from, Size: Math.Sqrt(Math.Max(from, 100.0) * (i + 1 < bounds.Length ? bounds[i + 1] : from * 10.0)))).ToArray();
        for (var i = 0; i < buckets.Length; i++)
        {
            int[] again = [.. fits.Select(one => Best(buckets[i].Size, one, sigma, gap, maxSlices, rules)).Order()];
            var (low, high) = (again[(int)(again.Length * 0.05)], again[(int)(again.Length * 0.95)]);
            var (now, aim) = (CurveRow.At(present, new CurvePoint(market, buckets[i].From, 0, 0))?.Value ?? maxSlices, Best(buckets[i].Size, fit, sigma, gap, maxSlices, rules));
            var to = now < low || now > high ? now + Math.Sign(aim - now) : now;
            yield return new SliceFinding(new CurveRow(market, buckets[i].From, 0, 0, to, taken.Length, low, high), now, aim);
        }
    }

    static int Best(double size, (double B, double Beta) fit, double sigma, double gap, int maxSlices, CalibrationRules rules) =>
        Enumerable.Range(1, maxSlices).MinBy(n => fit.B * Math.Pow(size / n, fit.Beta) + rules.RiskAversion * sigma * Math.Sqrt(gap * (n - 1) * (2 * n - 1) / (6.0 * n)));

    // slip = a + b·q^β: a by the means, b drawn to the prior, β by the least squares that are left.
    static (double B, double Beta) Fit(double[][] powers, double[] slips, int[]? times)
    {
        var (best, least) = ((PriorB, Betas[0]), double.PositiveInfinity);
        for (var at = 0; at < Betas.Length; at++)
        {
            var (beta, xs) = (Betas[at], powers[at]);
            double n = 0, sumX = 0, sumY = 0;
            for (var i = 0; i < slips.Length; i++)
            {
                double weight = times?[i] ?? 1, x = xs[i];
                (n, sumX, sumY) = (n + weight, sumX + weight * x, sumY + weight * slips[i]);
            }
            if (n == 0) continue;
            double meanX = sumX / n, meanY = sumY / n, xx = 0, xy = 0, yy = 0;
            for (var i = 0; i < slips.Length; i++)
            {
                double weight = times?[i] ?? 1, x = xs[i] - meanX, y = slips[i] - meanY;
                (xx, xy, yy) = (xx + weight * x * x, xy + weight * x * y, yy + weight * y * y);
            }
            // Weighted as so many observations at the mean size; the prior is of β = ½ and costs as much there.
            var (pull, prior) = (PriorWeight * meanX * meanX, PriorB * Math.Sqrt(Math.Pow(meanX, 1 / beta)) / Math.Max(meanX, double.Epsilon));
            var b = Math.Max(0, (xy + pull * prior) / (xx + pull));
            var left = yy - 2 * b * xy + b * b * xx;
            if (left < least) (best, least) = ((b, beta), left);
        }
        return best;
    }
}
