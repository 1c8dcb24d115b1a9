using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Chimera.S4.Benchmarks.Report;

/// <summary>One line of the table: the median of its runs, the floor's in the same runs, and what is asked.</summary>
/// <param name="Floor">Null where nothing serves as a floor.</param>
/// <param name="Asked">The bound in words; null: only told.</param>
/// <param name="Holds">Null: nothing was asked.</param>
sealed record Figure(string Name, string Unit, double Router, double? Floor = null, string? Asked = null, bool? Holds = null)
{
    public double? Ratio => Floor is > 0 and var floor ? Router / floor : null;

    /// <summary>A figure that may be at most so many times its floor.</summary>
    public static Figure AtMostTimes(string name, string unit, double router, double floor, double times) =>
        new(name, unit, router, floor, $"≤ {times.ToString(CultureInfo.InvariantCulture)} × floor", router <= floor * times);

    public static Figure AtMost(string name, string unit, double value, double most) => new(name, unit, value, null, $"≤ {most.ToString(CultureInfo.InvariantCulture)} {unit}", value <= most);
    public static Figure AtLeast(string name, string unit, double value, double least, double? floor = null) =>
        new(name, unit, value, floor, $"≥ {least.ToString(CultureInfo.InvariantCulture)} {unit}", value >= least);
}

/// <summary>The table on the console and the same as JSON.</summary>
static class Table
{
    static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Exit code: 0 if every bound holds, else 1.</summary>
    public static int Show(string title, IReadOnlyList<Figure> figures, Arguments asked, IReadOnlyList<string> notes)
    {
        var table = new Spectre.Console.Table().Title(Markup.Escape(title)).Border(TableBorder.Markdown).AddColumns("figure", "router", "floor", "ratio", "asked", "holds");
        foreach (var figure in figures)
            table.AddRow([.. new[] { figure.Name, $"{Number(figure.Router)} {figure.Unit}", figure.Floor is { } floor ? $"{Number(floor)} {figure.Unit}" : "", figure.Ratio is { } ratio ? $"{Number(ratio)} ×" : "", figure.Asked ?? "", figure.Holds switch { true => "yes", false => "NO", null => "" } }.Select(Markup.Escape)]);
        AnsiConsole.Profile.Width = 160;
        AnsiConsole.Write(table);
        foreach (var note in notes) Console.WriteLine(note);
        if (asked.Json is { } file) File.WriteAllText(file, JsonSerializer.Serialize(new { title, at = TimeProvider.System.GetUtcNow(), cpus = Environment.ProcessorCount, notes, figures }, Form));
        return figures.Any(figure => figure.Holds is false) ? 1 : 0;
    }

    static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
