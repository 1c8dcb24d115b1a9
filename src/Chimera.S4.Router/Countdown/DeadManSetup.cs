namespace Chimera.S4.Router.Countdown;

/// <summary>What the venue does when S4 falls silent.</summary>
public static class DeadManSetup
{
    public static IServiceCollection AddDeadMan(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(DeadManOptions.Read(configuration)).AddSingleton<CountdownMetrics>().AddSingleton<Countdowns>().AddHostedService<DeadManLoop>();
}
