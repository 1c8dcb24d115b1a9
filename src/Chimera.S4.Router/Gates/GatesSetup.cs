using Chimera.S4.Orders;

namespace Chimera.S4.Router.Gates;

/// <summary>The gates before new exposure: limits, kill switch, circuit breaker.</summary>
public static class GatesSetup
{
    public static IServiceCollection AddGates(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(GateOptions.Limits(configuration))
        .AddSingleton(GateOptions.Breaker(configuration))
        .AddSingleton<GateBoard>()
        .AddSingleton<SharedBreaker>()
        .AddSingleton<SendGates>()
        .AddHostedService<KillSwitchWatch>();
}
