namespace Chimera.S4.Benchmarks.Measure;

/// <summary>Values of one run.</summary>
sealed class Samples(IEnumerable<double> values)
{
    readonly double[] sorted = [.. values.Order()];

    public int Count => sorted.Length;

    /// <summary>Nearest rank; 0 &lt; share ≤ 1. NaN of nothing.</summary>
    public double Percentile(double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];

    public static double Median(IEnumerable<double> values) => new Samples(values).Percentile(0.5);
}
