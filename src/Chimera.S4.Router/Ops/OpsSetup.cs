namespace Chimera.S4.Router;

/// <summary>What operators look at.</summary>
public static class OpsSetup
{
    public static IServiceCollection AddOps(this IServiceCollection services) => services.AddMetrics().AddSingleton<RouterMetrics>();
}
