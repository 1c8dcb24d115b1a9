using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chimera.S4.Orders;

/// <summary>How money is stored: plain decimal text without trailing zeros, so that equal values are equal bytes and nothing becomes a binary float.</summary>
public static class DecimalJson
{
    public static string Format(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    internal static decimal Read(ref Utf8JsonReader reader) =>
        decimal.Parse(reader.GetString() ?? throw new JsonException("a stored decimal is text"), NumberStyles.Float, CultureInfo.InvariantCulture);
}

// A readonly record struct without a converter would be stored as an object, and one with a hand-written constructor would silently read back as 0.
sealed class PriceJson : JsonConverter<Price>
{
    public override Price Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(DecimalJson.Read(ref reader));
    public override void Write(Utf8JsonWriter writer, Price value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

sealed class QuantityJson : JsonConverter<Quantity>
{
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(DecimalJson.Read(ref reader));
    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
