using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>A simulation that finds nothing when a protection is switched off could not have found anything with it.</summary>
public class A_deployment_without_a_protection
{
    const int Seeds = 10_000;
    const string Begin = "<!-- protections:begin -->\n", End = "<!-- protections:end -->";

    /// <summary>The README's table is what the simulation finds; with <c>S4_WRITE_DOCS=1</c> a stale one is rewritten instead of refused.</summary>
    [Fact, Trait("Category", "Services")]
    public void Breaks_its_promise()
    {
        var table = new StringBuilder().AppendLine("| without | first failing seed | what it finds |").AppendLine("|---|---|---|");
        foreach (var ports in Ports.Faulty)
        {
            var (seed, violation) = First(ports);
            table.AppendLine($"| {ports.Without} | {seed} | {violation} |");
        }
        var file = Path.GetFullPath(Path.Combine(Here(), "../README.md"));
        var text = File.ReadAllText(file);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(from >= Begin.Length && to >= from, "README.md has no markers for the table of protections");
        if (text[from..to] == table.ToString()) return;
        if (Environment.GetEnvironmentVariable("S4_WRITE_DOCS") != "1") Assert.Fail($"the table of protections in README.md is stale; run the tests with S4_WRITE_DOCS=1 to rewrite it:\n{table}");
        File.WriteAllText(file, text[..from] + table + text[to..]);
    }

    /// <summary>The quick loop's share: what the table says of a seed is so.</summary>
    [Fact]
    public void Breaks_its_promise_as_the_table_says()
    {
        var text = File.ReadAllText(Path.GetFullPath(Path.Combine(Here(), "../README.md")));
        Assert.All(Ports.Faulty, ports =>
        {
            var row = text.Split('\n').Single(line => line.StartsWith($"| {ports.Without} |", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);
            Assert.Equal(row[3], new World(int.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture), ports).Run());
        });
    }

    static (int Seed, string Violation) First(Ports ports)
    {
        for (var seed = 0; seed < Seeds; seed++)
            if (new World(seed, ports).Run() is { } violation) return (seed, violation);
        Assert.Fail($"without {ports.Without} nothing broke in {Seeds} seeds");
        return default;
    }

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
