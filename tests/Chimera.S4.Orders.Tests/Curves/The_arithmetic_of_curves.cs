using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Numbers that stand in textbooks, or follow from a pencil.</summary>
public class The_arithmetic_of_curves
{
    /// <summary>
    /// Remission of leukaemia under 6-MP in weeks, + censored (Freireich et al. 1963; Kleinbaum and Klein, Survival Analysis, table 1.1). Where a fill costs nothing and taking costs one, a wait costs the
    /// share that is not filled by then. Each wait is made as probable as it is frequent, so that all weigh the same.
    /// </summary>
    [Theory]
    [InlineData(true, 0.8067, 0.6275, 0.4482)]
    [InlineData(false, 0.8095, 0.6667, 0.5714)]     // 17, 14 and 12 of 21: as if who was canceled had stayed to the end
    public void Of_filling_is_that_of_Kaplan_and_Meier(bool censors, double week8, double week16, double week24)
    {
        (int Week, bool IsFilled)[] weeks = [(6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false), (13, true), (16, true), (17, false), (19, false), (20, false), (22, true), (23, true),
            (25, false), (32, false), (32, false), (34, false), (35, false)];
        int[] grid = [0, 8, 16, 24, 32];
        var arms = weeks.Select(one => WaitCosts.ArmOf(one.Week, grid)).ToArray();
        var rows = weeks.Select((one, i) => new TcaRow
        {
            Market = Market.Spot, At = Sample.Start, Notional = 1, SpreadBps = 1, Depth = 1, WaitMs = one.Week, Propensity = arms.Count(arm => arm == arms[i]) / (double)arms.Length, MadeShare = one.IsFilled ? 1 : 0,
            MadeMs = one.IsFilled ? one.Week : 0, RestedMs = one.IsFilled ? 0 : one.Week, MakerBps = one.IsFilled ? 0 : null, TakerBps = one.IsFilled ? null : 1,
        }).ToArray();
        Assert.Equal([week8, week16, week24], new WaitCosts(rows, grid, censors).Of().Skip(1).Take(3).Select(cost => Math.Round(cost, 4)));
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

    /// <summary>Nobody is ever filled. On calm days taking costs 1 and the curve says 100 ms, on wild ones 11 and it says 250: that is why 250 looks dear, and both cost 6.</summary>
    [Fact]
    public void Weighs_each_leg_by_the_chance_that_its_wait_had()
    {
        static IEnumerable<TcaRow> Days(double takerBps, int often, int seldom) => new[] { (often, 0.9, 90), (seldom, 0.1, 10) }.SelectMany(one => Enumerable.Repeat(
            new TcaRow { Market = Market.Spot, At = Sample.Start, Notional = 1, SpreadBps = 1, Depth = 1, WaitMs = one.Item1, Propensity = one.Item2, MadeShare = 0, RestedMs = one.Item1, TakerBps = takerBps }, one.Item3));
        var costs = new WaitCosts([.. Days(1, often: 100, seldom: 250), .. Days(11, often: 250, seldom: 100)], [100, 250]).Of();
        Assert.Equal([6, 6], costs.Select(cost => Math.Round(cost, 9)));
    }

    /// <summary>All are filled within 200 ms, at no cost; taking at once costs 5. Nobody is left to be taken after longer waits, which is no reason not to see what they cost.</summary>
    [Fact]
    public void Of_costs_knows_a_wait_in_which_all_were_filled()
    {
        int[] grid = [0, 100, 250, 500, 1000];
        var rows = grid.SelectMany(wait => Enumerable.Range(1, 200).Select(fill => new TcaRow
        {
            Market = Market.Spot, At = Sample.Start, Notional = 1, SpreadBps = 1, Depth = 1, WaitMs = wait, MadeShare = fill <= wait ? 1 : 0, MadeMs = fill <= wait ? fill : 0, RestedMs = fill <= wait ? 0 : wait,
            MakerBps = fill <= wait ? 0 : null, TakerBps = fill <= wait ? null : 5,
        })).ToArray();
        Assert.Equal([5, 2.5, 0, 0, 0], new WaitCosts(rows, grid).Of().Select(cost => Math.Round(cost, 1)));
        // Nobody has had 500 ms: nothing is known of it.
        Assert.Equal([5, 2.5, 0, double.NaN, 0], new WaitCosts([.. rows.Where(row => row.WaitMs != 500)], grid).Of().Select(cost => Math.Round(cost, 1)));
    }

    static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
