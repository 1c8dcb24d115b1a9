namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>What the account holds: the base asset on spot, a one-way position on futures. In some stories there is more than the intents have brought: their owner's own.</summary>
sealed class VirtualAccount(World world, decimal others)
{
    decimal position = others;

    /// <summary>Nothing is held on futures; when it came to that last.</summary>
    public bool IsFlat => position == 0;
    public double FlatSince { get; private set; } = double.NegativeInfinity;

    /// <summary>When somebody closed all or some of what is held by hand, and what of it: the latest last.</summary>
    public List<(double At, decimal Qty)> ClosedByHand { get; } = [];

    /// <summary>Base asset on spot, locked and free.</summary>
    public decimal Held { get; private set; } = others;

    /// <summary>Not locked by an open sell; of a list, only one of the two exits can sell.</summary>
    public decimal Free => Held - Active(Market.Spot).Where(order => order.Placed.Side is Side.Sell).GroupBy(order => order.List ?? order.ClientOrderId).Sum(one => one.Max(order => order.Left));

    public decimal Position => Math.Abs(position);

    /// <summary>What an order of this side can take away from the position.</summary>
    public decimal Reducible(Side side) => Math.Max(0, side is Side.Sell ? position : -position);

    /// <summary>What resting reduce-only orders of this side have spoken for; those that wait for a price have not.</summary>
    public decimal Spoken(Side side) => Active(Market.Fut).Where(order => order.Placed.ReduceOnly && order.Placed.Side == side && !order.IsWaiting).Sum(order => order.Left);

    /// <summary>What stops, or take-profits, of this side that wait for a price promise.</summary>
    public decimal Promised(Side side, OrderType type) =>
        Active(Market.Fut).Where(order => order.Placed.ReduceOnly && order.Placed.Side == side && order.Placed.Type == type && order.IsWaiting).Sum(order => order.Left);

    public void Book(VirtualOrder order, decimal qty, decimal fee)
    {
        var change = order.Placed.Side is Side.Buy ? qty : -qty;
        if (order.Placed.Market is Market.Fut) Move(change);
        else Held += change - fee;
    }

    /// <summary>Whoever owns the account, or another program, takes away from the position.</summary>
    public void CloseByHand(decimal qty)
    {
        if (qty <= 0) return;
        ClosedByHand.Add((world.Now, qty));
        world.Count("closed by hand");
        world.Tell?.Invoke($"exchange: somebody closes {qty} of {position}");
        Move(position > 0 ? -qty : qty);
    }

    void Move(decimal change)
    {
        position += change;
        if (!IsFlat) return;
        FlatSince = world.Now;
        foreach (var replica in world.Replicas) replica.Stream.HearFlat(world.VenueClock);
    }

    /// <summary>What others hold on futures is short.</summary>
    public void Turn() => position = -position;

    IEnumerable<VirtualOrder> Active(Market market) => world.Exchange.Orders.Where(order => order.IsActive && order.Placed.Market == market);
}
