namespace Chimera.S4.Orders.Tests;

/// <summary>A market whose best wait is known: how soon a resting order is filled, what the fills that come are worth, and how the price runs away from those that do not, are given functions.</summary>
/// <param name="Shape">Of the Weibull distribution of the time to a fill; below 1 those who wait long wait longer.</param>
/// <param name="ScaleMs"><inheritdoc cref="Shape" path="/summary"/></param>
/// <param name="AdverseBps">By how much the price has moved on average against what was made.</param>
/// <param name="RunAwayBps">Of the price after one second without a fill; it grows with that power of the time.</param>
/// <param name="NoiseBps">Standard deviation of the price over one second, which nobody can help.</param>
sealed record SimulatedMarket(string Name, double Shape, double ScaleMs, double AdverseBps, double RunAwayBps, double Power, double NoiseBps)
{
    const double HalfSpreadBps = 1, MakerFeeBps = 1, TakerFeeBps = 4;

    public double Filled(double ms) => 1 - Math.Exp(-Math.Pow(ms / ScaleMs, Shape));

    /// <summary>The true C(w), with no estimate in it.</summary>
    public double Cost(int waitMs) => Filled(waitMs) * (MakerFeeBps - HalfSpreadBps + AdverseBps) + (1 - Filled(waitMs)) * (HalfSpreadBps + TakerFeeBps + RunAway(waitMs));

    /// <summary>The wait of the grid that costs least.</summary>
    public int Best => RouteChoice.WaitGrid.ToArray().MinBy(Cost);

    double RunAway(double ms) => RunAwayBps * Math.Pow(ms / 1000, Power);

    /// <summary>What becomes of one leg, given the wait that it was given.</summary>
    public TcaRow Trade(RouteCurves? curves, int waitMs, decimal? propensity, double notional, DateTimeOffset at, Random random)
    {
        var fillMs = ScaleMs * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / Shape);
        var made = fillMs <= waitMs && waitMs > 0;
        var noise = NoiseBps * Math.Sqrt((made ? fillMs : waitMs) / 1000 + 0.1) * Normal(random);
        return new TcaRow
        {
            Market = Market.Spot, At = at, Notional = notional, SpreadBps = 2 * HalfSpreadBps, Depth = 10_000, WaitMs = waitMs, Propensity = (double)(propensity ?? 1), Rev = curves?.Rev ?? 0,
            MadeShare = made ? 1 : 0, MadeMs = made ? fillMs : 0, RestedMs = made ? 0 : waitMs,
            MakerBps = made ? MakerFeeBps - HalfSpreadBps + AdverseBps + noise : null, TakerBps = made ? null : HalfSpreadBps + TakerFeeBps + RunAway(waitMs) + noise,
        };
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
