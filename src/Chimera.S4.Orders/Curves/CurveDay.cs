using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>What one day's figures make of the curves of one symbol.</summary>
/// <param name="Next">The document as it is to be; its revision is the present one's where nothing changes in force.</param>
/// <param name="Said">What was done and why, one short sentence each.</param>
public sealed record CurveDay(RouteCurves Next, ImmutableArray<BucketFinding> Waits, ImmutableArray<SliceFinding> Slices, ImmutableArray<string> Said)
{
    /// <summary>
    /// A step is proposed one day, is looked at on the figures of the next (its shadow day), and made then, one step of the grid per revision; what has made orders dearer than before, beyond the 95 %
    /// band, is taken back (field notes 4.7). Asked twice for a day, the second answer changes nothing.
    /// </summary>
    /// <param name="rows">Of the last 30 days.</param>
    /// <param name="maxWaitMs"><c>S4_MAKER_MAX_WAIT_MS</c>: what is in force where no curve is.</param>
    public static CurveDay Of(RouteCurves? present, IReadOnlyList<TcaRow> rows, DateOnly today, int maxWaitMs, int maxSlices, CalibrationRules rules, ulong seed)
    {
        var curves = present ?? new RouteCurves(0);
        var learning = curves.Learning ?? new CurveLearning(DateOnly.MinValue);
        if (learning.CalibratedOn >= today) return new CurveDay(curves, [], [], [$"{today:yyyy-MM-dd} has been calibrated already"]);
        var used = rows.Where(row => !row.IsExcluded).ToArray();
        if (learning.MadeRev == curves.Rev && RealisedLoss.Of(curves, used, rules) is { IsBeyondItsBand: true } loss) return TakenBack(curves, learning, loss, today, rules);

        var waits = WaitCalibration.Of(used, curves.MakerWaitMs, maxWaitMs, rules, seed);
        var slices = SliceCalibration.Of(used, curves.TwapSlices, maxSlices, rules, seed);
        var (askedWaits, askedSlices) = (Moves(waits), Moves(slices));
        var pause = curves.Rev == 0 ? null : Pause(curves, learning, used, today, rules);
        var (madeWaits, madeSlices) = pause is null ? (Confirmed(askedWaits, learning.ShadowWaitMs), Confirmed(askedSlices, learning.ShadowSlices)) : ([], []);
        var next = curves with { Explore = rules.Explore };
        var said = new List<string>();
        if (curves.Rev == 0)
        {
            next = next with { Rev = 1, MakerWaitMs = [new CurveRow(null, 0, 0, 0, maxWaitMs)] };
            said.Add($"revision 1: the default as it was, and {rules.Explore.Share:0.##%} of small intents to learn from");
        }
        else if (!madeWaits.IsEmpty || !madeSlices.IsEmpty)
        {
            next = next with { Rev = curves.Rev + 1, PreviousRev = curves.Rev, MakerWaitMs = Merged(curves.MakerWaitMs, waits, madeWaits), TwapSlices = Merged(curves.TwapSlices, [], madeSlices) };
            said.Add($"revision {next.Rev}: {Count(madeWaits, madeSlices)}");
            // The figures may ask for the next step by now: it has its own day in the shadow.
            (askedWaits, askedSlices) = (Moves(WaitCalibration.Of(used, next.MakerWaitMs, maxWaitMs, rules, seed)), Moves(SliceCalibration.Of(used, next.TwapSlices, maxSlices, rules, seed)));
        }
        if (!askedWaits.IsEmpty || !askedSlices.IsEmpty) said.Add($"in the shadow until another day asks for the same: {Count(askedWaits, askedSlices)}{(pause is null ? "" : $"; {pause}")}");
        if (said.Count == 0) said.Add("no step is worth its interval");
        if (next.Rev != curves.Rev) learning = learning with { MadeRev = next.Rev, PreviousWaitMs = curves.MakerWaitMs, PreviousSlices = curves.TwapSlices, InForceSince = today, HoldUntil = null };
        return new CurveDay(next with { Learning = learning with { CalibratedOn = today, ShadowWaitMs = askedWaits, ShadowSlices = askedSlices } }, waits, slices, [.. said]);
    }

    // A step that nobody could judge afterwards, for want of orders before it, could not be taken back either.
    static string? Pause(RouteCurves curves, CurveLearning learning, TcaRow[] used, DateOnly today, CalibrationRules rules)
    {
        if (learning.HoldUntil > today) return $"none is made before {learning.HoldUntil:yyyy-MM-dd}, since the last one was taken back";
        var decided = used.Count(row => row.Rev == curves.Rev);
        return decided < rules.MinSamples ? $"none is made before revision {curves.Rev} has decided {rules.MinSamples} legs, {decided} until now" : null;
    }

    static CurveDay TakenBack(RouteCurves curves, CurveLearning learning, RealisedLoss loss, DateOnly today, CalibrationRules rules)
    {
        var next = curves with
        {
            Rev = curves.Rev + 1, PreviousRev = curves.Rev, MakerWaitMs = learning.PreviousWaitMs, TwapSlices = learning.PreviousSlices,
            Learning = new CurveLearning(today) { MadeRev = curves.Rev + 1, PreviousWaitMs = learning.PreviousWaitMs, PreviousSlices = learning.PreviousSlices, InForceSince = today, HoldUntil = today.AddDays(rules.HoldDays) },
        };
        return new CurveDay(next, [], [], [$"revision {next.Rev}: revision {curves.Rev} is taken back, since orders under it cost {loss.Bps:0.00} bps more than before (95 % band {loss.Low:0.00} to {loss.High:0.00})"]);
    }

    static ImmutableArray<CurveRow> Moves(ImmutableArray<BucketFinding> findings) => [.. findings.Where(one => one.IsMove).Select(one => one.Row)];
    static ImmutableArray<CurveRow> Moves(ImmutableArray<SliceFinding> findings) => [.. findings.Where(one => one.IsMove).Select(one => one.Row)];

    static ImmutableArray<CurveRow> Confirmed(ImmutableArray<CurveRow> moves, ImmutableArray<CurveRow> shadow) =>
        [.. moves.Where(move => shadow.Any(before => before.IsSameBucket(move) && before.Value == move.Value))];

    // What has been learnt of a bucket that stays is written beside its value.
    static ImmutableArray<CurveRow> Merged(ImmutableArray<CurveRow> rows, ImmutableArray<BucketFinding> findings, ImmutableArray<CurveRow> made)
    {
        var seen = findings.Select(one => one.Row with { Value = one.Present }).Where(row => !made.Any(row.IsSameBucket)).Concat(made).ToArray();
        return [.. rows.Where(row => !seen.Any(row.IsSameBucket)).Concat(seen)];
    }

    static string Count(ImmutableArray<CurveRow> waits, ImmutableArray<CurveRow> slices) =>
        string.Join(" and ", new[] { (waits.Length, "wait"), (slices.Length, "slices") }.Where(one => one.Item1 > 0).Select(one => $"{one.Item1} {(one.Item1 == 1 ? "step" : "steps")} of {one.Item2}"));
}
