using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.OpenApi;
using Chimera.S4.HttpAdapter.Security;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Ops;

static class OpsEndpoints
{
    public static void MapOps(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPut("/ops/kill-switch", (HttpRequest request, KillSwitchLever lever, CancellationToken aborted) => lever.Set(request, aborted))
            .RequireRole(ApiRole.Ops)
            .WithName("PutKillSwitch").WithTags("Ops")
            .WithSummary("Stop, or allow again, whatever adds exposure")
            .WithDescription("Holds on every replica from the answer on. ON: new intents are denied with KILL_SWITCH, what rests is canceled, slices stop; reduce-only intents, protection and cancels pass. Audited.")
            .Accepts<KillSwitchBody>("application/json")
            .WithRequestExample("Stop", """{"state":"ON","reason":"runaway strategy"}""")
            .Answers<GatesView>(200, "The gates as they stand now")
            .Refuses(400, "Malformed: state other than ON or OFF, no reason")
            .Refuses(413, "Body above 64 KiB")
            .Refuses(415, "Content-Type is not application/json")
            .RefusesWhenSilent();

        endpoints.MapGet("/ops/gates", (KillSwitchLever lever, CancellationToken aborted) => lever.Show(aborted))
            .RequireRole(ApiRole.Read)
            .WithName("GetGates").WithTags("Ops")
            .WithSummary("Kill switch and circuit breakers")
            .Answers<GatesView>(200, "The gates as they stand now")
            .RefusesWhenSilent();

        endpoints.MapPost("/ops/cancel-all", (HttpRequest request, CancelAllLever lever, CancellationToken aborted) => lever.Ask(request, aborted))
            .RequireRole(ApiRole.Ops)
            .WithName("PostCancelAll").WithTags("Ops")
            .WithSummary("Ask every live intent to end, or those of a market or symbol")
            .WithDescription("Answered when it is stored and all have been asked; `GET /ops/cancel-all` tells how far it has come. Intents that only protect what is held stay. With `flatten` what is held is closed at market, once, by reduce-only intents: the whole futures position of each symbol, and on spot what live intents have bought or protect; what protected it goes. New intents are not held up: the kill switch does that. Audited.")
            .Accepts<CancelAllBody>("application/json")
            .WithRequestExample("One symbol", """{"market":"FUT","symbol":"BTCUSDT","confirm":true,"reason":"delisting"}""")
            .WithRequestExample("And close what is held", """{"symbol":"BTCUSDT","flatten":true,"confirm":true,"reason":"runaway strategy"}""")
            .Answers<CancelAllProgress>(200, "How many were asked, how many of them have ended, and what is being closed")
            .Refuses(400, "Malformed: market, symbol, flatten, no reason")
            .Refuses(413, "Body above 64 KiB")
            .Refuses(415, "Content-Type is not application/json")
            .Refuses(422, "Not confirmed")
            .RefusesWhenSilent();

        endpoints.MapGet("/ops/cancel-all", (CancelAllLever lever, CancellationToken aborted) => lever.Show(aborted))
            .RequireRole(ApiRole.Read)
            .WithName("GetCancelAll").WithTags("Ops")
            .WithSummary("How far the last cancel of everything has come")
            .Answers<CancelAllProgress>(200, "Without `request_id`: none was ever asked for")
            .RefusesWhenSilent();

        endpoints.MapPost("/ops/intents/{intent_id}/resolve", (HttpRequest request, string intent_id, ResolveLever lever, CancellationToken aborted) => lever.Resolve(request, intent_id, aborted))
            .RequireRole(ApiRole.Ops)
            .WithName("ResolveIntent").WithTags("Ops")
            .WithSummary("Decide what S4 can prove neither way: the way out of NEEDS_REVIEW")
            .WithDescription("ABSENT: S4 looks once more, and then takes the placement for absent: it goes out again under the same id, or ends where the intent has been asked to end; whoever does not want it any more cancels first. An order id: that order is looked up and merged. What the venue shows wins over what is said. Audited.")
            .Accepts<ResolveBody>("application/json")
            .WithRequestExample("Absent", """{"evidence":"ABSENT","confirm":true,"reason":"neither in history nor in trades"}""")
            .WithRequestExample("Found", """{"evidence":"8389765","confirm":true,"reason":"found in the order history"}""")
            .Answers<ResolveResult>(200, "What became of each placement that was in review")
            .Refuses(400, "Malformed: no evidence, no reason")
            .Refuses(404, "No such intent")
            .Refuses(409, "Nothing of the intent needs review, or not any more (NOT_IN_REVIEW)")
            .Refuses(413, "Body above 64 KiB")
            .Refuses(415, "Content-Type is not application/json")
            .Refuses(422, "Not confirmed; or the evidence names an order that cannot be this placement's")
            .Refuses(503, "The broker, the router or the venue did not answer; `Retry-After` says when to try again");

        endpoints.MapGet("/ops/queues", async (RouterClient router, IOptions<RestAdapterOptions> options, CancellationToken aborted) =>
                Results.Json(await router.Ask<GetQueues, QueuesView>(new GetQueues(), options.Value.ReadBound, aborted)))
            .RequireRole(ApiRole.Read)
            .WithName("GetQueues").WithTags("Ops")
            .WithSummary("What waits in the broker, and who takes it")
            .Answers<QueuesView>(200, "The router's queues as they were a few seconds ago; none on the bus in memory")
            .RefusesWhenSilent();

        endpoints.MapGet("/ops/alerts", (HttpRequest request, AlertReads reads, CancellationToken aborted) => reads.List(request, aborted))
            .RequireRole(ApiRole.Read)
            .WithName("ListAlerts").WithTags("Ops")
            .WithSummary("What a person has to know, oldest first")
            .WithQuery("after", "`next_after` of the page before; absent: from the oldest kept", null)
            .WithQuery("limit", "Alerts on a page, 1–1000; default 100", "100")
            .Answers<AlertsPage>(200, "A page of the stream `alerts`; each names its runbook page")
            .Refuses(400, "A parameter that is unknown or out of range")
            .RefusesWhenSilent();
    }
}
