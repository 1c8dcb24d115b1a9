using System.Globalization;

namespace Chimera.S4.HttpAdapter.Orders;

/// <summary>The caller's own idea of how long to wait: <c>Prefer: wait=N</c> in whole seconds (RFC 7240).</summary>
static class Prefer
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>The wait, at most 60 s; null where the header names none. A preference that cannot be read is ignored, as the RFC asks.</summary>
    public static TimeSpan? Wait(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(line => (line ?? "").Split(',')))
        {
            var pair = preference.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair is [var name, var value] && name.Equals("wait", StringComparison.OrdinalIgnoreCase)
                && uint.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return Shorter(TimeSpan.FromSeconds(seconds), Longest);
        }
        return null;
    }

    /// <summary>Without a preference an order waits for its maker window and the margin.</summary>
    public static TimeSpan Default(OrderIntent intent, TimeSpan margin) =>
        Shorter(TimeSpan.FromMilliseconds(Math.Max(0, intent.ExecPolicy?.MakerThenTaker?.WaitMs ?? 0)) + margin, Longest);

    static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
