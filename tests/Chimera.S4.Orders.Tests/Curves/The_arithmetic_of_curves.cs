using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Numbers that stand in textbooks, or follow from a pencil.</summary>
public class The_arithmetic_of_curves
{
    /// <summary>Remission of leukaemia under 6-MP in weeks, + censored (Freireich et al. 1963; Kleinbaum and Klein, Survival Analysis, table 1.1).</summary>
    [Fact]
    public void Of_filling_is_that_of_Kaplan_and_Meier_with_the_variance_of_Greenwood()
    {
        (double, bool)[] weeks = [(6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false), (13, true), (16, true), (17, false), (19, false), (20, false), (22, true), (23, true),
            (25, false), (32, false), (32, false), (34, false), (35, false)];
        var curve = FillCurve.Of(weeks.Select(week => new FillCurve.Observed(week.Item1, week.Item2)));
        Assert.Equal([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], curve.Steps.Select(step => Math.Round(step.Unfilled, 4)));
        Assert.Equal([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], curve.Steps.Select(step => Math.Round(Math.Sqrt(step.Variance), 4)));
        Assert.Equal((1, 0.8067), (curve.At(5.9).Unfilled, Math.Round(curve.At(9.9).Unfilled, 4)));
    }

    [Theory]
    [InlineData("1 3 2 4", "1 2.5 2.5 4")]
    [InlineData("4 3 2 1", "2.5 2.5 2.5 2.5")]
    [InlineData("1 2 3", "1 2 3")]
    [InlineData("5", "5")]
    [InlineData("1 9 1 1 10", "1 3.6666666666666665 3.6666666666666665 3.6666666666666665 10")]
    public void Pools_what_falls(string values, string rising) => Assert.Equal(Numbers(rising), Isotonic.Rising(Numbers(values), [.. Numbers(values).Select(_ => 1.0)]));

    [Fact]
    public void Pools_by_weight() => Assert.Equal([2.5, 2.5], Isotonic.Rising([4, 2], [1, 3]));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 3)]
    [InlineData(0.9, 4.6)]
    [InlineData(1, 5)]
    public void Finds_quantiles_between_neighbours(double share, double value) => Assert.Equal(value, Samples.Quantile([1, 2, 3, 4, 5], share), 12);

    [Fact]
    public void Draws_the_wild_ones_in()
    {
        var tame = Samples.Winsorised([.. Enumerable.Range(1, 99).Select(i => (double)i), 1_000_000]);
        Assert.Equal((1.99, 2), (Math.Round(tame[0], 2), tame[1]));
        Assert.Equal(99 + 0.01 * (1_000_000 - 99), tame[^1], 6);
    }

    [Fact]
    public void Resamples_the_same_from_the_same_seed_and_each_once_on_average()
    {
        var (one, again) = (new Draws(7), new Draws(7));
        var counts = new int[12];
        for (var i = 0; i < 100_000; i++)
        {
            var times = one.Multiplicity();
            Assert.Equal(times, again.Multiplicity());
            counts[times]++;
        }
        // Poisson with mean 1: 36,788 none, 36,788 once, 18,394 twice; five standard deviations about each.
        Assert.InRange(counts[0], 36_000, 37_600);
        Assert.InRange(counts[1], 36_000, 37_600);
        Assert.InRange(counts[2], 17_800, 19_000);
    }

    /// <summary>Decided at 100, arrived at 100.1, sent at 100.2, three of four bought at 100.4, the rest missed at 101, fees 0.08.</summary>
    [Theory]
    [InlineData("Buy", 7.5, 7.5, 15, 25, 2)]
    [InlineData("Sell", -7.5, -7.5, -15, -25, 2)]
    public void Splits_what_was_lost_by_where(string side, double delay, double queueing, double trading, double opportunity, double fees)
    {
        var lost = Shortfall.Of(Enum.Parse<Side>(side), 100, 100.1, 100.2, 101, 100.4, 3, 4, 0.08);
        foreach (var (expected, actual) in new[] { (delay, lost.Delay), (queueing, lost.Queueing), (trading, lost.Trading), (opportunity, lost.Opportunity), (fees, lost.Fees), (delay + queueing + trading + opportunity + fees, lost.Total) })
            Assert.Equal(expected, actual, 9);
    }

    /// <summary>With fills that cost nothing and a taker that costs one, the cost of a wait is what is unfilled by then.</summary>
    [Fact]
    public void Of_costs_is_that_of_filling()
    {
        var random = new Random(3);
        int[] grid = [0, 100, 250, 500, 1000];
        var rows = Enumerable.Range(0, 5_000).Select(_ =>
        {
            var (fill, wait) = (-400 * Math.Log(1 - random.NextDouble()), grid[random.Next(grid.Length)]);
            var made = fill <= wait;
            return new TcaRow { Market = Market.Spot, At = Sample.Start, Notional = 1, SpreadBps = 1, Depth = 1, WaitMs = wait, MadeShare = made ? 1 : 0, MadeMs = made ? fill : 0, RestedMs = made ? 0 : wait, MakerBps = made ? 0 : null, TakerBps = made ? null : 1 };
        }).ToArray();
        var (costs, curve) = (new WaitCosts(rows, grid).Of(), FillCurve.Of(rows.Select(row => new FillCurve.Observed(row.MadeShare > 0 ? row.MadeMs : row.RestedMs, row.MadeShare > 0))));
        for (var arm = 0; arm < grid.Length; arm++)
        {
            Assert.Equal(curve.At(grid[arm]).Unfilled, costs[arm], 0.01);        // in bins of an eighth of a step
            Assert.Equal(Math.Exp(-grid[arm] / 400.0), costs[arm], 0.03);
        }
    }

    static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
