using Chimera.S4.Orders;

namespace Chimera.S4.Router.Dispatch;

/// <summary>How effects leave. Not configurable: the figures belong together, and C's torture runs on these.</summary>
public sealed class DispatchOptions
{
    /// <summary>How long whoever committed or claimed an effect has it to itself. A replica that dies leaves its effects to others after this.</summary>
    public TimeSpan Lease { get; init; } = Leases.Effect;

    /// <summary>How often a lease in use is renewed.</summary>
    public TimeSpan RenewEvery { get; init; } = Leases.RenewEffect;

    /// <summary>How often the outbox is swept for what others left behind, and for probes that fall due.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many effects one sweep takes.</summary>
    public int SweepSize { get; init; } = 256;

    /// <summary>Requests under way per venue; cancels and what reduces have workers of their own, so that slow placements starve none.</summary>
    public int VenueWorkers { get; init; } = 16;
    public int UrgentWorkers { get; init; } = 4;

    /// <summary>Records on their way at once: those that come within a moment leave as one message.</summary>
    public int RecordWorkers { get; init; } = 64;
    public int ReplyWorkers { get; init; } = 2;

    /// <summary>Effects that may wait in memory per lane; more are left to the sweep.</summary>
    public int LaneLength { get; init; } = 4096;
}
