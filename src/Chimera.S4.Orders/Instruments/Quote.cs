namespace Chimera.S4.Orders;

/// <summary>The top of a book at an instant: what a decision may know of the market.</summary>
/// <param name="Bids">Best first, at most three.</param>
/// <param name="Asks">Best first, at most three.</param>
/// <param name="At">When it was received, router clock.</param>
public sealed record Quote(IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks, DateTimeOffset At)
{
    /// <summary>Middle of the best prices; null while a side is empty.</summary>
    public decimal? Mid => Bids.Count > 0 && Asks.Count > 0 ? (Bids[0].Price + Asks[0].Price) / 2 : null;
}

public readonly record struct BookLevel(decimal Price, decimal Qty);
