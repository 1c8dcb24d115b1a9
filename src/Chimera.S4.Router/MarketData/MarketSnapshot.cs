using System.Globalization;
using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.MarketData;

/// <summary>One <c>mkt:snap</c>: <c>{market SPOT|FUT, mid, spread, depth_top, ts}</c>; spread in price, depth in base units on each side, ts in ms since 1970. Numbers or strings.</summary>
static class MarketSnapshot
{
    /// <summary>The top of a book that it describes; null: it is none, or of another market.</summary>
    public static Quote? Read(string? text, Market market, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("market", out var word) || word.ToString() != (market is Market.Spot ? "SPOT" : "FUT")) return null;
            if (Number(root, "mid") is not { } mid || mid <= 0) return null;
            if (Number(root, "spread") is not { } spread || spread < 0 || spread >= mid * 2 || Number(root, "depth_top") is not { } depth || depth < 0) return null;
            if (Number(root, "ts") is not { } ts || ts is < 0 or > 253_402_300_799_999) return null;
            var at = DateTimeOffset.FromUnixTimeMilliseconds((long)ts);
            // A clock that runs ahead must not make a price look fresh for ever.
            return new([new(mid - spread / 2, depth)], [new(mid + spread / 2, depth)], at > now ? now : at);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static decimal? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
