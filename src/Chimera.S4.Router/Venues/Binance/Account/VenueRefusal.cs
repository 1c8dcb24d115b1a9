namespace Chimera.S4.Router.Venues.Binance;

/// <summary>A background read or a stream did not come about: the venue refused, or did not answer. Caught by the loop that will try again.</summary>
sealed class VenueRefusal(string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public TimeSpan? RetryAfter => retryAfter;

    public static VenueRefusal From(string what, HttpReply reply, DateTimeOffset venueNow)
    {
        var text = reply.Error?.Text ?? reply.Body;
        var hold = reply.Failure is HttpFailure.Held ? reply.RetryAfter : reply.Status is 429 or 418 ? Hold.After(reply, reply.Error?.Code, text, venueNow) : null;
        return new($"{what}: {(reply.Status == 0 ? "" : $"HTTP {reply.Status} ")}{(reply.Error is { } error ? $"{error.Code} " : "")}{(text.Length > 200 ? text[..200] : text)}", hold);
    }
}
