using System.Text.RegularExpressions;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Intake;

/// <summary>What intake lets in. Environment: <c>S4_ID_PREFIX</c>, <c>S4_INTENT_MAX_AGE</c>, <c>S4_QUOTE_MAX_AGE</c>, and the limits of the policies.</summary>
public sealed partial class IntakeOptions
{
    /// <summary>First characters of every client order id. Default <c>s4</c>; 2–4 of <c>[A-Za-z0-9_-]</c>. Deployments that share an account must differ in it.</summary>
    public string IdPrefix { get; init; } = "s4";

    /// <summary>How old, since publishing, an intent without <c>expires_at</c> may be when S4 comes to it. Default 60 s; 1 s – 24 h inclusive. Reduce-only intents are exempt.</summary>
    public TimeSpan IntentMaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How old a top of book may be to judge an order by. Default 10 s; 100 ms – 10 min inclusive.</summary>
    public TimeSpan QuoteMaxAge { get; init; } = TimeSpan.FromSeconds(10);

    public PolicyLimits Policies { get; init; } = new();

    public static IntakeOptions Read(IConfiguration configuration)
    {
        var prefix = EnvironmentValue.Text(configuration, "S4_ID_PREFIX", "s4");
        if (!PrefixForm().IsMatch(prefix)) throw EnvironmentValue.Wrong("S4_ID_PREFIX", $"'{prefix}' is not 2–4 characters of A–Z, a–z, 0–9, _ and -");
        return new IntakeOptions
        {
            IdPrefix = prefix,
            IntentMaxAge = EnvironmentDuration.Read(configuration, "S4_INTENT_MAX_AGE", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), TimeSpan.FromSeconds(60)),
            QuoteMaxAge = EnvironmentDuration.Read(configuration, "S4_QUOTE_MAX_AGE", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10)),
            Policies = new PolicyLimits
            {
                MakerMaxWait = TimeSpan.FromMilliseconds(EnvironmentValue.Whole(configuration, "S4_MAKER_MAX_WAIT_MS", 1, 86_400_000, 3_000, "milliseconds")),
                MakerMinFillRatio = EnvironmentValue.Number(configuration, "S4_MAKER_MIN_FILL_RATIO", 0, 1, 0.2m),
                MakerRequotes = EnvironmentValue.Whole(configuration, "S4_MAKER_REQUOTES", 0, 20, 3, "re-quotes"),
                TwapMaxSlices = EnvironmentValue.Whole(configuration, "S4_TWAP_MAX_SLICES", 1, 400, 4, "slices"),
                OcoGuardian = EnvironmentValue.Flag(configuration, "S4_OCO_GUARDIAN", true),
            },
        };
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{2,4}$")]
    private static partial Regex PrefixForm();
}
