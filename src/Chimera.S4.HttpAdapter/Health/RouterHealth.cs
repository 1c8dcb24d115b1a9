using Chimera.S4.HttpAdapter.Bus;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Health;

/// <summary><c>GET /health</c>: the router's own report, or DOWN in its name.</summary>
sealed class RouterHealth(RouterClient router, IBusControl bus, IOptions<RestAdapterOptions> options)
{
    public async Task<IResult> Handle(CancellationToken aborted)
    {
        var report = await Report(aborted);
        return Results.Json(report, statusCode: report.Status == "DOWN" ? 503 : 200);
    }

    /// <summary>Always answers: in the name of a router that does not, DOWN.</summary>
    public async Task<HealthReport> Report(CancellationToken aborted)
    {
        try
        {
            return await router.Ask<GetHealth, HealthReport>(new GetHealth(), options.Value.HealthBound, aborted);
        }
        catch (RouterUnreachableException silent)
        {
            var health = bus.CheckHealth();
            var busIsUp = health.Status == BusHealthStatus.Healthy;
            return new HealthReport
            {
                Status = "DOWN",
                Checks =
                [
                    new HealthCheck { Name = "bus", Status = busIsUp ? "OK" : "DOWN", Detail = busIsUp ? null : health.Description },
                    new HealthCheck { Name = "router", Status = "DOWN", Detail = silent.Message },
                ],
            };
        }
    }
}
