using Chimera.S4.Orders;
using Chimera.S4.Router.Curves;

namespace Chimera.S4.Router.Recalibration;

/// <summary>Reads 30 days, asks <see cref="CurveDay"/> what they make of each symbol's curves, and writes that in the place of what was read. Done twice for a day, or by two at once, it is done once.</summary>
sealed class CurveRecalibration(ITcaSource source, ICurveStore store, CurvesOptions curves, PolicyLimits limits, IReadOnlyList<string> symbols, TimeProvider clock, RecalibrationMetrics metrics)
{
    const int Attempts = 3;

    public CalibrationRules Rules { get; init; } = new();

    public async Task<RecalibrationReport> Run(DateOnly today, bool dryRun, CancellationToken cancel)
    {
        var reading = await source.Read(clock.GetUtcNow() - RecalibrationOptions.Window, cancel);
        metrics.Refused(reading.Refused.Count);
        var filed = new RouteTableFile(curves.TablePath).Read(out _);
        var reports = new List<SymbolReport>();
        foreach (var symbol in symbols) reports.Add(await One(symbol, [.. reading.Rows[symbol]], filed.GetValueOrDefault(symbol), today, dryRun, cancel));
        return new RecalibrationReport(today, source.Name, dryRun, reports, reading.Refused);
    }

    async Task<SymbolReport> One(string symbol, TcaRow[] rows, string? filed, DateOnly today, bool dryRun, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (stored, problem) = ((await store.Read([symbol], cancel))[0], "");
            var present = (stored ?? filed) is { } text ? CurvesJson.Read(text, out problem) : null;
            if (problem.Length > 0) return new SymbolReport(symbol, rows, null, null, false, $"the document in force cannot be read, and is left alone: {problem}");
            // Exploring changes what intents do: it begins where there is something to learn from.
            if (present is null && rows.Length == 0) return new SymbolReport(symbol, rows, null, null, false, "nothing to learn from yet");
            // A dry run after the day's own shows what the figures of today would make of tomorrow.
            var day = dryRun && present?.Learning is { } learning && learning.CalibratedOn >= today ? learning.CalibratedOn.AddDays(1) : today;
            var found = CurveDay.Of(present, rows, day, (int)limits.MakerMaxWait.TotalMilliseconds, limits.TwapMaxSlices, Rules, (ulong)day.DayNumber);
            if (dryRun || ReferenceEquals(found.Next, present)) return new SymbolReport(symbol, rows, present, found, false);
            var isRevision = found.Next.Rev != (present?.Rev ?? 0);
            var next = isRevision ? found.Next with { MadeAt = clock.GetUtcNow() } : found.Next;
            if (!await store.Replace(symbol, stored, CurvesJson.Write(next), cancel)) continue;
            if (isRevision) metrics.Revision(symbol);
            return new SymbolReport(symbol, rows, present, found with { Next = next }, true);
        }
        return new SymbolReport(symbol, rows, null, null, false, "others keep writing it; nothing was changed");
    }
}
