namespace Chimera.S4.Orders;

/// <summary>What a book showed at one instant, in three figures, kept for those who later ask what a decision was worth.</summary>
/// <param name="Spread">Best ask less best bid, in price.</param>
/// <param name="BidDepth">Quantity of the best three levels, in base units.</param>
/// <param name="AskDepth">The same of the other side.</param>
public sealed record BookSight(decimal Mid, decimal Spread, decimal BidDepth, decimal AskDepth)
{
    /// <summary>Null: a side is empty, or there is no book.</summary>
    public static BookSight? Of(Quote? quote) => quote?.Mid is not { } mid ? null
        : new BookSight(mid, quote.Asks[0].Price - quote.Bids[0].Price, quote.Bids.Sum(level => level.Qty), quote.Asks.Sum(level => level.Qty));
}
