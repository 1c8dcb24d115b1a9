namespace Chimera.S4.Simulator.Accounts;

/// <summary>One symbol of the futures account in one-way mode: the position, and the settings that belong to the symbol.</summary>
internal sealed class Position
{
    public required string Symbol { get; init; }

    /// <summary>Above zero long, below zero short.</summary>
    public decimal Amount { get; set; }
    public decimal EntryPrice { get; set; }
    public decimal Realized { get; set; }
    public int Leverage { get; set; } = 20;
    public bool Isolated { get; set; }
    public long UpdateTime { get; set; }

    public decimal Unrealized(decimal markPrice) => (markPrice - EntryPrice) * Amount;

    /// <summary>How much an order of that side could take away from the position.</summary>
    public decimal Reducible(Engine.Side side) =>
        side is Engine.Side.Buy ? Math.Max(0, -Amount) : Math.Max(0, Amount);

    /// <summary>Books a fill; returns the profit it realizes. What goes beyond the position opens one the other way at that price.</summary>
    public decimal Apply(Engine.Side side, decimal price, decimal qty, long time)
    {
        UpdateTime = time;
        var closing = Math.Min(qty, Reducible(side));
        var realized = (price - EntryPrice) * closing * Math.Sign(Amount);
        var signed = side is Engine.Side.Buy ? qty : -qty;
        var opening = qty - closing;
        if (opening > 0)
        {
            var kept = Math.Abs(Amount) - closing;
            EntryPrice = (EntryPrice * kept + price * opening) / (kept + opening);
        }
        Amount += signed;
        if (Amount == 0) EntryPrice = 0;
        Realized += realized;
        return realized;
    }
}
