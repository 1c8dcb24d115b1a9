namespace Chimera.S4.Orders;

/// <summary>What came of one leg: the figures from which curves are learnt (infra/docs/curves.md). Costs in basis points of the mid at its decision, fees included; positive is a cost.</summary>
public sealed record TcaRow
{
    public required Market Market { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Quote units.</summary>
    public required double Notional { get; init; }
    public required double SpreadBps { get; init; }

    /// <summary>Quote units of the best three levels on the side where it rested.</summary>
    public required double Depth { get; init; }

    /// <summary>The window that it was given, in milliseconds; 0: it took at once. Null: it had none, and says nothing of waits.</summary>
    public required int? WaitMs { get; init; }

    /// <summary>The chance that this window had of being given, above 0 to 1 inclusive.</summary>
    public double Propensity { get; init; } = 1;

    /// <summary>Revision that decided it; 0: none.</summary>
    public long Rev { get; init; }

    /// <summary>Share that was filled while it rested, 0–1, and when that was, in milliseconds after it began.</summary>
    public required double MadeShare { get; init; }
    public double MadeMs { get; init; }

    /// <summary>Milliseconds after which what was left was no more allowed to rest: it was canceled, by ourselves, and might yet have been filled.</summary>
    public double RestedMs { get; init; }

    /// <summary>Cost of what was made, the adverse move after its fills included (markout at 30 s); null: nothing was, or it is not known.</summary>
    public double? MakerBps { get; init; }

    /// <summary>Cost of what was taken after the wait; null: nothing was, or it is not known.</summary>
    public double? TakerBps { get; init; }

    /// <summary>What was taken in one order, in quote units, and its trading term (price against the mid at its own send); null: nothing was.</summary>
    public double? TakenNotional { get; init; }
    public double? TakenSlipBps { get; init; }

    /// <summary>Volatility in basis points per √s at the time; null: not known.</summary>
    public double? SigmaBps { get; init; }

    /// <summary>Of a slice: milliseconds between two.</summary>
    public int? GapMs { get; init; }

    /// <summary>What the leg lost against the price at which its sender decided, and where; null: not known. For readers.</summary>
    public Shortfall? Lost { get; init; }

    /// <summary>Nothing is to be learnt from it: breaker open, kill switch on, halt, liquidation.</summary>
    public bool IsExcluded { get; init; }

    /// <summary>Of the whole leg; null: nothing was filled, or the cost of a part is not known.</summary>
    public double? CostBps => (MakerBps, TakerBps) switch
    {
        (null, _) when MadeShare > 0 => null,
        ({ } made, { } taken) => MadeShare * made + (1 - MadeShare) * taken,
        var (made, taken) => made ?? taken,
    };
}
