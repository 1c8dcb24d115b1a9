using System.Globalization;
using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Streams;

internal enum StreamKind { Silent, BookTicker, AggTrade, Trade, PartialDepth, DiffDepth, MarkPrice }

/// <summary>A stream's name taken apart: <c>btcusdt@depth5@100ms</c> is symbol, kind, levels and pace.</summary>
internal readonly record struct StreamName(string Symbol, StreamKind Kind, int Levels, long IntervalMs)
{
    public static StreamName Parse(Venue venue, string text)
    {
        var parts = text.Split('@');
        if (parts.Length < 2) return default;
        var (symbol, pace) = (parts[0].ToUpperInvariant(), parts.Length > 2 ? parts[2] : "");
        return parts[1] switch
        {
            "bookTicker" => new(symbol, StreamKind.BookTicker, 0, 0),
            "aggTrade" => new(symbol, StreamKind.AggTrade, 0, 0),
            // The futures trade stream went silent in April 2026.
            "trade" when venue is Venue.Spot => new(symbol, StreamKind.Trade, 0, 0),
            "depth" => new(symbol, StreamKind.DiffDepth, int.MaxValue, DepthPace(venue, pace)),
            "depth5" or "depth10" or "depth20" =>
                new(symbol, StreamKind.PartialDepth, int.Parse(parts[1].AsSpan(5), CultureInfo.InvariantCulture), DepthPace(venue, pace)),
            "markPrice" when venue is Venue.Fut => new(symbol, StreamKind.MarkPrice, 0, pace is "1s" ? 1000 : 3000),
            _ => default,
        };
    }

    private static long DepthPace(Venue venue, string pace) => pace switch
    {
        "100ms" => 100,
        "500ms" when venue is Venue.Fut => 500,
        _ => venue is Venue.Spot ? 1000 : 250,
    };
}
