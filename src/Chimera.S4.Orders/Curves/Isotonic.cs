namespace Chimera.S4.Orders;

/// <summary>The nearest sequence that never falls, by weighted least squares: pool adjacent violators (Ayer et al. 1955; Barlow et al. 1972).</summary>
static class Isotonic
{
    public static double[] Rising(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        var pools = new List<(double Sum, double Weight, int Length)>();
        for (var i = 0; i < values.Count; i++)
        {
            (double Sum, double Weight, int Length) pool = (values[i] * weights[i], weights[i], 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Weight > pool.Sum / pool.Weight)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Weight + pools[^1].Weight, pool.Length + pools[^1].Length);
                pools.RemoveAt(pools.Count - 1);
            }
            pools.Add(pool);
        }
        return [.. pools.SelectMany(pool => Enumerable.Repeat(pool.Sum / pool.Weight, pool.Length))];
    }
}
