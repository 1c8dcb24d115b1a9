using Chimera.S4.Router.Curves;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Journal.Arango;
using Chimera.S4.Router.Journal.Sqlite;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Stores.Redis;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Stores;

/// <summary>State in Redis where <c>S4_REDIS_ADDRESSES</c> is set, else in SQLite; the record in SQLite unless <c>S4_DB_ARANGO_URLS</c> names another keeper, to which a SQLite store then hands it on like Redis does.</summary>
public static class StoresSetup
{
    public static IServiceCollection AddStores(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<DataOptions>, DataOptions.Check>();
        services.AddOptions<DataOptions>().Configure(options => options.Read(configuration)).ValidateOnStart();
        services.TryAddSingleton(provider => new SqliteDatabase(provider.GetRequiredService<IOptions<DataOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IJournal, SqliteJournal>();
        services.AddSingleton(MarkoutOptions.Read(configuration));
        return string.IsNullOrWhiteSpace(configuration[RedisOptions.AddressesVariable])
            ? services.AddSqlite(holdsJournal: string.IsNullOrWhiteSpace(configuration[ArangoOptions.UrlsVariable]))
            : services.AddRedis(configuration);
    }

    static IServiceCollection AddRedis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptions.Check>();
        services.AddOptions<RedisOptions>().Configure(options => options.Read(configuration)).ValidateOnStart();
        services.AddSingleton(provider => new RedisConnection(provider.GetRequiredService<IOptions<RedisOptions>>().Value, provider.GetRequiredService<ILogger<RedisConnection>>()));
        services.AddSingleton<IOrderStore>(provider => new RedisOrderStore(provider.GetRequiredService<RedisConnection>()));
        services.AddSingleton<IPlacementJournal>(provider => new RedisPlacementJournal(provider.GetRequiredService<RedisConnection>()));
        services.AddSingleton<IMarketSnapshots>(provider => new RedisMarketSnapshots(provider.GetRequiredService<RedisConnection>()));
        services.AddSingleton<IAlertStore>(provider => new RedisAlertStore(provider.GetRequiredService<RedisConnection>()));
        services.AddSingleton<ICurveStore>(provider => new RedisCurveStore(provider.GetRequiredService<RedisConnection>()));
        services.AddSingleton<IGateStore>(provider => new RedisGateStore(provider.GetRequiredService<RedisConnection>()));
        services.AddSingleton(provider => new RedisLeases(provider.GetRequiredService<RedisConnection>()));
        services.AddSingleton<ILeases>(provider => provider.GetRequiredService<RedisLeases>()).AddSingleton<INotes>(provider => provider.GetRequiredService<RedisLeases>());
        services.AddSingleton<IRateLedger>(provider => new RedisRateLedger(provider.GetRequiredService<RedisConnection>()));
        return services;
    }

    static IServiceCollection AddSqlite(this IServiceCollection services, bool holdsJournal)
    {
        services.AddSingleton<IOrderStore>(provider => new SqliteOrderStore(provider.GetRequiredService<SqliteDatabase>(), holdsJournal));
        services.AddSingleton<IPlacementJournal, SqlitePlacementJournal>();
        services.AddSingleton<IGateStore, SqliteGateStore>();
        services.AddSingleton<IAlertStore, SqliteAlertStore>();
        services.AddSingleton<ICurveStore, SqliteCurveStore>();
        services.AddSingleton<SqliteLeases>();
        services.AddSingleton<ILeases>(provider => provider.GetRequiredService<SqliteLeases>()).AddSingleton<INotes>(provider => provider.GetRequiredService<SqliteLeases>());
        return services;
    }
}
