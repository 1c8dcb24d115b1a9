using Chimera.S4.HttpAdapter.OpenApi;
using Chimera.S4.HttpAdapter.Security;

namespace Chimera.S4.HttpAdapter.Health;

static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health", (RouterHealth health, CancellationToken aborted) => health.Handle(aborted))
            .RequireRole(ApiRole.Read)
            .WithName("GetHealth").WithTags("Health")
            .WithSummary("How the router is")
            .Answers<HealthReport>(200, "OK or DEGRADED")
            .Answers<HealthReport>(503, "DOWN; also when no router answers");

        endpoints.MapGet("/health/live", () => Results.Json(new { status = "OK" }))
            .RequireNoRole()
            .WithName("GetLive").WithTags("Health")
            .WithSummary("The process is up; needs no key")
            .Produces(200);

        endpoints.MapReady();
    }
}
