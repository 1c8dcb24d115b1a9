using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Chimera.S4.Router.Tests.HttpAdapter;

/// <summary>One watcher of <c>GET /ops/live</c>, which reads up to the end of a lot.</summary>
sealed class WatchedStream : IAsyncDisposable
{
    readonly HttpResponseMessage response;
    readonly IAsyncEnumerator<SseItem<string>> events;

    WatchedStream(HttpResponseMessage response, Stream body) => (this.response, events) = (response, SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator());

    public static async Task<WatchedStream> Open(AdapterHost adapter, string? lastEventId = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ops/live");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        if (key is not null) request.Headers.Add("X-API-Key", key);
        var response = await adapter.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new WatchedStream(response, await response.Content.ReadAsStreamAsync());
    }

    public int Status => (int)response.StatusCode;
    public string? MediaType => response.Content.Headers.ContentType?.MediaType;

    /// <summary>What is told next, and the position that ends it.</summary>
    public async Task<Lot> Next()
    {
        var told = new List<(string Event, JsonElement Data)>();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await events.MoveNextAsync().AsTask().WaitAsync(bound.Token))
        {
            var (kind, data) = (events.Current.EventType, JsonSerializer.Deserialize<JsonElement>(events.Current.Data));
            if (kind == "end") return new Lot(events.Current.EventId!, [.. told]);
            if (kind != "beat") told.Add((kind, data));
        }
        throw new InvalidOperationException("the stream has ended");
    }

    /// <summary>Lots until one has such an event.</summary>
    public async Task<Lot> NextWith(string kind, Func<JsonElement, bool> holds)
    {
        while (true)
            if (await Next() is var lot && lot.Events.Any(told => told.Event == kind && holds(told.Data))) return lot;
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        try
        {
            await events.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // A read was still under way: it has ended with the response.
        }
    }
}

sealed record Lot(string Position, (string Event, JsonElement Data)[] Events)
{
    public string[] Rows => [.. Of("rows").SelectMany(page => page.GetProperty("items").EnumerateArray()).Select(row => $"{row.GetProperty("intent_id")} {row.GetProperty("status")}")];
    public string[] Gone => [.. Of("gone").SelectMany(gone => gone.GetProperty("ids").EnumerateArray()).Select(id => id.GetString()!)];
    public bool IsAll => Of("begin").Any();
    public IEnumerable<JsonElement> Of(string kind) => Events.Where(told => told.Event == kind).Select(told => told.Data);
}
