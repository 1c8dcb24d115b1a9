using Chimera.S4.Router.Startup;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chimera.S4.Router.Shutdown;

/// <summary>Not ready once it is told to stop: callers go elsewhere.</summary>
sealed class NotStopping(StartupGate gate) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(gate.IsStopping ? HealthCheckResult.Unhealthy("This process is about to end.") : HealthCheckResult.Healthy());
}
