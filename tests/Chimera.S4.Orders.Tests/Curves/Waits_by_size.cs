using System.Collections.Immutable;
using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>What one bucket says, what the others of its market say for it, and that a larger order never waits less.</summary>
public class Waits_by_size
{
    const int MaxWaitMs = 3000;
    static readonly CalibrationRules Rules = new() { Resamples = 50 };
    static readonly SimulatedMarket Patient = new("patience pays", 1, 2000, 0.5, 0.5, 1, 1), Hasty = new("take at once", 1, 20_000, 1.5, 2, 1, 1);
    static readonly ImmutableArray<CurveRow> Present = [new CurveRow(null, 0, 0, 0, 500)];

    static IEnumerable<TcaRow> Seen(SimulatedMarket market, double notional, int count)
    {
        var (random, grid) = (new Random(5), RouteChoice.WaitGrid.ToArray());
        return Enumerable.Range(0, count).Select(_ => market.Trade(null, grid[random.Next(grid.Length)], 1m / grid.Length, notional, Sample.Start, random)).ToArray();
    }

    static string Found(params IEnumerable<TcaRow>[] rows) =>
        string.Join(" ", WaitCalibration.Of([.. rows.SelectMany(some => some)], Present, MaxWaitMs, Rules, 1).Select(one => $"{one.Row.NotionalFrom}:{one.Row.Value}"));

    [Fact]
    public void Speak_for_themselves_where_there_are_many() => Assert.Equal("0:250 1000:1000", Found(Seen(Hasty, 500, 3_000), Seen(Patient, 5_000, 3_000)));

    /// <summary>Of itself a bucket of the hasty market would go down.</summary>
    [Theory]
    [InlineData(150, "0:1000 1000:1000")]
    [InlineData(3_000, "0:250 1000:1000")]
    public void Let_the_others_speak_where_there_are_few(int count, string found) => Assert.Equal(found, Found(Seen(Hasty, 500, count), Seen(Patient, 5_000, 6_000)));

    [Fact]
    public void Never_fall_as_the_size_grows() => Assert.Equal("0:500 1000:500", Found(Seen(Patient, 500, 3_000), Seen(Hasty, 5_000, 3_000)));

    /// <summary>Nobody is ever filled. In the bucket 100 ms of waiting cost 2 more, seen fifty times; in all the market 0.2 more: fifty of its own weigh as much as the market, if there are 200 legs in all.</summary>
    [Theory]
    [InlineData(150, 1.1)]
    [InlineData(149, 0.2)]
    public void Are_drawn_to_the_others_the_more_the_less_is_known_of_them(int others, double bps)
    {
        static IEnumerable<TcaRow> Taken(double notional, int waitMs, double bps, int count) =>
            Enumerable.Repeat(new TcaRow { Market = Market.Spot, At = Sample.Start, Notional = notional, SpreadBps = 1, Depth = 1, WaitMs = waitMs, MadeShare = 0, RestedMs = waitMs, TakerBps = bps }, count);
        TcaRow[] rows = [.. Taken(500, 0, 1, others), .. Taken(500, 100, 3, 50), .. Taken(5_000, 0, 1, 350), .. Taken(5_000, 100, 1, 450)];
        var finding = WaitCalibration.Of(rows, [new CurveRow(null, 0, 0, 0, 0)], MaxWaitMs, Rules, 1)[0];
        Assert.Equal((0m, bps), (finding.Row.NotionalFrom, Math.Round(finding.Costs[1], 9)));
    }

    /// <summary>A print of a thousand times the price.</summary>
    [Fact]
    public void Are_not_moved_by_one_wild_print()
    {
        var wild = Seen(Patient, 500, 3_000).ToArray();
        var at = Array.FindIndex(wild, row => row.WaitMs == 1000 && row.TakerBps is not null);
        wild[at] = wild[at] with { TakerBps = 1e7 };
        Assert.Equal(Found(Seen(Patient, 500, 3_000)), Found(wild));
    }
}
