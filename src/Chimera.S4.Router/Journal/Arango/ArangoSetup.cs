using Chimera.S4.Router.Stores;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Journal.Arango;

/// <summary>The record in ArangoDB where <c>S4_DB_ARANGO_URLS</c> is set; else nothing, and <see cref="StoresSetup"/> keeps it in SQLite.</summary>
public static class ArangoSetup
{
    public static IServiceCollection AddArangoJournal(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[ArangoOptions.UrlsVariable])) return services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<ArangoOptions>, ArangoOptions.Check>();
        services.AddOptions<ArangoOptions>().Configure(options => options.Read(configuration)).ValidateOnStart();
        return services.AddSingleton<ArangoHttp>().AddSingleton<ArangoSchema>().AddSingleton<IJournal, ArangoJournal>().AddHostedService<ArangoStart>();
    }
}
