namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>When an unproven placement may be called absent. Environment: <c>S4_ABSENCE_SETTLE</c>.</summary>
public sealed record GatewayOptions
{
    /// <summary>
    /// How long after a send absence may not be concluded, whatever the venue answers. Default 60 s, since orders that existed have been invisible for up to 62 s; 1 s – 1 h inclusive.
    /// Shorter only against a simulator.
    /// </summary>
    public TimeSpan AbsenceSettle { get; init; } = TimeSpan.FromSeconds(60);

    public static GatewayOptions Read(IConfiguration configuration) => new()
    {
        AbsenceSettle = EnvironmentDuration.Read(configuration, "S4_ABSENCE_SETTLE", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromSeconds(60)),
    };
}
