namespace Chimera.S4.Simulator.Engine;

/// <summary>What one change of the venue has touched so far. Becomes one journal line and one round of balance events.</summary>
internal sealed class Changes
{
    public HashSet<Order> Orders { get; } = [];
    public List<Trade> Trades { get; } = [];
    public HashSet<Market> Markets { get; } = [];
    public HashSet<Market> Mids { get; } = [];

    /// <summary>Assets (spot) or symbols of positions (futures).</summary>
    public HashSet<string> Balances { get; } = [];

    /// <summary>Something of the venue's own has changed: an order list, a conditional order.</summary>
    public bool Others { get; set; }

    public bool IsEmpty => !Others && Orders.Count == 0 && Trades.Count == 0 && Markets.Count == 0 && Balances.Count == 0 && Mids.Count == 0;

    public void Clear()
    {
        Others = false;
        Orders.Clear();
        Trades.Clear();
        Markets.Clear();
        Balances.Clear();
        Mids.Clear();
    }
}
