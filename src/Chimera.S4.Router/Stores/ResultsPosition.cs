using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores;

/// <summary>A place in the results: a stream id (<c>ms-n</c>) in Redis, a row number in SQLite; readers pass on what they were given.</summary>
public static class ResultsPosition
{
    public const int MaxLimit = 1000;

    public static bool IsValid(string after) => after.Length is > 0 and <= 41 && after.Split('-') is { Length: <= 2 } parts && parts.All(part => ulong.TryParse(part, out _));

    /// <exception cref="ArgumentException">The place is not one that a page ended with, or the limit is outside 1–1000.</exception>
    internal static void Check(ListResults query)
    {
        if (query.Limit is < 1 or > MaxLimit) throw new ArgumentException($"limit is {query.Limit}; 1 to {MaxLimit} are allowed", nameof(query));
        if (query.After is not null && !IsValid(query.After)) throw new ArgumentException("after is not where a page ended", nameof(query));
    }
}
