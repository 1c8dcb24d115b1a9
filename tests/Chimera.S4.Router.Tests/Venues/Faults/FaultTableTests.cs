using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Chimera.S4.Simulator.Faults;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues.Faults;

/// <summary>The tables in Venues/README.md, which say what is shown by which test.</summary>
public sealed partial class The_tables_of_faults_and_answers
{
    static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), ".."));
    static readonly List<string[]> Rows =
    [
        .. File.ReadLines(Path.Combine(Folder, "README.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]).Where(row => row[^1] is not "shown by"),
    ];

    static IEnumerable<string[]> Faults => Rows.Where(row => row.Length == 4);

    [Fact]
    public void Have_a_row_for_every_kind_of_fault_that_the_simulator_can_play_and_for_no_other() =>
        Assert.Equal(FaultKinds.All.Order(), Faults.SelectMany(row => Quoted(row[1])).Distinct().Order());

    [Fact]
    public void Name_the_classes_of_the_adapters_outcomes() =>
        Assert.Equal(
            ["EXISTS", "FAILED", "KNOWN", "NOT_EXECUTED", "NOT_SENT", "ORDER_NOT_OPEN", "PARTIAL", "REJECTED", "UNKNOWN"],
            Rows.Where(row => row.Length == 3).Select(row => row[1]).Distinct().Order());

    [Fact]
    public void Name_tests_that_run()
    {
        Assert.All(Rows, row => Assert.NotEmpty(Quoted(row[^1])));
        Assert.Equal([], Rows.SelectMany(row => Quoted(row[^1])).Distinct().Where(name => Test(name) is not { Skip: null }));
    }

    [Fact]
    public void Name_tests_that_bring_the_fault_about() => Assert.Equal([],
        from row in Faults
        from kind in Quoted(row[1])
        where !Quoted(row[^1]).Any(test => Source(test).Contains(kind, StringComparison.Ordinal))
        select $"{kind}: not in {row[^1]}");

    static string[] Quoted(string cell) => [.. Code().Matches(cell).Select(match => match.Groups[1].Value)];

    static FactAttribute? Test(string name) => Type(name)?.GetMethod(name.Split('.')[1])?.GetCustomAttribute<FactAttribute>();

    static Type? Type(string name) => typeof(The_tables_of_faults_and_answers).Assembly.GetTypes().SingleOrDefault(type => type.Name == name.Split('.')[0]);

    /// <summary>The test with its attributes, from its class's files.</summary>
    static string Source(string name)
    {
        var words = name.Split('.');
        var files = Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).Where(text => Regex.IsMatch(text, $@"class {words[0]}\b"));
        return files.SelectMany(file => Regex.Split(file, @"\n    (?=\[(?:Fact|Theory))")).Single(part => Regex.IsMatch(part, $@" {words[1]}\("));
    }

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
