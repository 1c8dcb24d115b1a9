using System.Text.Json;

namespace Chimera.S4.Simulator.Limits;

/// <summary>A limit as <c>exchangeInfo</c>, <c>rateLimit/order</c> and WebSocket replies list it.</summary>
internal static class LimitsJson
{
    public static void Write(Utf8JsonWriter w, FixedWindow window)
    {
        w.WriteString("rateLimitType", window.Type);
        w.WriteString("interval", window.Interval);
        w.WriteNumber("intervalNum", window.IntervalNum);
        w.WriteNumber("limit", window.Limit);
    }

    public static void WriteWithCount(Utf8JsonWriter w, FixedWindow window)
    {
        Write(w, window);
        w.WriteNumber("count", window.Count);
    }
}
