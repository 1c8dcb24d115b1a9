namespace Chimera.S4.Orders;

/// <summary>How the gates that all replicas share stand at an instant.</summary>
public sealed record GateState
{
    /// <summary>On: nothing that adds exposure is accepted, continued or sent.</summary>
    public bool IsKilled { get; init; }

    /// <summary>The store did not tell. Nothing that adds exposure starts; what has started waits, and is not ended for it.</summary>
    public bool IsUnreadable { get; init; }
    public BreakerState Spot { get; init; }
    public BreakerState Fut { get; init; }

    /// <summary>How long until an open breaker lets probes in; zero where it is not open.</summary>
    public TimeSpan SpotProbesIn { get; init; }

    /// <inheritdoc cref="SpotProbesIn"/>
    public TimeSpan FutProbesIn { get; init; }

    /// <summary>Everything passes: for decisions that are about rules alone.</summary>
    public static readonly GateState Open = new();

    public static readonly GateState Unreadable = new() { IsUnreadable = true };

    public BreakerState Of(Market market) => market is Market.Fut ? Fut : Spot;

    public TimeSpan ProbesIn(Market market) => market is Market.Fut ? FutProbesIn : SpotProbesIn;

    /// <summary>New exposure of a live order has to wait.</summary>
    public bool IsPaused(Market market) => IsUnreadable || Of(market) is BreakerState.Open;

    /// <summary>What the kill switch's stored word means: absent is OFF, and whatever is neither ON nor OFF is ON (design §5).</summary>
    public static bool IsOn(string? word) => word is not (null or "OFF");
}

/// <summary>A venue's circuit breaker. Wire: <c>CLOSED</c>, <c>HALF</c>, <c>OPEN</c>; the worse is the later.</summary>
public enum BreakerState { Closed, Half, Open }
