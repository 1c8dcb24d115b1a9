using System.Globalization;
using System.Text.Json;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>The venue wrote something that its documents do not allow for.</summary>
sealed class WireException(string message) : FormatException(message);

/// <summary>Reads Binance's JSON: numbers come as strings or numbers, fields come and go, unknown ones are none of our business.</summary>
static class WireJson
{
    /// <summary>Text, or a number's digits; null: absent, null or of another kind.</summary>
    public static string? Text(this JsonElement json, string name)
    {
        if (json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    public static string Required(this JsonElement json, string name) =>
        json.Text(name) is { Length: > 0 } text ? text : throw new WireException($"field {name} is missing");

    public static decimal? Money(this JsonElement json, string name) =>
        json.Text(name) is not { Length: > 0 } text ? null : ParseMoney(text) ?? throw new WireException($"field {name} is not a number");

    public static decimal RequiredMoney(this JsonElement json, string name) => json.Money(name) ?? throw new WireException($"field {name} is missing");

    public static long? Number(this JsonElement json, string name) =>
        long.TryParse(json.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Milliseconds since 1970; null: absent or zero.</summary>
    public static DateTimeOffset? Time(this JsonElement json, string name) =>
        json.Number(name) is { } ms and > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    public static bool? Flag(this JsonElement json, string name)
    {
        if (json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
    }

    /// <summary>A nested object; null: absent.</summary>
    public static JsonElement? Inner(this JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value : null;

    /// <summary>The elements of an array; none where it is absent.</summary>
    public static IEnumerable<JsonElement> Rows(this JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>Prices and quantities: at most 28 digits, never through a binary float.</summary>
    public static decimal? ParseMoney(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
