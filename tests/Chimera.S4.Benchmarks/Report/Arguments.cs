using System.Globalization;

namespace Chimera.S4.Benchmarks.Report;

/// <summary>What the command line asked for.</summary>
/// <param name="Json">Where the figures are written as JSON; null: nowhere.</param>
/// <param name="Markdown">Where the table is written as Markdown; null: nowhere.</param>
/// <param name="Runs">Interleaved runs of each side.</param>
/// <param name="Short">One small run whose ratios decide the exit code.</param>
/// <param name="Intents">Null: the figure's own number.</param>
sealed record Arguments(string? Json = null, string? Markdown = null, int Runs = 5, bool Short = false, int? Intents = null)
{
    public static Arguments Read(string[] words)
    {
        var (read, at) = (new Arguments(), 0);
        for (; at < words.Length; at++)
            read = words[at] switch
            {
                "--json" => read with { Json = Path.GetFullPath(Next()) },
                "--markdown" => read with { Markdown = Path.GetFullPath(Next()) },
                "--runs" => read with { Runs = Whole(1, 50) },
                "--intents" => read with { Intents = Whole(10, 100_000) },
                "--short" => read with { Short = true, Runs = 1 },
                var word => throw new ArgumentException($"{word}: not one of --json, --markdown, --runs, --intents, --short"),
            };
        return read;

        string Next() => ++at < words.Length ? words[at] : throw new ArgumentException($"{words[at - 1]} needs a value");
        int Whole(int least, int most) => int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"{words[at - 1]} {words[at]}: a whole number from {least} to {most}");
    }
}
