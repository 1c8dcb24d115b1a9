using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chimera.S4.HttpAdapter.Problems;

/// <summary>What a contract allows at the place where its JSON went wrong.</summary>
readonly record struct Hint(string Code, string Field, string? Value, string Allowed);

/// <summary>Walks a JSON path over the body and over the contract's type, side by side.</summary>
static class Hints
{
    /// <param name="path">As <see cref="JsonException.Path"/> gives it: <c>$.exec_policy.twap.slices</c>, <c>$.post_fill_actions.take_profit[0].qty</c>.</param>
    public static Hint For<T>(JsonElement body, string? path)
    {
        if (Repeated(body, "") is { } repeated) return new("DUPLICATE_FIELD", repeated, "given more than once", "each field at most once");
        JsonElement? value = body;
        var type = typeof(T);
        var field = (path ?? "$").TrimStart('$', '.');
        foreach (var step in field.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            var into = step.EndsWith(']') ? type.GetElementType() : Fields(type).GetValueOrDefault(step);
            if (into is null)
                return new("UNKNOWN_FIELD", field, Raw(Inside(value, step)), $"only {string.Join(", ", Fields(type).Keys)}");
            (type, value) = (into, Inside(value, step));
        }
        return new("JSON_TYPE", field.Length == 0 ? "body" : field, Raw(value), Form(Nullable.GetUnderlyingType(type) ?? type));
    }

    static string Form(Type type) => type switch
    {
        _ when type == typeof(decimal) => "a JSON number or a string such as \"0.015\"",
        _ when type == typeof(string) => "a JSON string",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(DateTimeOffset) => "an ISO 8601 time such as \"2026-01-31T12:00:00Z\"",
        _ when type.IsArray => "a JSON array",
        _ => $"a JSON object with {string.Join(", ", Fields(type).Keys)}",
    };

    static Dictionary<string, Type> Fields(Type type) => type == typeof(string) || typeof(IEnumerable).IsAssignableFrom(type) ? [] : type.GetProperties()
        .Where(property => property.GetCustomAttribute<JsonPropertyNameAttribute>() is not null)
        .ToDictionary(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);

    static JsonElement? Inside(JsonElement? value, string step) => value switch
    {
        { ValueKind: JsonValueKind.Array } array when int.TryParse(step.TrimEnd(']'), out var index) && index < array.GetArrayLength() => array[index],
        { ValueKind: JsonValueKind.Object } some => some.EnumerateObject().Where(p => p.Name.Equals(step, StringComparison.OrdinalIgnoreCase)).Select(p => (JsonElement?)p.Value).FirstOrDefault(),
        _ => null,
    };

    /// <summary>The first field that stands twice in one object, whatever its case.</summary>
    static string? Repeated(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().Select((item, index) => Repeated(item, $"{path}[{index}]")).FirstOrDefault(found => found is not null);
        if (value.ValueKind != JsonValueKind.Object) return null;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in value.EnumerateObject())
        {
            var here = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (!seen.Add(field.Name)) return here;
            if (Repeated(field.Value, here) is { } deeper) return deeper;
        }
        return null;
    }

    static string? Raw(JsonElement? value) => value?.GetRawText();
}
