using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Gateway;

internal enum Access { Public, KeyOnly, Signed }

/// <summary>One row of a venue's REST surface: what it costs, who may call it, what it does.</summary>
internal sealed record Operation(string Method, string Path, Access Access, Func<Call, int> Weight, Func<Call, Reply> Handle)
{
    /// <summary>How many placements the call counts as.</summary>
    public int Orders { get; init; }

    /// <summary>How many it counts as in the longer window, where that differs.</summary>
    public int? OrdersLonger { get; init; }

    /// <summary>Shows the order counters although it charges them itself.</summary>
    public bool ShowsOrderCounts { get; init; }

    /// <summary>Spot order endpoints cost their weight only when they are refused (since 2026-04-02).</summary>
    public bool FreeOnSuccess { get; init; }
}

/// <summary>One request on its way through the pipeline.</summary>
internal sealed class Call(Parameters parameters)
{
    public Parameters Params => parameters;

    /// <summary>Until when it may reach the engine. Set by the signature check.</summary>
    public Fence Fence { get; set; } = Fence.Open;

    /// <summary>Set by the fault <c>hide-order</c>: what is placed stays out of queries for so long.</summary>
    public TimeSpan HideFor { get; set; }
    public bool HideFromLists { get; set; }
}
