using Chimera.S4.HttpAdapter.Security;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chimera.S4.HttpAdapter.Telemetry;

/// <summary>Metrics at <c>/metrics</c>, and where a collector is named, metrics and traces to it over OTLP (decision 0029).</summary>
public static class TelemetrySetup
{
    /// <summary>Requests by route and status, from ASP.NET Core itself; and what the runtime says of itself.</summary>
    static readonly string[] Frameworks = ["Microsoft.AspNetCore.Hosting", "System.Runtime"];

    /// <summary>One activity per HTTP request, one per message sent and taken; and ours.</summary>
    static readonly string[] TraceSources = ["Microsoft.AspNetCore", "MassTransit"];

    /// <param name="service">This process, as it is named in traces and metrics.</param>
    /// <param name="own">Names of the process's own meters and activity sources.</param>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, string service, params string[] own)
    {
        var options = TelemetryOptions.Read(configuration);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "chimera", serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter([.. Frameworks, .. own]).AddPrometheusExporter();
                if (options.Endpoint is not null) metrics.AddOtlpExporter(otlp => (otlp.Endpoint, otlp.Protocol) = (options.For("metrics"), options.Protocol));
            });
        // Without a collector nobody listens, and an activity that nobody listens to is never made: tracing costs a comparison.
        if (options.Endpoint is not null)
            telemetry.WithTracing(traces => traces
                .AddSource([.. TraceSources, .. own])
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceRatio)))
                .AddOtlpExporter(otlp => (otlp.Endpoint, otlp.Protocol) = (options.For("traces"), options.Protocol)));
        return services;
    }

    public static void MapMetrics(this IEndpointRouteBuilder endpoints) => endpoints.MapPrometheusScrapingEndpoint("/metrics").RequireRole(ApiRole.Read);
}
