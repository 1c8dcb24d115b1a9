using Chimera.S4.Orders;
using Chimera.S4.Router.Venues.Binance;

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
        .AddHostedService<KillSwitchWatch>()
        .AddBreakerOf(Market.Spot)
        .AddBreakerOf(Market.Fut);

    static IServiceCollection AddBreakerOf(this IServiceCollection services, Market market) => services.AddSingleton<IHostedService>(provider => new BreakerFeed(
        market, provider.GetRequiredKeyedService<BinanceApi>(market).Tally, provider.GetRequiredService<SharedBreaker>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BreakerFeed>>()));
}
