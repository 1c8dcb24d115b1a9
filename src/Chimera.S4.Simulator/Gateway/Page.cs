namespace Chimera.S4.Simulator.Gateway;

/// <summary>The paging every history endpoint has: from an id on, or a time window, or the newest.</summary>
internal static class Page
{
    public static T[] Of<T>(Parameters p, IEnumerable<T> oldestFirst, Func<T, long> id, Func<T, long> time, long? fromId, TimeSpan longestWindow)
    {
        var limit = p.Limit(500, 1000);
        var (start, end) = (p.Number("startTime"), p.Number("endTime"));
        if (fromId is { } first) return [.. oldestFirst.Where(item => id(item) >= first).Take(limit)];
        if (start is { } from && end is { } to && to - from > longestWindow.TotalMilliseconds)
            throw new VenueError(-1127, $"More than {longestWindow.TotalHours} hours between startTime and endTime.");
        if (end is { } last) oldestFirst = oldestFirst.Where(item => time(item) <= last);
        return start is { } since
            ? [.. oldestFirst.Where(item => time(item) >= since).Take(limit)]
            : [.. oldestFirst.TakeLast(limit)];
    }
}
