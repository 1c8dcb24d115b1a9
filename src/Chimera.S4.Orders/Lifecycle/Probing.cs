namespace Chimera.S4.Orders;

/// <summary>When to look at the venue again: 0.5, 1, 2, 4, 8, 15, 30 s, then every 30 s.</summary>
public static class Probing
{
    static readonly double[] Seconds = [0.5, 1, 2, 4, 8, 15, 30];

    /// <param name="made">Probes made so far, from 0.</param>
    public static TimeSpan Delay(int made) => TimeSpan.FromSeconds(Seconds[Math.Min(made, Seconds.Length - 1)]);
}
