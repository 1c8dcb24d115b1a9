namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>The orders at the exchange that bear one intent's name, as the exchange has them.</summary>
sealed class OwnOrders
{
    public static readonly OwnOrders None = new();

    public List<VirtualOrder> All { get; } = [];

    /// <summary>The end of a name that two orders bear; null: there is none.</summary>
    public string? Twice { get; private set; }
    public double ChangedAt { get; private set; } = double.NegativeInfinity;

    public void Note(VirtualOrder order, double now)
    {
        ChangedAt = now;
        if (All.Contains(order)) return;
        if (All.Exists(other => other.ClientOrderId == order.ClientOrderId)) Twice = order.ClientOrderId[^4..];
        All.Add(order);
    }

    /// <summary>One of them did not wait for its price any more, whatever it has filled since.</summary>
    public bool WasSetOff => All.Exists(order => !order.IsWaiting);

    /// <summary>On the intent's own side; exits are on the other.</summary>
    public IEnumerable<VirtualOrder> Entries(Intent intent) => All.Where(order => order.Placed.Side == intent.Side);
    public IEnumerable<VirtualOrder> Exits(Intent intent) => All.Where(order => order.Placed.Side != intent.Side);
    public decimal Entered(Intent intent) => Entries(intent).Sum(order => order.Cum);
}
