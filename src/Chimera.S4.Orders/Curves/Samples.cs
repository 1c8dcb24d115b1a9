namespace Chimera.S4.Orders;

/// <summary>The little that is needed of descriptive statistics.</summary>
static class Samples
{
    /// <summary>Quantile of sorted values, linear between neighbours (Hyndman and Fan's type 7).</summary>
    public static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        var at = (sorted.Count - 1) * share;
        var (below, part) = ((int)at, at - (int)at);
        return below + 1 < sorted.Count ? sorted[below] + part * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    /// <summary>What lies outside the 1 % and 99 % quantiles is moved onto them: one bad print must not move a curve.</summary>
    public static double[] Winsorised(IReadOnlyList<double> values, double tail = 0.01)
    {
        if (values.Count == 0) return [];
        double[] sorted = [.. values];
        Array.Sort(sorted);
        var (low, high) = (Quantile(sorted, tail), Quantile(sorted, 1 - tail));
        return [.. values.Select(value => Math.Clamp(value, low, high))];
    }

    public static (double Mean, double Variance) Moments(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2) return (values.Count == 0 ? double.NaN : values.First(), double.NaN);
        var mean = values.Average();
        return (mean, values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
