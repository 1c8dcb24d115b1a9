using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Chimera.S4.Benchmarks.Report;

/// <summary>The table on the console; the same as JSON, and as Markdown for a README.</summary>
static class Table
{
    static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Exit code: 0 if every bound holds, else 1.</summary>
    /// <param name="floor">What the column is called that holds what a figure is compared with.</param>
    public static int Show(string title, IReadOnlyList<Figure> figures, Arguments asked, IReadOnlyList<string> notes, string floor = "floor")
    {
        var rows = Rows(figures, floor);
        var table = new Spectre.Console.Table().Title(Markup.Escape(title)).Border(TableBorder.Markdown).AddColumns([.. rows[0].Select(Markup.Escape)]);
        foreach (var row in rows.Skip(1)) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Profile.Width = 180;
        AnsiConsole.Write(table);
        foreach (var note in notes) Console.WriteLine(note);
        if (asked.Json is { } file) File.WriteAllText(file, JsonSerializer.Serialize(new { title, at = TimeProvider.System.GetUtcNow(), cpus = Environment.ProcessorCount, notes, figures }, Form));
        if (asked.Markdown is { } page) File.WriteAllText(page, Page(title, rows, notes));
        return figures.Any(figure => figure.Holds is false) ? 1 : 0;
    }

    /// <summary>The heads, then one row per figure, without the columns that say nothing.</summary>
    static string[][] Rows(IReadOnlyList<Figure> figures, string floor)
    {
        (string Head, Func<Figure, string> Cell)[] columns =
        [
            ("figure", figure => figure.Name),
            ("router", figure => Amount(figure.Router, figure.Unit)),
            (floor, figure => Amount(figure.Floor, figure.Unit)),
            ("ratio", figure => Amount(figure.Ratio, "×")),
            ("ccxt", figure => Amount(figure.Ccxt, figure.Unit)),
            ("asked", figure => figure.Asked ?? ""),
            ("holds", figure => figure.Holds switch { true => "yes", false => "NO", null => "" }),
        ];
        var said = columns.Where(column => figures.Any(figure => column.Cell(figure).Length > 0)).ToArray();
        return [[.. said.Select(column => column.Head)], .. figures.Select(figure => said.Select(column => column.Cell(figure)).ToArray())];
    }

    static string Page(string title, string[][] rows, IReadOnlyList<string> notes)
    {
        var page = new StringBuilder($"{title}\n\n");
        for (var row = 0; row < rows.Length; row++)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", rows[row])} |\n");
            if (row == 0) page.Append(CultureInfo.InvariantCulture, $"|{string.Concat(Enumerable.Repeat("---|", rows[0].Length))}\n");
        }
        foreach (var note in notes) page.Append(CultureInfo.InvariantCulture, $"\n{note}\n");
        return page.ToString();
    }

    static string Amount(double? value, string unit) =>
        value is { } told ? $"{told.ToString(Math.Abs(told) >= 100 ? "0" : Math.Abs(told) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture)} {unit}".TrimEnd() : "";
}
