namespace Chimera.S4.Orders;

/// <summary>What a decision about a live order may know of the world at its instant.</summary>
public sealed record MarketView
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>Null: the venue's list has not been read since the start.</summary>
    public Instrument? Instrument { get; init; }

    /// <summary>Null: none fresh enough.</summary>
    public Quote? Quote { get; init; }

    /// <summary>How the gates before new exposure stand.</summary>
    public GateState Gates { get; init; } = GateState.Open;

    /// <summary>S4 is about to leave and no other replica is there: a maker that nobody could quote anew is withdrawn, and nothing is entered before the next start. What protects goes on.</summary>
    public bool IsStopping { get; init; }

    /// <summary>What a market order that adds exposure may cost; null: nobody asks.</summary>
    public LiquidityLimits? Liquidity { get; init; }

    /// <summary>A world of which nothing is known but the time.</summary>
    public static MarketView At(DateTimeOffset now) => new() { Now = now };
}
