namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>From pending effect to venue and back to the order.</summary>
public static class GatewaySetup
{
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(GatewayOptions.Read(configuration));
        services.AddSingleton<VenueGateway>().AddSingleton<ProtocolDriver>().AddSingleton<ReportSender>().AddSingleton<SymbolSetup>();
        // The venues own streams that report to this sink, and the sink asks the venues: late binding cuts the circle.
        services.AddSingleton<Func<IEnumerable<IVenue>>>(provider => provider.GetServices<IVenue>);
        return services.AddSingleton<IUserStreamSink, UserStreamSink>();
    }
}
