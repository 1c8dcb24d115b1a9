using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.MarketData;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Both Binance venues, what is known of them, and the loops that keep it so. Needs an <see cref="IUserStreamSink"/>.</summary>
public static class BinanceSetup
{
    public static IServiceCollection AddBinance(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BinanceOptions>().Configure(options => options.Read(configuration)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BinanceOptions>, BinanceOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MarketFacts>().AddSingleton<IMarketFacts>(provider => provider.GetRequiredService<MarketFacts>());
        services.AddSingleton<BinanceHttp>();
        // The store's own, where it is shared by replicas (AddStores).
        services.TryAddSingleton<IRateLedger, SingleReplica>();
        services.TryAddSingleton<IMarketSnapshots, NoSnapshots>();
        var quoteMaxAge = IntakeOptions.Read(configuration).QuoteMaxAge;
        services.AddSingleton<IHostedService>(provider => new SnapshotFeed(
            provider.GetRequiredService<MarketFacts>(), provider.GetRequiredService<IMarketSnapshots>(), () => provider.GetRequiredService<IOptions<BinanceOptions>>().Value.Symbols, quoteMaxAge,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SnapshotFeed>>()));
        services.AddVenue(VenueDialect.Spot, api => new SpotUserStream(api));
        services.AddVenue(VenueDialect.Futures, api => new FuturesUserStream(api));
        services.AddSingleton<ISpotRequests>(provider =>
            new BinanceSpotRequests(provider.GetRequiredKeyedService<BinanceApi>(Market.Spot), provider.GetRequiredKeyedService<StreamWatch>(Market.Spot)));
        services.AddSingleton<IFuturesRequests>(provider =>
            new BinanceFuturesRequests(provider.GetRequiredKeyedService<BinanceApi>(Market.Fut), provider.GetRequiredKeyedService<StreamWatch>(Market.Fut)));
        services.AddSingleton<IHostedService>(provider => new MarkFeed(
            provider.GetRequiredKeyedService<BinanceApi>(Market.Fut), provider.GetRequiredService<MarketFacts>(), provider.GetRequiredService<ILogger<MarkFeed>>()));
        return services;
    }

    /// <summary>A venue as everybody above sees it.</summary>
    internal static IVenue Venue(BinanceApi api, StreamHealth stream, StreamWatch watch)
    {
        var orders = new BinanceVenue(api, stream, watch);
        return api.Dialect.Market is Market.Fut ? new FuturesBooks(orders, new BinanceFuturesRequests(api, watch), api) : new SpotVenue(orders, new BinanceSpotRequests(api, watch));
    }

    static void AddVenue(this IServiceCollection services, VenueDialect dialect, Func<BinanceApi, IUserStreamProtocol> protocol)
    {
        var market = dialect.Market;
        services.AddKeyedSingleton(market, (provider, _) =>
            new BinanceApi(dialect, provider.GetRequiredService<BinanceHttp>(), provider.GetRequiredService<IOptions<BinanceOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddKeyedSingleton(market, (provider, _) => new StreamHealth(provider.GetRequiredService<TimeProvider>()));
        services.AddKeyedSingleton(market, (provider, _) => new AccountReads(Api(provider), provider.GetRequiredService<MarketFacts>()));
        services.AddKeyedSingleton(market, (provider, _) => new StreamWatch(Api(provider).Clock, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => Venue(Api(provider), provider.GetRequiredKeyedService<StreamHealth>(market), provider.GetRequiredKeyedService<StreamWatch>(market)));

        services.AddSingleton<IHostedService>(provider => new RateExchange(
            market, Api(provider).Budget, provider.GetRequiredService<IRateLedger>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RateExchange>>()));
        services.AddSingleton<IHostedService>(provider =>
            new VenueUpkeep(market, provider.GetRequiredKeyedService<AccountReads>(market), Api(provider).Doubt, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<VenueUpkeep>>()));
        services.AddSingleton<IHostedService>(provider =>
            new BookFeed(Api(provider), provider.GetRequiredService<MarketFacts>(), provider.GetRequiredService<ILogger<BookFeed>>()));
        services.AddSingleton<IHostedService>(provider => UserStreams.Of(
            protocol(Api(provider)), Api(provider), provider.GetRequiredKeyedService<StreamHealth>(market), provider.GetRequiredKeyedService<StreamWatch>(market),
            provider.GetRequiredService<IUserStreamSink>(), provider.GetRequiredService<MarketFacts>(), provider.GetRequiredKeyedService<AccountReads>(market), provider.GetRequiredService<ILogger<UserStream>>()));

        BinanceApi Api(IServiceProvider provider) => provider.GetRequiredKeyedService<BinanceApi>(market);
    }
}
