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
        var (learning, said) = (curves.Learning ?? new CurveLearning(DateOnly.MinValue), new List<string>());
        if (learning.CalibratedOn >= today) return new CurveDay(curves, [], [], [$"{today:yyyy-MM-dd} has been calibrated already"]);
        var used = rows.Where(row => !row.IsExcluded).ToArray();
        if (present is not null && RealisedLoss.Of(curves, used, rules) is { IsBeyondItsBand: true } loss) return TakenBack(curves, learning, loss, today, rules);

        var holds = learning.HoldUntil > today;
        var waits = WaitCalibration.Of(used, curves.MakerWaitMs, maxWaitMs, rules, seed);
        var slices = SliceCalibration.Of(used, curves.TwapSlices, maxSlices, rules, seed);
        var (waitMoves, sliceMoves) = holds ? ([], []) : (Moves(waits), slices.Where(one => one.Row.Value != one.Present).Select(one => one.Row).ToImmutableArray());
        if (holds) said.Add($"no step before {learning.HoldUntil:yyyy-MM-dd}: the last one was taken back");
        var (madeWaits, madeSlices) = (Confirmed(waitMoves, learning.ShadowWaitMs), Confirmed(sliceMoves, learning.ShadowSlices));
        var isFirst = curves.Rev == 0;
        var changes = isFirst || !madeWaits.IsEmpty || !madeSlices.IsEmpty;
        var next = curves with { Explore = rules.Explore };
        if (changes)
        {
            next = next with
            {
                Rev = curves.Rev + 1, PreviousRev = curves.Rev, MakerWaitMs = Merged(isFirst ? Whole(curves.MakerWaitMs, maxWaitMs) : curves.MakerWaitMs, waits, madeWaits),
                TwapSlices = Merged(curves.TwapSlices, [], madeSlices),
            };
            said.Add(isFirst ? "revision 1: the default as it was, and a small share of intents to learn from" : $"revision {next.Rev}: {Steps(waits, madeWaits)}{(madeSlices.IsEmpty ? "" : $" {madeSlices.Length} of slices")}".TrimEnd());
        }
        // After a step the figures may ask for the next one: it has its own day in the shadow.
        var (again, againSlices) = madeWaits.IsEmpty ? (waitMoves, sliceMoves) : (holds ? [] : Moves(WaitCalibration.Of(used, next.MakerWaitMs, maxWaitMs, rules, seed)), sliceMoves.RemoveRange(madeSlices));
        if (!again.IsEmpty || !againSlices.IsEmpty) said.Add($"in the shadow until tomorrow: {again.Length + againSlices.Length} {(again.Length + againSlices.Length == 1 ? "step" : "steps")}");
        if (said.Count == 0) said.Add("no step is worth its interval");
        var kept = changes ? learning with { PreviousWaitMs = curves.MakerWaitMs, PreviousSlices = curves.TwapSlices, InForceSince = today } : learning;
        return new CurveDay(next with { Learning = kept with { CalibratedOn = today, ShadowWaitMs = again, ShadowSlices = againSlices, HoldUntil = holds ? learning.HoldUntil : null } }, waits, slices, [.. said]);
    }

    static CurveDay TakenBack(RouteCurves curves, CurveLearning learning, RealisedLoss loss, DateOnly today, CalibrationRules rules)
    {
        var next = curves with
        {
            Rev = curves.Rev + 1, PreviousRev = curves.Rev, MakerWaitMs = learning.PreviousWaitMs, TwapSlices = learning.PreviousSlices,
            Learning = new CurveLearning(today) { PreviousWaitMs = learning.PreviousWaitMs, PreviousSlices = learning.PreviousSlices, InForceSince = today, HoldUntil = today.AddDays(rules.HoldDays) },
        };
        return new CurveDay(next, [], [], [$"revision {next.Rev}: revision {curves.Rev} is taken back, since orders under it cost {loss.Bps:0.00} bps more than before (95 % band {loss.Low:0.00} to {loss.High:0.00})"]);
    }

    static ImmutableArray<CurveRow> Moves(ImmutableArray<BucketFinding> findings) => [.. findings.Where(one => one.IsMove).Select(one => one.Row)];

    static ImmutableArray<CurveRow> Confirmed(ImmutableArray<CurveRow> moves, ImmutableArray<CurveRow> shadow) =>
        [.. moves.Where(move => shadow.Any(before => before.IsSameBucket(move) && before.Value == move.Value))];

    static ImmutableArray<CurveRow> Whole(ImmutableArray<CurveRow> rows, int maxWaitMs) => rows.IsEmpty ? [new CurveRow(null, 0, 0, 0, maxWaitMs)] : rows;

    // What has been learnt of a bucket that stays is written beside its value.
    static ImmutableArray<CurveRow> Merged(ImmutableArray<CurveRow> rows, ImmutableArray<BucketFinding> findings, ImmutableArray<CurveRow> made)
    {
        var seen = findings.Select(one => one.Row with { Value = one.Present }).Where(row => !made.Any(row.IsSameBucket)).Concat(made).ToArray();
        return [.. rows.Where(row => !seen.Any(row.IsSameBucket)).Concat(seen)];
    }

    static string Steps(ImmutableArray<BucketFinding> findings, ImmutableArray<CurveRow> made) => string.Join(", ", made.Select(row => $"{findings.First(one => one.Row.IsSameBucket(row)).Present} → {row.Value} ms"));
}
