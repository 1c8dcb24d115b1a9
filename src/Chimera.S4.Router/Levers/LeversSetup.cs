namespace Chimera.S4.Router.Levers;

/// <summary>What only an operator may ask for.</summary>
public static class LeversSetup
{
    public static IServiceCollection AddLevers(this IServiceCollection services) => services
        .AddSingleton<CancelAllBook>().AddSingleton<CancelAllWorker>().AddSingleton<CancelAllViews>().AddSingleton<FlattenTargets>().AddSingleton<Flattener>()
        .AddHostedService<CancelAllLoop>();
}
