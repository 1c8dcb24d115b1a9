using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Countdown;

/// <summary>The dead-man's switch of futures. Environment: <c>S4_DEAD_MAN</c>, <c>S4_DEAD_MAN_COUNTDOWN</c>.</summary>
public sealed record DeadManOptions
{
    /// <summary>False (off, default): the venue is never told to count down. True (auto): it is, per symbol, while nothing but our makers rests there.</summary>
    public bool IsOn { get; init; }

    /// <summary>How long after S4 was last heard the venue cancels. Default 30 s; 3 s – 10 min inclusive. Said again three times in each.</summary>
    public TimeSpan Countdown { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan RefreshEvery => Countdown / 3;

    public static DeadManOptions Read(IConfiguration configuration) => new()
    {
        IsOn = EnvironmentValue.Text(configuration, "S4_DEAD_MAN", "off") switch
        {
            "off" => false,
            "auto" => true,
            var other => throw EnvironmentValue.Wrong("S4_DEAD_MAN", $"'{other}' is not one of off, auto"),
        },
        Countdown = EnvironmentDuration.Read(configuration, "S4_DEAD_MAN_COUNTDOWN", TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30)),
    };
}
