using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Chimera.S4.HttpAdapter.Problems;

namespace Chimera.S4.HttpAdapter.Live;

/// <summary><c>GET /ops/live</c>: one watcher's events. Everything in pages first, then what changes; the last event of each lot carries the position to come back with.</summary>
sealed class LiveStream(LiveFeed feed, LiveBoard board, TimeProvider clock, IHostApplicationLifetime life)
{
    const int PageRows = 100;
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(10), ComeBack = TimeSpan.FromSeconds(1);

    public IResult Open(HttpRequest request)
    {
        if (feed.Join() is not { } watch)
            return Problem.RetryAfter(TimeSpan.FromSeconds(10), Problem.Of(503, "TOO_MANY_WATCHERS", "Try again", $"{LiveFeed.MostWatchers} streams are open in this process, and more are not."));
        // Released with the request, whether or not the stream was ever read.
        request.HttpContext.Response.RegisterForDispose(watch);
        var position = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } given ? given : null;
        return TypedResults.ServerSentEvents(Events(watch, position));
    }

    async IAsyncEnumerable<SseItem<string>> Events(LiveFeed.Watch watch, string? position, [EnumeratorCancellation] CancellationToken aborted = default)
    {
        // A stream never ends by itself, and a process that is told to stop must not wait for it.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(aborted, life.ApplicationStopping);
        yield return new SseItem<string>("{}", "beat");      // at once: until the first event leaves, the watcher does not know that it was let in
        if (!await Within(watch.Fresh, Timeout.InfiniteTimeSpan, over.Token)) yield break;
        while (!over.IsCancellationRequested)
        {
            var moved = board.Moved;
            if (board.Since(position) is { } news)
            {
                foreach (var item in Items(news)) yield return item;
                position = news.Position;
            }
            else if (!await Within(moved, Beat, over.Token)) yield return new SseItem<string>("{}", "beat");
        }
    }

    static IEnumerable<SseItem<string>> Items(LiveNews news)
    {
        if (news.IsAll) yield return new SseItem<string>(Json(new { rows = news.Rows.Length }), "begin");
        foreach (var rows in news.Rows.Chunk(PageRows)) yield return new SseItem<string>(Json(new { items = rows }), "rows");
        if (news.Gone.Length > 0) yield return new SseItem<string>(Json(new { ids = news.Gone }), "gone");
        foreach (var (name, json) in news.Panels) yield return new SseItem<string>(json, name);
        yield return new SseItem<string>("{}", "end") { EventId = news.Position, ReconnectionInterval = ComeBack };
    }

    /// <summary>False: not within the time, or the stream is over.</summary>
    async Task<bool> Within(Task what, TimeSpan bound, CancellationToken over)
    {
        try
        {
            await what.WaitAsync(bound, clock, over);
            return true;
        }
        catch (Exception end) when (end is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
