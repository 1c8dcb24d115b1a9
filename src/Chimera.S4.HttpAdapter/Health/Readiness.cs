using Chimera.S4.HttpAdapter.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chimera.S4.HttpAdapter.Health;

/// <summary><c>GET /health/ready</c>: every health check tagged <see cref="Tag"/>. MassTransit's bus check has the tag; the process that the adapter lives in adds its own.</summary>
public static class Readiness
{
    public const string Tag = "ready";

    internal static void MapReady(this IEndpointRouteBuilder endpoints) => endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions
    {
        Predicate = check => check.Tags.Contains(Tag),
        // Degraded is what MassTransit calls a bus that has lost its broker: nothing to send work to.
        ResultStatusCodes = { [HealthStatus.Healthy] = 200, [HealthStatus.Degraded] = 503, [HealthStatus.Unhealthy] = 503 },
        ResponseWriter = (http, report) => http.Response.WriteAsJsonAsync(new
        {
            status = Word(report.Status),
            checks = report.Entries.Select(entry => new { name = entry.Key, status = Word(entry.Value.Status), detail = entry.Value.Description }),
        }),
    }).RequireRole(ApiRole.Read);

    static string Word(HealthStatus status) => status == HealthStatus.Healthy ? "OK" : "DOWN";
}
