using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Chimera.S4.Contracts;
using Xunit;

namespace Chimera.S4.Router.Tests.Contracts;

/// <summary>infra/docs/records.md tells what the types say. <c>S4_WRITE_DOCS=1</c> writes it anew.</summary>
public partial class The_table_of_the_record
{
    static readonly (string Collection, string Of, Type Row)[] Collections =
    [
        ("orders", "one venue order as it stands, or one denial; moves forward by `seq`", typeof(OrderRecord)), ("fills", "one fill; append-only", typeof(FillRecord)),
        ("strategy_events", "one thing that happened; append-only", typeof(StrategyEvent)), ("markouts", "the market some time after a fill; append-only", typeof(MarkoutRecord)),
        ("ord:results", "one line of the stream that S6 and S5 read; append-only. In Redis every value is text, and what is null here is the empty string, `corrects` absent", typeof(ResultLine)),
    ];

    public static TheoryData<string> Names => new(Collections.Select(collection => collection.Collection));

    [Theory, MemberData(nameof(Names))]
    public void Says_of_every_field_that_may_be_null_what_null_means(string collection) =>
        Assert.Empty(Fields(collection).Where(field => field.MayBeNull && !field.Meaning.Contains("null", StringComparison.OrdinalIgnoreCase)).Select(field => field.Name));

    [Fact]
    public Task Is_what_the_types_say() => Repository.Says("infra/docs/records.md", Write(), nameof(The_table_of_the_record));

    sealed record Field(string Name, string Form, bool MayBeNull, string Meaning);

    static string Write()
    {
        var text = new StringBuilder("""
            # What S4 records

            Written by `S4_WRITE_DOCS=1 dotnet test tests/Chimera.S4.Router.Tests --filter The_table_of_the_record` from the types in `src/Chimera.S4.Contracts`; the same test fails while it is stale.

            - *decimal* is text with exact digits and no trailing zeros (`"0.015"`), in every store; *time* is ISO 8601 in UTC; *JSON* is text that holds JSON.
            - Base units are those of the symbol's base asset, quote units those of its quote asset; bps are hundredths of a percent.
            - A field that may be null says what null means. `infra/queries/completeness.*` finds rows in which something is null that should not be.

            """.ReplaceLineEndings("\n"));
        foreach (var (collection, of, _) in Collections)
        {
            text.Append($"\n## {collection}\n\nA row is {of}.\n\n| field | type | null | meaning |\n|---|---|---|---|\n");
            foreach (var field in Fields(collection)) text.Append($"| `{field.Name}` | {field.Form} | {(field.MayBeNull ? "yes" : "")} | {field.Meaning} |\n");
        }
        return text.ToString();
    }

    static IEnumerable<Field> Fields(string collection)
    {
        var row = Collections.Single(one => one.Collection == collection).Row;
        var (told, nullability) = (Comments(row), new NullabilityInfoContext());
        foreach (var property in row.GetProperties())
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name;
            var mayBeNull = Nullable.GetUnderlyingType(property.PropertyType) is not null || nullability.Create(property).ReadState is NullabilityState.Nullable;
            yield return new Field(name, Form(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, name), mayBeNull, told.GetValueOrDefault(property.Name, ""));
        }
    }

    static string Form(Type type, string name) => type switch
    {
        _ when type == typeof(decimal) => "decimal",
        _ when type == typeof(DateTimeOffset) => "time",
        _ when type == typeof(bool) => "true, false",
        _ when type == typeof(int) || type == typeof(long) => "whole number",
        _ when name is "exec_policy" or "book_top3" => "JSON",
        _ => "text",
    };

    // From the source, where they are written; what the compiler would make of them is not built.
    static Dictionary<string, string> Comments(Type row)
    {
        var file = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Chimera.S4.Contracts"), $"{row.Name}.cs", SearchOption.AllDirectories).Single();
        var names = row.GetProperties().ToDictionary(property => property.Name, property => property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name);
        return Documented().Matches(File.ReadAllText(file)).ToDictionary(match => match.Groups["name"].Value,
            match => Code().Replace(Reference().Replace(match.Groups["text"].Value, see => names.TryGetValue(see.Groups[1].Value, out var name) ? $"`{name}`" : $"`{see.Groups[1].Value}`"), "`$1`").Replace("|", "\\|", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"/// <summary>(?<text>.+)</summary>\s+\[JsonPropertyName\([^\n]*? public (?:required )?\S+ (?<name>\w+) \{")]
    private static partial Regex Documented();

    [GeneratedRegex("<see cref=\"(\\w+)\"/>")]
    private static partial Regex Reference();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();
}
