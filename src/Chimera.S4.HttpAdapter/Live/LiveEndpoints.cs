using Chimera.S4.HttpAdapter.OpenApi;
using Chimera.S4.HttpAdapter.Security;

namespace Chimera.S4.HttpAdapter.Live;

static class LiveEndpoints
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton(new LiveBoard(Guid.NewGuid().ToString("N")[..8])).AddSingleton<LiveLook>().AddSingleton<LiveStream>().AddSingleton<LiveFeed>();
        return services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
    }

    public static void MapLive(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/ops/live", (HttpRequest request, LiveStream stream) => stream.Open(request))
        .RequireRole(ApiRole.Read)
        .WithName("WatchOps").WithTags("Ops")
        .WithSummary("Intents, gates, queues, alerts and health as they change: server-sent events")
        .WithDescription($"""
            First `begin`, then the newest {LiveLook.Newest} intents and all open and unknown ones in pages (`rows`), the panels (`gates`, `queues`, `alerts`, `health`, `router`, `window`) and `end`, whose id is the position.
            After that only what changes: `rows`, `gone` (ids that are not shown any more), panels, `end`; and `beat` after ten seconds of silence. `Last-Event-ID` goes on from a position; one that is too old, or another process's, begins anew.
            """)
        .WithRequestHeader("Last-Event-ID", "The id of the last `end`; absent: from the beginning.", "5f0c9a1e-42")
        .Produces<string>(200, "text/event-stream")
        .Refuses(503, $"{LiveFeed.MostWatchers} streams are open already; `Retry-After` says when to try again");
}
