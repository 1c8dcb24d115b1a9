namespace Chimera.S4.Router.Alerts;

/// <summary>What a person has to know: on the bus, in the stream <c>alerts</c>, at <c>GET /ops/alerts</c>.</summary>
public static class AlertsSetup
{
    public static IServiceCollection AddAlerts(this IServiceCollection services) => services.AddSingleton<AlertBell>().AddHostedService<AlertDesk>();
}
