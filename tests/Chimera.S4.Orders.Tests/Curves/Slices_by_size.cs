using System.Collections.Immutable;
using Xunit;

namespace Chimera.S4.Orders.Tests;

public class Slices_by_size
{
    const int Most = 10;
    const double Sigma = 1, GapMs = 1000;
    static readonly CalibrationRules Rules = new();

    // Sizes from 100 to 100,000, evenly in their logarithm; each costs what the law says, and noise.
    static TcaRow[] Taken(double b, double beta, int count = 1_000)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var size = 100 * Math.Pow(1000, random.NextDouble());
            return new TcaRow
            {
                Market = Market.Spot, At = Sample.Start, Notional = size, SpreadBps = 1, Depth = 1, WaitMs = null, MadeShare = 0, TakenNotional = size,
                TakenSlipBps = 1 + b * Math.Pow(size, beta) + (random.NextDouble() - 0.5), SigmaBps = Sigma, GapMs = (int)GapMs,
            };
        })];
    }

    static double Cost(double b, double beta, double size, int n) => b * Math.Pow(size / n, beta) + Rules.RiskAversion * Sigma * Math.Sqrt(GapMs / 1000 * (n - 1) * (2 * n - 1) / (6.0 * n));

    static ImmutableArray<SliceFinding> Find(TcaRow[] rows, params CurveRow[] present) => SliceCalibration.Of(rows, [.. present], Most, Rules, 1);

    [Theory]
    [InlineData(0.02, 0.5)]
    [InlineData(0.0001, 1)]
    [InlineData(0.001, 0.75)]
    public void Come_to_where_the_law_that_made_the_figures_costs_least(double b, double beta)
    {
        var findings = Find(Taken(b, beta));
        Assert.Equal([0, 1_000, 10_000, 100_000], findings.Select(one => (int)one.Row.NotionalFrom));
        foreach (var (finding, size) in findings.Zip([316.2, 3_162, 31_623, 316_228]))
            Assert.True(Cost(b, beta, size, finding.Best) < 1.03 * Enumerable.Range(1, Most).Min(n => Cost(b, beta, size, n)), $"{size:0}: {finding.Best} slices");
        Assert.Equal(findings.Select(one => one.Best).Order(), findings.Select(one => one.Best));
    }

    [Fact]
    public void Move_by_one_from_where_they_are()
    {
        var findings = Find(Taken(0.02, 0.5), new CurveRow(null, 10_000, 0, 0, 1));
        Assert.Equal((Most, Most - 1), (findings[0].Present, findings[0].Row.Value));      // one slice would do, and ten are cut
        Assert.Equal((1, 2), (findings[2].Present, findings[2].Row.Value));
        Assert.True(findings[2].Best > 2);
    }

    [Fact]
    public void Stay_where_the_interval_holds_what_is()
    {
        var once = Find(Taken(0.02, 0.5));
        var there = once.Select(one => one.Row with { Value = one.Best }).ToArray();
        Assert.All(Find(Taken(0.02, 0.5), there), one => Assert.Equal(one.Best, one.Row.Value));
    }

    [Fact]
    public void Are_one_where_taking_costs_nothing_and_time_does() => Assert.All(Find(Taken(-0.01, 0.5)).Take(3), one => Assert.Equal(1, one.Best));

    [Theory]
    [InlineData(199)]
    [InlineData(0)]
    public void Are_not_told_from_too_few(int count) => Assert.Empty(Find(Taken(0.02, 0.5, count)));
}
