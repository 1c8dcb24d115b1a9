using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chimera.S4.Simulator.Gateway;

/// <summary>Writes answers and events. Decimals travel as strings with a fixed number of places.</summary>
internal static class WireJson
{
    [ThreadStatic] private static ArrayBufferWriter<byte>? t_buffer;
    [ThreadStatic] private static Utf8JsonWriter? t_writer;

    public const string Spot = "0.00000000";
    public const string Plain = "0.############################";

    public static byte[] Write<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        // Nested use would write into the outer text; take the thread's writer away while it is in use.
        var buffer = Interlocked.Exchange(ref t_buffer, null) ?? new ArrayBufferWriter<byte>(1024);
        var writer = Interlocked.Exchange(ref t_writer, null) ??
            new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        write(writer, state);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        // A ledger of megabytes must not stay pinned to the thread.
        if (buffer.Capacity <= 64 * 1024) (t_buffer, t_writer) = (buffer, writer);
        return bytes;
    }

    public static void Amount(this Utf8JsonWriter writer, string name, decimal value, string format = Plain)
    {
        Span<char> text = stackalloc char[64];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..length]);
    }

    public static void AmountValue(this Utf8JsonWriter writer, decimal value, string format = Plain)
    {
        Span<char> text = stackalloc char[64];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    /// <summary>Price levels as pairs of strings.</summary>
    public static void Levels(this Utf8JsonWriter writer, string name, IEnumerable<(decimal Price, decimal Qty)> levels, string priceFormat, string qtyFormat)
    {
        writer.WriteStartArray(name);
        foreach (var (price, qty) in levels)
        {
            writer.WriteStartArray();
            writer.AmountValue(price, priceFormat);
            writer.AmountValue(qty, qtyFormat);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    public static void Object<T>(this Utf8JsonWriter writer, T state, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject();
        write(writer, state);
        writer.WriteEndObject();
    }

    public static void Array<T>(this Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (var item in items) writer.Object(item, write);
        writer.WriteEndArray();
    }
}
