using System.Diagnostics.Metrics;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Curves;

/// <summary>How long to rest and into how many slices to cut where an intent leaves it open.</summary>
public static class CurvesSetup
{
    public static IServiceCollection AddCurves(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(CurvesOptions.Read(configuration))
        .AddSingleton(provider => Shown(new RouteTable(), provider.GetRequiredService<IMeterFactory>()))
        .AddSingleton<IHostedService>(provider => new RouteTableFeed(
            provider.GetRequiredService<RouteTable>(), provider.GetServices<ICurveStore>(), provider.GetRequiredService<CurvesOptions>(), () => provider.GetRequiredService<IOptions<BinanceOptions>>().Value.Symbols,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<RouterMetrics>(), provider.GetRequiredService<ILogger<RouteTableFeed>>()));

    static RouteTable Shown(RouteTable table, IMeterFactory meters)
    {
        meters.Create(RouterMetrics.MeterName).CreateObservableGauge("s4.curves.rev", () => table.Rev, description: "The highest revision of router:curves that this replica decides by; 0: none");
        return table;
    }
}
