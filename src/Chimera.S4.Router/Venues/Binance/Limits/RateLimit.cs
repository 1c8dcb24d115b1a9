using System.Text.Json;

namespace Chimera.S4.Router.Venues.Binance;

enum RateKind { Weight, Orders, Requests }

/// <summary>One limit of a venue: so much in each window of that length. Windows are aligned to the venue's clock.</summary>
readonly record struct RateLimit(RateKind Kind, TimeSpan Interval, long Most)
{
    /// <summary>What tells limits apart, and the end of the header that tells the count: <c>X-MBX-USED-WEIGHT-1M</c>, <c>X-MBX-ORDER-COUNT-10S</c>. RAW_REQUESTS has none.</summary>
    public string Name => $"{(Kind is RateKind.Weight ? "USED-WEIGHT" : Kind is RateKind.Orders ? "ORDER-COUNT" : "REQUESTS")}-{Span(Interval)}";

    /// <summary>exchangeInfo <c>rateLimits[{rateLimitType, interval, intervalNum, limit}]</c>; null: a kind that is not known.</summary>
    public static RateLimit? Read(JsonElement json)
    {
        RateKind? kind = json.Text("rateLimitType") switch
        {
            "REQUEST_WEIGHT" => RateKind.Weight, "ORDERS" => RateKind.Orders, "RAW_REQUESTS" => RateKind.Requests, _ => null,
        };
        TimeSpan? one = json.Text("interval") switch
        {
            "SECOND" => TimeSpan.FromSeconds(1), "MINUTE" => TimeSpan.FromMinutes(1), "HOUR" => TimeSpan.FromHours(1), "DAY" => TimeSpan.FromDays(1), _ => null,
        };
        return kind is { } known && one is { } unit && json.Number("intervalNum") is > 0 and { } number && json.Number("limit") is > 0 and { } most ? new(known, unit * number, most) : null;
    }

    static string Span(TimeSpan span) =>
        span.Ticks % TimeSpan.TicksPerDay == 0 ? $"{span.Days}D"
        : span.Ticks % TimeSpan.TicksPerHour == 0 ? $"{(long)span.TotalHours}H"
        : span.Ticks % TimeSpan.TicksPerMinute == 0 ? $"{(long)span.TotalMinutes}M"
        : $"{(long)span.TotalSeconds}S";

    /// <summary>What is assumed until exchangeInfo has been read: the lowest figures that the documents name.</summary>
    public static readonly IReadOnlyList<RateLimit> Spot =
    [
        new(RateKind.Weight, TimeSpan.FromMinutes(1), 6000), new(RateKind.Requests, TimeSpan.FromMinutes(5), 300_000),
        new(RateKind.Orders, TimeSpan.FromSeconds(10), 50), new(RateKind.Orders, TimeSpan.FromDays(1), 160_000),
    ];

    /// <inheritdoc cref="Spot"/>
    public static readonly IReadOnlyList<RateLimit> Futures =
    [
        new(RateKind.Weight, TimeSpan.FromMinutes(1), 2400), new(RateKind.Orders, TimeSpan.FromSeconds(10), 300), new(RateKind.Orders, TimeSpan.FromMinutes(1), 1200),
    ];
}
