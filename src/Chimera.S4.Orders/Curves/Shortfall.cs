namespace Chimera.S4.Orders;

/// <summary>What an intent cost against the price at which its sender decided, split by where it was lost (Perold 1988). Basis points of that price over the whole target; positive is a cost.</summary>
/// <param name="Delay">From the decision until S4 had it.</param>
/// <param name="Queueing">From there until the request went out.</param>
/// <param name="Trading">From there to the price that was traded at.</param>
/// <param name="Opportunity">What was not traded, at the price of the end.</param>
/// <param name="Fees">Commissions.</param>
public readonly record struct Shortfall(double Delay, double Queueing, double Trading, double Opportunity, double Fees)
{
    public double Total => Delay + Queueing + Trading + Opportunity + Fees;

    /// <param name="decided">Mid when its sender decided.</param>
    /// <param name="arrived">Mid when S4 had it.</param>
    /// <param name="sent">Mid when the request went out.</param>
    /// <param name="end">Mid when the intent ended.</param>
    /// <param name="vwap">Of what was filled; any price where nothing was.</param>
    /// <param name="fees">In quote units.</param>
    public static Shortfall Of(Side side, double decided, double arrived, double sent, double end, double vwap, double filled, double target, double fees)
    {
        var (bps, done, left) = ((side is Side.Buy ? 1e4 : -1e4) / decided, filled / target, 1 - filled / target);
        return new Shortfall(bps * done * (arrived - decided), bps * done * (sent - arrived), bps * done * (vwap - sent), bps * left * (end - decided), 1e4 * fees / (target * decided));
    }
}
