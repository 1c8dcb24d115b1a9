using Chimera.S4.HttpAdapter.OpenApi;
using Chimera.S4.HttpAdapter.Security;

namespace Chimera.S4.HttpAdapter.Reads;

static class ReadEndpoints
{
    public static void MapReads(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/orders/{intent_id}", (HttpContext http, string intent_id, RouterReads reads, CancellationToken aborted) => reads.Intent(http, intent_id, aborted))
            .RequireRole(ApiRole.Read)
            .WithName("GetIntent").WithTags("Reads")
            .WithSummary("One intent: where it stands and how it came there")
            .Answers<IntentView>(200, "The result so far, the intent, and its timeline")
            .Refuses(404, "No such intent")
            .RefusesWhenSilent();

        endpoints.MapGet("/orders/{intent_id}/chart", (HttpContext http, string intent_id, RouterReads reads, CancellationToken aborted) => reads.Chart(http, intent_id, aborted))
            .RequireRole(ApiRole.Read)
            .WithName("GetIntentChart").WithTags("Reads")
            .WithSummary("One intent over time: the market, its orders, fills and slices")
            .Answers<IntentChart>(200, "What a picture of it is drawn from")
            .Refuses(404, "No such intent")
            .RefusesWhenSilent();

        endpoints.MapGet("/orders", (HttpRequest request, RouterReads reads, CancellationToken aborted) => reads.Intents(request, aborted))
            .RequireRole(ApiRole.Read)
            .WithName("ListIntents").WithTags("Reads")
            .WithSummary("Intents, newest first")
            .WithQuery("state", "Wire status", "NEW", RouterReads.States)
            .WithQuery("symbol", "Venue symbol", "BTCUSDT")
            .WithQuery("market", "Market", "FUT", "SPOT", "FUT")
            .WithQuery("since", "Created at or after this instant, ISO 8601 with offset", "2026-01-31T12:00:00Z")
            .WithQuery("limit", "Items on a page, 1–500; default 100", "50")
            .WithQuery("cursor", "`next_cursor` of the page before", null)
            .Answers<IntentPage>(200, "A page; `next_cursor` is null on the last one")
            .Refuses(400, "A parameter that is unknown or out of range")
            .RefusesWhenSilent();

        endpoints.MapGet("/results", (HttpRequest request, RouterReads reads, CancellationToken aborted) => reads.ResultLines(request, aborted))
            .RequireRole(ApiRole.Read)
            .WithName("ListResults").WithTags("Reads")
            .WithSummary("The results stream, oldest first")
            .WithQuery("after", "`next_after` of the page before; absent: from the oldest kept", null)
            .WithQuery("limit", "Lines on a page, 1–1000; default 100", "100")
            .Answers<ResultsPage>(200, "A page of `ord:results`")
            .Refuses(400, "A parameter that is unknown or out of range")
            .RefusesWhenSilent();
    }
}
