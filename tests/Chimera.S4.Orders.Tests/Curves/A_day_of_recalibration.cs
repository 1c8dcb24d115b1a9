using System.Collections.Immutable;
using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_day_of_recalibration
{
    const int MaxWaitMs = 3000;
    static readonly DateOnly Monday = new(2026, 3, 2);
    static readonly CalibrationRules Rules = new() { Resamples = 50 };
    static readonly SimulatedMarket Patient = new("patience pays", 1, 2000, 0.5, 0.5, 1, 1), Hasty = new("take at once", 1, 20_000, 1.5, 2, 1, 1);
    static readonly RouteCurves Present = new(4) { PreviousRev = 3, MakerWaitMs = [new CurveRow(null, 0, 0, 0, 500)], Explore = Rules.Explore };

    // Every wait as often as any other, so that one day says as much as a month.
    static TcaRow[] Seen(SimulatedMarket market, int seed = 5, int count = 3_000, RouteCurves? under = null)
    {
        var (random, grid) = (new Random(seed), RouteChoice.WaitGrid.ToArray());
        return [.. Enumerable.Range(0, count).Select(_ => market.Trade(under ?? Present, grid[random.Next(grid.Length)], 1m / grid.Length, 500, Sample.Start, random))];
    }

    static CurveDay Day(RouteCurves? present, IReadOnlyList<TcaRow> rows, int day = 0) => CurveDay.Of(present, rows, Monday.AddDays(day), MaxWaitMs, 4, Rules, 1);

    static int WaitMs(RouteCurves curves) => curves.WaitMs(Market.Spot, 500, 2, 10_000)!.Value;

    [Fact]
    public void Begins_with_what_was_in_force_without_a_curve_and_a_little_exploration()
    {
        var first = Day(null, Seen(Hasty)).Next;
        Assert.Equal((1, 0, MaxWaitMs, Rules.Explore), (first.Rev, first.PreviousRev, WaitMs(first), first.Explore));
        Assert.Equal(2000, Assert.Single(first.Learning!.ShadowWaitMs).Value);
    }

    [Fact]
    public void Proposes_a_step_and_makes_it_when_the_next_day_says_the_same()
    {
        var proposed = Day(Present, Seen(Patient)).Next;
        Assert.Equal((4, 500, 1000), (proposed.Rev, WaitMs(proposed), Assert.Single(proposed.Learning!.ShadowWaitMs).Value));
        var made = Day(proposed, Seen(Patient, seed: 6), day: 1).Next;
        Assert.Equal((5, 4, 1000, Monday.AddDays(1)), (made.Rev, made.PreviousRev, WaitMs(made), made.Learning!.InForceSince));
        Assert.Equal(500, Assert.Single(made.Learning.PreviousWaitMs).Value);
        Assert.Equal(2000, Assert.Single(made.Learning.ShadowWaitMs).Value);      // the next one has its own day
    }

    /// <summary>What nobody could judge afterwards could not be taken back.</summary>
    [Theory]
    [InlineData(199, 4)]
    [InlineData(200, 5)]
    public void Makes_no_step_before_the_revision_in_force_has_decided_enough_to_be_judged_by(int decided, long rev)
    {
        var proposed = Day(Present, Seen(Patient)).Next;
        var next = Day(proposed, [.. Seen(Patient, under: new RouteCurves(3)), .. Seen(Patient, seed: 6, count: decided)], day: 1);
        Assert.Equal(rev, next.Next.Rev);
        Assert.Equal(rev == 4, next.Said.Any(said => said.EndsWith("none is made before revision 4 has decided 200 legs, 199 until now", StringComparison.Ordinal)));
        if (rev == 4) Assert.Equal(1000, Assert.Single(next.Next.Learning!.ShadowWaitMs).Value);
    }

    /// <summary>A resample of a few legs knows little of how far out they may be.</summary>
    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void Does_not_move_to_a_wait_that_few_have_had(int tried, bool moves)
    {
        var others = Seen(Patient).Where(row => row.WaitMs != 1000);
        var day = Day(Present, [.. others, .. Seen(Patient, seed: 6).Where(row => row.WaitMs == 1000).Take(tried)]);
        Assert.Equal(moves ? 1 : 0, day.Next.Learning!.ShadowWaitMs.Length);
        Assert.True(day.Waits.Single().GainLow > 0);
    }

    /// <summary>Little is lost by any wait near the best: what three hundred legs find cheaper may be noise.</summary>
    [Fact]
    public void Makes_no_step_that_is_not_worth_its_interval()
    {
        var days = Enumerable.Range(1, 20).Select(seed => Day(Present, Seen(new SimulatedMarket("much the same", 0.5, 2000, 0.5, 2.5, 1, 1), seed, 300))).ToArray();
        var doubtful = days.Where(day => day.Waits.Single() is { GainBps: > 0.05, GainLow: <= 0 }).ToArray();
        Assert.NotEmpty(doubtful);
        Assert.All(doubtful, day => Assert.Empty(day.Next.Learning!.ShadowWaitMs));
    }

    [Fact]
    public void Drops_a_step_that_the_next_day_does_not_confirm()
    {
        var proposed = Day(Present, Seen(Patient)).Next;
        var next = Day(proposed, Seen(Hasty), day: 1).Next;
        Assert.Equal((4, 500, 250), (next.Rev, WaitMs(next), Assert.Single(next.Learning!.ShadowWaitMs).Value));
    }

    [Fact]
    public void Is_done_once()
    {
        var once = Day(Present, Seen(Patient)).Next;
        var again = Day(once, Seen(Patient));
        Assert.Same(once, again.Next);
        Assert.Equal("2026-03-02 has been calibrated already", Assert.Single(again.Said));
    }

    [Fact]
    public void Learns_nothing_from_what_is_excluded_or_too_little()
    {
        var excluded = Day(Present, [.. Seen(Patient).Select(row => row with { IsExcluded = true })]);
        Assert.Equal((4, 500), (excluded.Next.Rev, WaitMs(excluded.Next)));
        Assert.Empty(excluded.Waits);
        Assert.Equal("no step is worth its interval", Assert.Single(excluded.Said));
        Assert.Empty(Day(Present, Seen(Patient, count: 60)).Next.Learning!.ShadowWaitMs);
    }

    [Fact]
    public void Writes_how_much_a_value_rests_on_beside_it_with_the_next_revision()
    {
        var made = Day(Day(Present, Seen(Patient)).Next, Seen(Patient, seed: 6), day: 1).Next;
        var row = CurveRow.At(made.MakerWaitMs, new CurvePoint(Market.Spot, 500, 2, 10_000))!;
        Assert.Equal((3_000, true), (row.Samples, row.Low <= row.High && row.High >= 2000));
    }

    static TcaRow[] Dearer(RouteCurves curves, double before, double now) =>
        [.. new[] { (curves.PreviousRev, before), (curves.Rev, now) }.SelectMany(one => Seen(Patient, count: 400).Select((row, i) => row with { Rev = one.Item1, Propensity = 1, MadeShare = 0, MakerBps = null, TakerBps = one.Item2 + i % 3 }))];

    [Fact]
    public void Takes_back_what_made_orders_dearer_and_rests_for_three_days()
    {
        var made = Present with { Learning = new CurveLearning(Monday.AddDays(-1)) { MadeRev = 4, PreviousWaitMs = [new CurveRow(null, 0, 0, 0, 250)], PreviousSlices = [new CurveRow(null, 0, 0, 0, 2)], ShadowWaitMs = [new CurveRow(null, 0, 0, 0, 1000)] } };
        var day = Day(made, Dearer(made, 2, 4));
        Assert.Equal((5, 4, 250, 2), (day.Next.Rev, day.Next.PreviousRev, WaitMs(day.Next), day.Next.Slices(Market.Spot, 1)!.Value));
        Assert.StartsWith("revision 5: revision 4 is taken back, since orders under it cost 2.00 bps more than before", Assert.Single(day.Said), StringComparison.Ordinal);
        Assert.Empty(day.Next.Learning!.ShadowWaitMs);

        var (curves, madeOn) = (day.Next, -1);
        for (var after = 1; after <= 5 && madeOn < 0; after++)
        {
            var next = Day(curves, Seen(Patient, seed: after, under: curves), after);
            if (after < 3) Assert.Contains(next.Said, said => said.EndsWith("none is made before 2026-03-05, since the last one was taken back", StringComparison.Ordinal));
            curves = next.Next;
            if (curves.Rev > 5) madeOn = after;
        }
        Assert.Equal((3, null), (madeOn, curves.Learning!.HoldUntil));
    }

    /// <summary>Who writes a revision by hand knows what to fall back on; what the job remembers is of another.</summary>
    [Fact]
    public void Takes_nothing_back_that_it_has_not_made()
    {
        var byHand = Present with { Rev = 9, PreviousRev = 4, Learning = new CurveLearning(Monday.AddDays(-1)) { MadeRev = 4, PreviousWaitMs = [new CurveRow(null, 0, 0, 0, 250)] } };
        Assert.Equal((9, 500), (Day(byHand, Dearer(byHand, 2, 4)).Next.Rev, WaitMs(Day(byHand, Dearer(byHand, 2, 4)).Next)));
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(2, 2)]
    public void Takes_nothing_back_that_is_cheaper_or_the_same(double before, double now) =>
        Assert.Equal(4, Day(Present with { Learning = new CurveLearning(Monday.AddDays(-1)) { MadeRev = 4 } }, Dearer(Present, before, now)).Next.Rev);

    /// <summary>A document that a day has written is read the next day by another process.</summary>
    [Fact]
    public void Is_the_same_after_it_was_stored()
    {
        var proposed = Day(Present, Seen(Patient)).Next;
        var stored = CurvesJson.Read(CurvesJson.Write(proposed), out _)!;
        Assert.Equal(CurvesJson.Write(Day(proposed, Seen(Patient, seed: 6), day: 1).Next), CurvesJson.Write(Day(stored, Seen(Patient, seed: 6), day: 1).Next));
    }

    /// <summary>Made fills whose price afterwards nobody knows say when they came, and cost what the others do.</summary>
    [Fact]
    public void Is_not_drawn_to_fills_whose_cost_is_not_known()
    {
        var whole = Day(Present, Seen(Hasty)).Waits.Single();
        var random = new Random(3);
        var holed = Day(Present, [.. Seen(Hasty).Select(row => row.MakerBps is null || random.Next(2) == 0 ? row : row with { MakerBps = null })]).Waits.Single();
        foreach (var (one, other) in whole.Costs.Zip(holed.Costs)) Assert.Equal(one, other, 0.15);
    }
}
