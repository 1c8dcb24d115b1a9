using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Tracing;

namespace Chimera.S4.Router;

/// <summary>What operators look at.</summary>
public static class OpsSetup
{
    public static IServiceCollection AddOps(this IServiceCollection services) => services.AddMetrics()
        .AddSingleton<RouterMetrics>().AddSingleton<OrderMetrics>().AddSingleton<QueueMetrics>().AddSingleton<JournalMetrics>()
        .AddSingleton<NakedOrders>().AddSingleton<StateMetrics>().AddHostedService<StateSampler>()
        .AddSingleton<KnownIntents>().AddSingleton<IntentLookup>().AddSingleton<CommitNotes>();
}
