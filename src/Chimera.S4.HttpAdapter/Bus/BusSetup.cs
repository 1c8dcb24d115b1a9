using MassTransit;

namespace Chimera.S4.HttpAdapter.Bus;

/// <summary>The bus of a REST adapter that is its own process. Mapped into the router, the adapter uses the router's.</summary>
static class BusSetup
{
    public static IServiceCollection AddRestAdapterBus(this IServiceCollection services, IConfiguration configuration)
    {
        var options = BusOptions.From(configuration);
        services.AddSingleton(options);
        services.AddSingleton<IntakeTopology>().AddHostedService(provider => provider.GetRequiredService<IntakeTopology>());
        return services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingRabbitMq((_, rabbit) => rabbit.Host(options.RabbitMq, host => host.Heartbeat(TimeSpan.FromSeconds(5))));
        });
    }
}
