using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Chimera.S4.Contracts;
using Xunit;

namespace Chimera.S4.Router.Tests.Contracts;

/// <summary>No server runs the AQL of infra/queries here; what can be said without one is said: it names what there is.</summary>
public partial class The_questions_to_the_record
{
    static readonly Dictionary<string, Type> Collections = new()
    {
        ["orders"] = typeof(OrderRecord), ["fills"] = typeof(FillRecord), ["strategy_events"] = typeof(StrategyEvent), ["markouts"] = typeof(MarkoutRecord),
    };

    public static TheoryData<string> Names => new(Directory.EnumerateFiles(Folder(), "*.aql").Select(file => Path.GetFileNameWithoutExtension(file)!).Order());

    [Fact]
    public void Each_come_in_both_forms_and_stand_in_the_readme()
    {
        string[] Of(string form) => [.. Directory.EnumerateFiles(Folder(), form).Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];
        Assert.Equal(Of("*.aql"), Of("*.sql"));
        Assert.Equal(Of("*.aql"), Row().Matches(File.ReadAllText(Path.Combine(Folder(), "README.md"))).Select(row => row.Groups[1].Value).Order());
    }

    [Theory, MemberData(nameof(Names))]
    public void Name_collections_and_fields_that_there_are(string question)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), $"{question}.aql"));
        var rows = Loop().Matches(text).Where(loop => Collections.ContainsKey(loop.Groups["in"].Value)).GroupBy(loop => loop.Groups["row"].Value).ToDictionary(one => one.Key, one => Collections[one.First().Groups["in"].Value]);
        Assert.NotEmpty(rows);
        foreach (var (row, of) in rows)
        {
            var fields = of.GetProperties().Select(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name).ToHashSet();
            Assert.Subset(fields, Regex.Matches(text, $@"\b{row}\.([a-z_0-9]+)").Select(use => use.Groups[1].Value).ToHashSet());
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Ask_the_same_in_both_forms(string question)
    {
        string First(string form) => File.ReadLines(Path.Combine(Folder(), $"{question}.{form}")).First().TrimStart('/', '-', ' ').Replace('@', '$');
        Assert.Equal(First("aql"), First("sql"));
    }

    static string Folder() => Path.Combine(Repository.Root, "infra", "queries");

    [GeneratedRegex(@"FOR (?<row>\w+) IN (?<in>\w+)")]
    private static partial Regex Loop();

    [GeneratedRegex(@"\| `(\w+)` \|")]
    private static partial Regex Row();
}
