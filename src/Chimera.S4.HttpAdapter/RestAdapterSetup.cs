using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Cancels;
using Chimera.S4.HttpAdapter.Health;
using Chimera.S4.HttpAdapter.Live;
using Chimera.S4.HttpAdapter.OpenApi;
using Chimera.S4.HttpAdapter.Ops;
using Chimera.S4.HttpAdapter.Orders;
using Chimera.S4.HttpAdapter.Page;
using Chimera.S4.HttpAdapter.Problems;
using Chimera.S4.HttpAdapter.Reads;
using Chimera.S4.HttpAdapter.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter;

/// <summary>Puts the REST adapter into a process that has a MassTransit bus: its own, or the router.</summary>
public static class RestAdapterSetup
{
    /// <summary>Settings come from the environment and are checked at the start (<see cref="RestAdapterOptions"/>).</summary>
    public static IServiceCollection AddRestAdapter(this IServiceCollection services)
    {
        services.AddOptions<RestAdapterOptions>().Configure<IConfiguration>((options, configuration) => options.Read(configuration)).ValidateOnStart();
        services.AddProblemDetails();
        services.AddHealthChecks();
        services.AddOpenApiDocument();
        services.AddLive();
        services.AddHostedService<ReplyQueue>();
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<RouterClient>().AddSingleton<PostOrder>().AddSingleton<PostCancel>().AddSingleton<CancelPace>().AddSingleton<RouterReads>().AddSingleton<KillSwitchLever>().AddSingleton<ResolveLever>().AddSingleton<CancelAllLever>().AddSingleton<AlertReads>().AddSingleton<RouterHealth>();
    }

    /// <summary>Listens where <c>S4_HTTP_URLS</c> says, asks for keys where there are any, and maps the endpoints. The key gate covers every other endpoint of the process too.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static WebApplication MapRestAdapter(this WebApplication app)
    {
        ListenWhereConfigured(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Problem.Bare(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        app.UseMiddleware<ApiKeyGate>();

        var endpoints = app.MapGroup("").AddEndpointFilter<UnreachableFilter>();
        endpoints.MapOrders();
        endpoints.MapCancels();
        endpoints.MapReads();
        endpoints.MapOps();
        endpoints.MapReconciliation();
        endpoints.MapLive();
        endpoints.MapHealth();
        endpoints.MapOpenApiDocument();
        endpoints.MapPage();
        return app;
    }

    static void ListenWhereConfigured(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<RestAdapterOptions>>().Value;
        // A test server has no addresses.
        if (app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>() is not { } addresses) return;
        addresses.Addresses.Clear();
        foreach (var url in options.Urls) addresses.Addresses.Add(url);
    }
}
