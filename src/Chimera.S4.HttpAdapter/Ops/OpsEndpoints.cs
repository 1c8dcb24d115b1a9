using Chimera.S4.HttpAdapter.OpenApi;
using Chimera.S4.HttpAdapter.Security;

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
