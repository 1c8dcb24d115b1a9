using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Venues.Binance;

namespace Chimera.S4.Router.Guard;

/// <summary>Watching prices in place of the venue.</summary>
public static class GuardSetup
{
    public static IServiceCollection AddGuard(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(GuardOptions.Read(configuration))
        .AddSingleton<IQuoteReads>(provider => new BookReads(provider.GetRequiredKeyedService<BinanceApi>(Market.Spot)))
        .AddHostedService<GuardWatch>();
}
