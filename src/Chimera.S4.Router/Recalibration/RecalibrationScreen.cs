using System.Globalization;
using Chimera.S4.Orders;
using Spectre.Console;

namespace Chimera.S4.Router.Recalibration;

/// <summary>What a recalibration found, for people.</summary>
static class RecalibrationScreen
{
    const int Examples = 3;

    public static void Show(IAnsiConsole console, RecalibrationReport report)
    {
        console.MarkupLineInterpolated($"[bold]Recalibration of {report.Day:yyyy-MM-dd}[/] from {report.Source}, the last {(int)RecalibrationOptions.Window.TotalDays} days{(report.IsDryRun ? "; a dry run, nothing is written" : "")}");
        foreach (var symbol in report.Symbols) Show(console, symbol, report.IsDryRun);
        foreach (var reason in report.Refused.GroupBy(one => one.Why).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal))
            console.MarkupLineInterpolated($"[yellow]{Count(reason.Count())} left out[/]: {reason.Key} ({string.Join(", ", reason.Take(Examples).Select(one => one.Row))}{(reason.Count() > Examples ? ", …" : "")})");
    }

    static void Show(IAnsiConsole console, SymbolReport symbol, bool isDryRun)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{symbol.Symbol}[/]  revision {symbol.Present?.Rev ?? 0}{(symbol.Day is { } day && day.Next.Rev != (symbol.Present?.Rev ?? 0) ? $" → {day.Next.Rev}" : "")}, {Count(symbol.Rows.Count)} legs");
        foreach (var said in symbol.Said) console.MarkupLineInterpolated($"  {said}{(isDryRun && symbol.Day is not null ? " (would be)" : "")}");
        if (Lost(symbol.Rows) is { } lost) console.MarkupLineInterpolated($"  {lost}");
        if (symbol.Day is { Waits.Length: > 0 } waits) console.Write(Waits(waits));
        if (symbol.Day is { Slices.Length: > 0 } slices) console.Write(Slices(slices));
    }

    static Table Waits(CurveDay day)
    {
        var table = Grid("maker_wait_ms", "market", "notional", "spread bps", "depth", "legs", "now", "next", "best (90 %)", "a step saves bps (90 %)", "costs least at");
        foreach (var one in day.Waits)
            table.AddRow(Words.Of(one.Row.Market!.Value), From(one.Row.NotionalFrom), From(one.Row.SpreadBpsFrom), From(one.Row.DepthFrom), Count(one.Row.Samples), $"{one.Present}", Next(one.Present, one.Row, day.Next.MakerWaitMs), Interval(one.Row),
                double.IsNaN(one.GainLow) || one.GainBps == 0 ? "" : $"{Bps(one.GainBps)} ({Bps(one.GainLow)} to {Bps(one.GainHigh)})", one.Cheapest is { } ms ? $"{ms}" : "");
        return table;
    }

    static Table Slices(CurveDay day)
    {
        var table = Grid("twap_slices", "market", "notional", "children", "now", "next", "best (90 %)", "best");
        foreach (var one in day.Slices) table.AddRow(Words.Of(one.Row.Market!.Value), From(one.Row.NotionalFrom), Count(one.Row.Samples), $"{one.Present}", Next(one.Present, one.Row, day.Next.TwapSlices), Interval(one.Row), $"{one.Best}");
        return table;
    }

    static Table Grid(string title, params string[] columns)
    {
        var table = new Table().RoundedBorder().Title($"[bold]{title}[/]");
        for (var i = 0; i < columns.Length; i++) table.AddColumn(i == 0 ? new TableColumn(columns[i]).NoWrap() : new TableColumn(columns[i]).RightAligned().NoWrap());
        return table;
    }

    // A step that the figures ask for is made a day after; until then it is in the shadow.
    static string Next(int present, CurveRow wanted, IEnumerable<CurveRow> inForce)
    {
        if (wanted.Value == present) return "";
        return inForce.Any(row => row.IsSameBucket(wanted) && row.Value == wanted.Value) ? $"[green]{wanted.Value}[/]" : $"[blue]{wanted.Value} in the shadow[/]";
    }

    static string? Lost(IReadOnlyCollection<TcaRow> rows)
    {
        var known = rows.Where(row => row is { Lost: not null, IsExcluded: false }).Select(row => row.Lost!.Value).ToArray();
        return known.Length == 0 ? null : $"shortfall {Bps(known.Average(one => one.Total))} bps a leg: delay {Bps(known.Average(one => one.Delay))}, queueing {Bps(known.Average(one => one.Queueing))}, " +
            $"trading {Bps(known.Average(one => one.Trading))}, opportunity {Bps(known.Average(one => one.Opportunity))}, fees {Bps(known.Average(one => one.Fees))}";
    }

    static string Interval(CurveRow row) => row.Low is { } low && row.High is { } high ? low == high ? $"{low}" : $"{low} – {high}" : "";
    static string From(decimal bound) => bound == 0 ? "any" : $"{bound.ToString("#,0.##", CultureInfo.InvariantCulture)} on";
    static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
    static string Bps(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
