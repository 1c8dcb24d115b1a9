using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>How orders are placed. Environment: <c>S4_ABSENCE_SETTLE</c>, <c>S4_FUT_LEVERAGE</c>, <c>S4_FUT_MARGIN_TYPE</c>.</summary>
public sealed record GatewayOptions
{
    /// <summary>
    /// How long after a send absence may not be concluded, whatever the venue answers. Default 60 s, since orders that existed have been invisible for up to 62 s; 1 s – 1 h inclusive.
    /// Shorter only against a simulator.
    /// </summary>
    public TimeSpan AbsenceSettle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Leverage of every futures symbol before it takes on exposure. Default 20; 1–125 inclusive, and what the venue allows for the symbol.</summary>
    public int FutLeverage { get; init; } = 20;

    /// <summary>Margin type of every futures symbol before it takes on exposure: ISOLATED (true, default) or CROSSED.</summary>
    public bool FutIsolated { get; init; } = true;

    public static GatewayOptions Read(IConfiguration configuration) => new()
    {
        AbsenceSettle = EnvironmentDuration.Read(configuration, "S4_ABSENCE_SETTLE", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromSeconds(60)),
        FutLeverage = EnvironmentValue.Whole(configuration, "S4_FUT_LEVERAGE", 1, 125, 20, "times"),
        FutIsolated = EnvironmentValue.Text(configuration, "S4_FUT_MARGIN_TYPE", "ISOLATED") switch
        {
            "ISOLATED" => true,
            "CROSSED" => false,
            var other => throw EnvironmentValue.Wrong("S4_FUT_MARGIN_TYPE", $"'{other}' is not one of ISOLATED, CROSSED"),
        },
    };
}
