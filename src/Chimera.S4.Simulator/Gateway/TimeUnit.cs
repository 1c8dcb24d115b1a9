using System.Collections.Frozen;
using System.Text.Json;

namespace Chimera.S4.Simulator.Gateway;

/// <summary><c>X-MBX-TIME-UNIT: MICROSECOND</c>: the same answer with its times in microseconds (spot only, reference §1.1).</summary>
internal static class TimeUnit
{
    private static readonly FrozenSet<string> Times = new[]
    {
        "time", "updateTime", "workingTime", "transactTime", "transactionTime", "serverTime", "trailingTime", "E", "T", "O", "W",
    }.ToFrozenSet();

    /// <summary>Whether microseconds are asked for.</summary>
    public static bool IsMicro(string? asked) => asked?.ToUpperInvariant() switch
    {
        null or "" or "MILLISECOND" => false,
        "MICROSECOND" => true,
        _ => throw new VenueError(-1194, "Invalid value for time unit; expected either MICROSECOND or MILLISECOND."),
    };

    public static byte[] ToMicro(ReadOnlyMemory<byte> json) => WireJson.Write(json, static (w, json) =>
    {
        using var document = JsonDocument.Parse(json);
        Write(w, document.RootElement, isTime: false);
    });

    private static void Write(Utf8JsonWriter w, JsonElement value, bool isTime)
    {
        if (value.ValueKind is JsonValueKind.Object)
        {
            w.WriteStartObject();
            foreach (var field in value.EnumerateObject())
            {
                w.WritePropertyName(field.Name);
                Write(w, field.Value, Times.Contains(field.Name));
            }
            w.WriteEndObject();
        }
        else if (value.ValueKind is JsonValueKind.Array)
        {
            w.WriteStartArray();
            foreach (var item in value.EnumerateArray()) Write(w, item, isTime: false);
            w.WriteEndArray();
        }
        // -1 stands for "never", not for a time.
        else if (isTime && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var ms) && ms > 0) w.WriteNumberValue(ms * 1000);
        else value.WriteTo(w);
    }
}
