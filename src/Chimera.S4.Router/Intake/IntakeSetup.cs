namespace Chimera.S4.Router.Intake;

/// <summary>Reading intents and finding what cancels are about.</summary>
public static class IntakeSetup
{
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(IntakeOptions.Read(configuration))
        .AddSingleton<IntentReader>()
        .AddSingleton<IntentFactsSource>()
        .AddSingleton<CancelTargets>()
        .AddSingleton<OrphanCancel>();
}
