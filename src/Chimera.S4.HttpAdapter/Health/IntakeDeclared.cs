using Chimera.S4.HttpAdapter.Bus;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chimera.S4.HttpAdapter.Health;

/// <summary>Not ready before the intake's queue exists: until then every order would come back as 503.</summary>
sealed class IntakeDeclared(IntakeTopology topology) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(topology.IsDeclared ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The intake queue is not declared yet."));
}
