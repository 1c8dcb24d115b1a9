namespace Chimera.S4.Simulator.Engine;

/// <summary>A seeded random walk of the mid price, drawn back weakly to where it started so that a long run stays in a tradable range.</summary>
internal sealed class PriceProcess(decimal start, int seed)
{
    private const double PullPerSecond = 0.0005;
    private readonly Random _random = new(seed);

    public decimal Start { get; set; } = start;

    public decimal Next(decimal mid, double volatility, double seconds)
    {
        if (volatility <= 0) return mid;
        var pull = -PullPerSecond * Math.Log((double)(mid / Start)) * seconds;
        var step = Math.Clamp(volatility * Math.Sqrt(seconds) * Gaussian() + pull, -0.2, 0.2);
        return decimal.Round(mid * (decimal)Math.Exp(step), 12);
    }

    /// <summary>A number in [0, 1) for sizes and sides of the market's own trades.</summary>
    public double Draw() => _random.NextDouble();

    private double Gaussian()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * _random.NextDouble());
    }

    /// <summary>A seed per market that is the same in every process, which <see cref="string.GetHashCode()"/> is not.</summary>
    public static int Seed(int seed, Venue venue, string symbol)
    {
        var hash = 17;
        foreach (var letter in symbol) hash = unchecked(hash * 31 + letter);
        return unchecked(seed * 397 ^ hash * 2 + (int)venue);
    }
}
