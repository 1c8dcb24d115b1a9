using System.Globalization;
using Chimera.S4.Orders;
using Spectre.Console;

namespace Chimera.S4.Router.Recalibration;

/// <summary>What a recalibration found, for people: first what becomes of each symbol, then why.</summary>
static class RecalibrationScreen
{
    const int Examples = 3, MostReasons = 5;

    public static void Show(IAnsiConsole console, RecalibrationReport report)
    {
        console.MarkupLineInterpolated($"[bold]Recalibration of {report.Day:yyyy-MM-dd}[/] from {report.Source}, the last {(int)RecalibrationOptions.Window.TotalDays} days");
        if (report.IsDryRun) console.MarkupLine("[yellow]A dry run: nothing is written.[/] Without --dry-run it would be as follows.");
        foreach (var symbol in report.Symbols) Show(console, symbol);
        Refused(console, report.Refused);
    }

    static void Show(IAnsiConsole console, SymbolReport symbol)
    {
        var (now, next) = (symbol.Present?.Rev ?? 0, symbol.Day?.Next.Rev ?? symbol.Present?.Rev ?? 0);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{symbol.Symbol}[/]  {(now == next ? now == 0 ? "no curve" : $"revision {now} stays" : now == 0 ? $"revision {next} is the first" : $"revision {now} → {next}")}, {Count(symbol.Rows.Count)} legs");
        foreach (var said in symbol.Said) console.MarkupLineInterpolated($"  {said}");
        if (Lost(symbol.Rows) is { } lost) console.MarkupLineInterpolated($"  {lost}");
        if (symbol.Day is { Waits.Length: > 0 } waits) Waits(console, waits);
        if (symbol.Day is { Slices.Length: > 0 } slices) Slices(console, slices);
    }

    // A bucket of few legs says what its market says: one line for all of them, where they take no step.
    static void Waits(IAnsiConsole console, CurveDay day)
    {
        var table = Grid("How long to rest, ms", "market", "notional", "spread bps", "depth", "legs", "now", "costs least at (90 %)", "a step saves bps (90 %)", "step");
        var shown = day.Waits.Where(one => one.IsMove || one.Row.Samples >= new CalibrationRules().MinSamples).ToArray();
        foreach (var one in shown)
            table.AddRow(Words.Of(one.Row.Market!.Value), Bounds(one.Row.NotionalFrom, CalibrationRules.NotionalFrom), Bounds(one.Row.SpreadBpsFrom, CalibrationRules.SpreadBpsFrom), Bounds(one.Row.DepthFrom, CalibrationRules.DepthFrom),
                Count(one.Row.Samples), $"{one.Present}", Best(one.Cheapest, one.Row), double.IsNaN(one.GainLow) || one.GainBps == 0 ? "" : $"{Bps(one.GainBps)} ({Bps(one.GainLow)} to {Bps(one.GainHigh)})",
                Step(one.Present, one.Row, day.Next.MakerWaitMs));
        if (shown.Length > 0) console.Write(table);
        if (day.Waits.Length - shown.Length is > 0 and var few) console.WriteLine($"  {few} {(few == 1 ? "bucket" : "buckets")} of fewer than {new CalibrationRules().MinSamples} legs: no step, as little is known of them as of their market.");
    }

    static void Slices(IAnsiConsole console, CurveDay day)
    {
        var table = Grid("Into how many slices to cut", "market", "notional", "children", "now", "costs least at (90 %)", "step");
        foreach (var one in day.Slices)
            table.AddRow(Words.Of(one.Row.Market!.Value), Bounds(one.Row.NotionalFrom, CalibrationRules.NotionalFrom), Count(one.Row.Samples), $"{one.Present}", Best(one.Best, one.Row), Step(one.Present, one.Row, day.Next.TwapSlices));
        console.Write(table);
    }

    static void Refused(IAnsiConsole console, IReadOnlyList<TcaRefusal> refused)
    {
        var reasons = refused.GroupBy(one => one.Why).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).ToArray();
        if (reasons.Length > 0) console.WriteLine();
        foreach (var reason in reasons.Take(MostReasons))
            console.MarkupLineInterpolated($"[yellow]{Count(reason.Count())} left out[/]: {reason.Key} ({string.Join(", ", reason.Take(Examples).Select(one => one.Row))}{(reason.Count() > Examples ? ", …" : "")})");
        if (reasons.Length > MostReasons) console.MarkupLineInterpolated($"[yellow]{Count(reasons.Skip(MostReasons).Sum(same => same.Count()))} left out[/] for {reasons.Length - MostReasons} other reasons");
    }

    static Table Grid(string title, params string[] columns)
    {
        var table = new Table().RoundedBorder().Title($"[bold]{title}[/]");
        for (var i = 0; i < columns.Length; i++) table.AddColumn(i == 0 ? new TableColumn(columns[i]).NoWrap() : new TableColumn(columns[i]).RightAligned().NoWrap());
        return table;
    }

    // A step that the figures ask for is made on a later day; until then it is in the shadow.
    static string Step(int present, CurveRow wanted, IEnumerable<CurveRow> inForce)
    {
        if (wanted.Value == present) return "";
        return inForce.Any(row => row.IsSameBucket(wanted) && row.Value == wanted.Value) ? $"[green]→ {wanted.Value}[/]" : $"[blue]→ {wanted.Value} in the shadow[/]";
    }

    static string? Lost(IReadOnlyCollection<TcaRow> rows)
    {
        var known = rows.Where(row => row is { Lost: not null, IsExcluded: false }).Select(row => row.Lost!.Value).ToArray();
        return known.Length == 0 ? null : $"shortfall {Bps(known.Average(one => one.Total))} bps a leg: delay {Bps(known.Average(one => one.Delay))}, queueing {Bps(known.Average(one => one.Queueing))}, " +
            $"trading {Bps(known.Average(one => one.Trading))}, opportunity {Bps(known.Average(one => one.Opportunity))}, fees {Bps(known.Average(one => one.Fees))}";
    }

    static string Best(int? best, CurveRow row) => best is null ? "not known" : row is not { Low: { } low, High: { } high } ? $"{best}" : low == high ? $"{best} ({low})" : $"{best} ({low} – {high})";

    static string Bounds(decimal from, ReadOnlySpan<int> bounds)
    {
        foreach (var bound in bounds)
            if (bound > from) return from == 0 ? $"below {Amount(bound)}" : $"{Amount(from)} – {Amount(bound)}";
        return $"{Amount(from)} and more";
    }

    static string Amount(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
    static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
    static string Bps(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
