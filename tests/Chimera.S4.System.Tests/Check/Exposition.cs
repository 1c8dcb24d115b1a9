using System.Globalization;
using System.Text.RegularExpressions;

namespace Chimera.S4.System.Tests.Check;

/// <summary>What a process says at <c>/metrics</c>, read as Prometheus reads it.</summary>
sealed partial class Exposition
{
    sealed record Sample(string Name, string Labels, double Value);

    readonly List<Sample> samples = [];

    /// <summary>Metrics by name, with their type; a histogram is one.</summary>
    public Dictionary<string, string> Types { get; } = [];

    public static Exposition Read(string text)
    {
        var read = new Exposition();
        foreach (var line in text.Split('\n'))
        {
            if (Type().Match(line) is { Success: true } type) read.Types[type.Groups[1].Value] = type.Groups[2].Value;
            else if (Line().Match(line) is { Success: true } sample)
                read.samples.Add(new Sample(sample.Groups[1].Value, sample.Groups[2].Value, double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture)));
            else if (line.Length > 0 && line[0] != '#') throw new FormatException($"not Prometheus text: {line}");
        }
        return read;
    }

    /// <summary>Sum over all series that have these labels, each as <c>name="value"</c>; 0 where there is none.</summary>
    public double Sum(string name, params string[] labels) => samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.Contains(label, StringComparison.Ordinal))).Sum(sample => sample.Value);

    [GeneratedRegex("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|untyped|info)$")]
    private static partial Regex Type();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (NaN|[-+]?Inf|[-+0-9.eE]+)(?: \d+)?$""")]
    private static partial Regex Line();
}
