using Xunit;

namespace Chimera.S4.Orders.Tests;

public class What_orders_have_really_cost
{
    static readonly RouteCurves Curves = new(2) { PreviousRev = 1 };
    static readonly CalibrationRules Rules = new();

    static IEnumerable<TcaRow> Rows(long rev, int count, params double[] costs) => Enumerable.Range(0, count).Select(i => new TcaRow
    {
        Market = Market.Spot, At = Sample.Start, Notional = 100, SpreadBps = 1, Depth = 1, WaitMs = 0, MadeShare = 0, Rev = rev, TakerBps = costs[i % costs.Length],
    });

    /// <summary>3 and 5 against 1 and 3, each two hundred times: 2 dearer, ± 1.96·√(2·(200/199)/200).</summary>
    [Fact]
    public void Is_the_difference_of_two_revisions_and_its_band()
    {
        var loss = RealisedLoss.Of(Curves, [.. Rows(2, 200, 3, 5), .. Rows(1, 200, 1, 3)], Rules)!.Value;
        Assert.Equal((2, 1.803508, 2.196492, true), (Math.Round(loss.Bps, 6), Math.Round(loss.Low, 6), Math.Round(loss.High, 6), loss.IsBeyondItsBand));
    }

    [Fact]
    public void Is_no_loss_where_the_band_holds_zero() => Assert.False(RealisedLoss.Of(Curves, [.. Rows(2, 200, -90, 90.2), .. Rows(1, 200, -90, 90)], Rules)!.Value.IsBeyondItsBand);

    [Theory]
    [InlineData(199, 500)]
    [InlineData(500, 199)]
    public void Is_not_told_from_too_few_of_either(int now, int before) => Assert.Null(RealisedLoss.Of(Curves, [.. Rows(2, now, 9), .. Rows(1, before, 1)], Rules));

    [Fact]
    public void Counts_neither_what_chance_decided_nor_another_revision_nor_what_is_not_known()
    {
        TcaRow[] counted = [.. Rows(2, 200, 3, 5), .. Rows(1, 200, 1, 3)];
        TcaRow[] others = [.. Rows(2, 200, 90).Select(row => row with { Propensity = 0.007 }), .. Rows(3, 200, 90), .. Rows(2, 200, 90).Select(row => row with { MadeShare = 0.5 })];
        Assert.Equal(RealisedLoss.Of(Curves, counted, Rules), RealisedLoss.Of(Curves, [.. others, .. counted], Rules));
    }

    /// <summary>Half are made at 1, half taken at 5, under both; of the ones made lately hardly any was watched.</summary>
    [Fact]
    public void Counts_made_fills_that_nobody_watched_as_the_others()
    {
        static IEnumerable<TcaRow> Half(long rev, int watched) => Rows(rev, 200, 5).Concat(Rows(rev, 200, 5).Select((row, i) => row with { MadeShare = 1, TakerBps = null, MakerBps = i < watched ? 1 : null }));
        Assert.Equal(0, RealisedLoss.Of(Curves, [.. Half(2, 10), .. Half(1, 200)], Rules)!.Value.Bps, 9);
    }

    [Fact]
    public void Is_not_moved_by_one_wild_print() =>
        Assert.InRange(RealisedLoss.Of(Curves, [.. Rows(2, 400, 3, 5), .. Rows(2, 1, 1_000_000), .. Rows(1, 400, 3, 5)], Rules)!.Value.Bps, -0.1, 0.1);
}
