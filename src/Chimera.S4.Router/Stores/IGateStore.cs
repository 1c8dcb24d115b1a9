using Chimera.S4.Orders;

namespace Chimera.S4.Router.Stores;

/// <summary>What the gates of all replicas share. Every step is atomic; times are the store's own.</summary>
public interface IGateStore
{
    Task<GateReading> Read(CancellationToken cancel);

    /// <summary><c>router:kill_switch</c>.</summary>
    Task SetKillSwitch(bool on, CancellationToken cancel);

    /// <summary>Replaces a venue's breaker if it is still what it was, and publishes <c>router:cb:state</c> and <c>router:cb:stats</c>. False: another replica came first; read again.</summary>
    /// <param name="before">As read; null: there was none.</param>
    Task<bool> TrySetBreaker(Market market, string? before, string after, BreakerFigures figures, CancellationToken cancel);

    /// <summary>Counts an intent among those of the last 60 s, once however often it is asked. False: they are as many as may be.</summary>
    Task<bool> TakeOrderSlot(Guid orderId, int most, CancellationToken cancel);
}

/// <param name="KillSwitch">As stored; null: absent.</param>
/// <param name="Spot">The breaker of the venue as JSON; null: none yet.</param>
public sealed record GateReading(DateTimeOffset Now, string? KillSwitch, string? Spot, string? Fut)
{
    public string? Of(Market market) => market is Market.Fut ? Fut : Spot;
}

/// <summary>What is published of one venue's breaker.</summary>
public sealed record BreakerFigures(BreakerState State, long Answers, long Failures, DateTimeOffset Since);
