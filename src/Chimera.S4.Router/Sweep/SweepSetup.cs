namespace Chimera.S4.Router.Sweep;

/// <summary>What is left over: orders that nobody owns, and beliefs that the venue does not share.</summary>
public static class SweepSetup
{
    public static IServiceCollection AddSweep(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(SweepOptions.Read(configuration))
        .AddSingleton<LiveDocuments>().AddSingleton<SweepMetrics>().AddSingleton<SweepRecord>().AddSingleton<ResidualSweep>().AddSingleton<PositionSweep>()
        .AddHostedService<SweepLoop>();
}
