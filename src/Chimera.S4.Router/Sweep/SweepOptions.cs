using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Sweep;

/// <summary>The residual sweep (spec §7). Environment: <c>S4_SWEEP_EVERY</c>, <c>S4_SWEEP_GRACE</c>.</summary>
public sealed record SweepOptions
{
    /// <summary>Between two sweeps of the deployment, whichever replica makes them. Default 2 min; 1 s – 5 min inclusive. The specification asks for 1–5 min; shorter costs weight at the exchange.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How old an order with our prefix that nobody owns has to be before it is canceled. Default 1 min; 1 s – 1 h inclusive.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(1);

    public static SweepOptions Read(IConfiguration configuration) => new()
    {
        Every = EnvironmentDuration.Read(configuration, "S4_SWEEP_EVERY", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2)),
        Grace = EnvironmentDuration.Read(configuration, "S4_SWEEP_GRACE", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
    };
}
