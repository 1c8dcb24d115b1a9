using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Guard;

/// <summary>How watched prices are looked at. Environment: <c>S4_GUARD_QUOTE_MAX_AGE</c>.</summary>
public sealed class GuardOptions
{
    /// <summary>How old the stream's quote may be; older than that, the venue is asked. Default 5 s; 100 ms – 8 s inclusive: an order acts on no sight that is older than 10 s when it arrives.</summary>
    public TimeSpan QuoteMaxAge { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks at the quotes in memory.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Between two readings of the store: how soon a guard is taken over from a replica that died.</summary>
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two messages to one order, or two requests about one symbol.</summary>
    public TimeSpan RepeatEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    public static GuardOptions Read(IConfiguration configuration) => new()
    {
        QuoteMaxAge = EnvironmentDuration.Read(configuration, "S4_GUARD_QUOTE_MAX_AGE", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(5)),
    };
}
