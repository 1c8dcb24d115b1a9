using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chimera.S4.Contracts;

/// <summary>Decimals are strings out, strings or numbers in (design §7): no reader on the way turns them into a binary float.</summary>
public sealed class DecimalText : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number)) return number;
        if (reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var text)) return text;
        throw new JsonException("a decimal is a JSON number or a string such as \"0.015\"");
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));

    /// <summary>Plain notation without trailing zeros, at most 28 digits: <c>1.50</c> and <c>1.5</c> are the same text, so equal values hash equally.</summary>
    public static string Format(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    static bool TryParse(string? text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
}
