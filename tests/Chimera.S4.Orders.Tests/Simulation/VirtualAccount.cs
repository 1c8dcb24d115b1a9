namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>What the account holds: the base asset on spot, a one-way position on futures. In some stories there is more than the intents have brought: their owner's own.</summary>
sealed class VirtualAccount(World world, decimal others)
{
    decimal position = others;

    /// <summary>Base asset on spot, locked and free.</summary>
    public decimal Held { get; private set; } = others;

    /// <summary>Not locked by an open sell; of a list, only one of the two exits can sell.</summary>
    public decimal Free => Held - Active(Market.Spot).Where(order => order.Placed.Side is Side.Sell).GroupBy(order => order.List ?? order.ClientOrderId).Sum(one => one.Max(order => order.Left));

    /// <summary>What an order of this side can take away from the position.</summary>
    public decimal Reducible(Side side) => Math.Max(0, side is Side.Sell ? position : -position);

    /// <summary>What resting reduce-only orders of this side have spoken for; those that wait for a price have not.</summary>
    public decimal Spoken(Side side) => Active(Market.Fut).Where(order => order.Placed.ReduceOnly && order.Placed.Side == side && !order.IsWaiting).Sum(order => order.Left);

    public void Book(VirtualOrder order, decimal qty, decimal fee)
    {
        var change = order.Placed.Side is Side.Buy ? qty : -qty;
        if (order.Placed.Market is Market.Fut) position += change;
        else Held += change - fee;
    }

    /// <summary>What others hold on futures is short.</summary>
    public void Turn() => position = -position;

    IEnumerable<VirtualOrder> Active(Market market) => world.Exchange.Orders.Where(order => order.IsActive && order.Placed.Market == market);
}
