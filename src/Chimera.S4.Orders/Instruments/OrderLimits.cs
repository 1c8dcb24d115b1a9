namespace Chimera.S4.Orders;

/// <summary>How many orders may be open at a time (MAX_NUM_*, and their EXCHANGE_ siblings for all symbols together). Zero: no limit.</summary>
/// <param name="Orders">Stops included on spot.</param>
/// <param name="AlgoOrders">Spot stops and take-profits that have not triggered.</param>
/// <param name="Lists">OCO, OTO, OTOCO, OPOCO.</param>
/// <param name="Amends">Times one order may be amended.</param>
public sealed record OrderLimits(int Orders = 0, int AlgoOrders = 0, int IcebergOrders = 0, int Lists = 0, int Amends = 0)
{
    public static readonly OrderLimits None = new();
}
