using System.Globalization;
using System.Text.RegularExpressions;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>How long to leave the venue alone after a refusal that was not about the order.</summary>
static partial class Hold
{
    // Where the venue names no time: the 10 s window of order counts, the minute of request weights, Binance's shortest ban (2 min).
    static readonly TimeSpan OrderWindow = TimeSpan.FromSeconds(10), WeightWindow = TimeSpan.FromMinutes(1), ShortestBan = TimeSpan.FromMinutes(2), Overload = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest of what header <c>Retry-After</c> and "banned until" say; null: at once.</summary>
    public static TimeSpan? After(HttpReply reply, int? code, string text, DateTimeOffset venueNow)
    {
        var told = Longest(reply.RetryAfter, BannedUntil(text) - venueNow);
        if (told > TimeSpan.Zero) return told;
        return (reply.Status, code) switch
        {
            (418, _) => ShortestBan,
            (_, -1015) => OrderWindow,
            (429, _) or (_, -1003 or -1034) => WeightWindow,
            (_, -1021 or -5028) => null,
            _ => Overload,
        };
    }

    static TimeSpan? Longest(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null ? a : a > b ? a : b;

    static DateTimeOffset? BannedUntil(string text) =>
        Banned().Match(text) is { Success: true } match && long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    [GeneratedRegex(@"banned until (\d{13})")]
    private static partial Regex Banned();
}
