using Chimera.S4.HttpAdapter.Health;
using Chimera.S4.Router.Messaging;
using MassTransit;

namespace Chimera.S4.Router.Shutdown;

/// <summary>An orderly end within a bound.</summary>
public static class ShutdownSetup
{
    public static IServiceCollection AddShutdown(this IServiceCollection services, IConfiguration configuration)
    {
        var options = ShutdownOptions.Read(configuration);
        services.AddSingleton(options).AddSingleton<Leaving>().AddSingleton<Presence>().AddSingleton<ShutdownMetrics>().AddSingleton<MakerWithdrawal>().AddSingleton<OrderlyEnd>();
        var endpoints = new ReceiveEndpoints();
        services.AddSingleton(endpoints).AddReceiveEndpointObserver(_ => endpoints);
        services.AddHostedService(provider => provider.GetRequiredService<Presence>()).AddHostedService(provider => provider.GetRequiredService<OrderlyEnd>());
        services.AddHealthChecks().AddCheck<NotStopping>("stopping", tags: [Readiness.Tag]);
        return services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Bound);
    }
}
