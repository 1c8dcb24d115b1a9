namespace Chimera.S4.Simulator.Engine;

/// <summary>Both sides of one market, and the questions that can be asked of it without changing it.</summary>
internal sealed class OrderBook
{
    public BookSide Bids { get; } = new(Side.Buy);
    public BookSide Asks { get; } = new(Side.Sell);

    public BookSide Of(Side side) => side is Side.Buy ? Bids : Asks;
    public BookSide Against(Side side) => side is Side.Buy ? Asks : Bids;

    public bool WouldTake(Order order)
    {
        var opposite = Against(order.Side);
        return !opposite.IsEmpty && order.Crosses(opposite.BestPrice);
    }

    /// <summary>How much the order would find at its price or better, up to its own quantity.</summary>
    public decimal Available(Order order)
    {
        var found = 0m;
        foreach (var (price, qty) in Against(order.Side).Aggregate(int.MaxValue))
        {
            if (found >= order.LeavesQty || !order.Crosses(price)) break;
            found += qty;
        }
        return Math.Min(found, order.LeavesQty);
    }

    /// <summary>What a market order of that quantity would cost or bring, walking the book.</summary>
    public decimal Cost(Side taker, decimal quantity)
    {
        var (cost, left) = (0m, quantity);
        foreach (var (price, qty) in Against(taker).Aggregate(int.MaxValue))
        {
            if (left == 0) break;
            var take = Math.Min(left, qty);
            cost += take * price;
            left -= take;
        }
        return cost;
    }

    /// <summary>How much can be had for a quote amount, walking the book.</summary>
    public decimal QuantityFor(Side taker, decimal quote)
    {
        var (quantity, left) = (0m, quote);
        foreach (var (price, qty) in Against(taker).Aggregate(int.MaxValue))
        {
            if (left <= 0) break;
            var take = Math.Min(qty, left / price);
            quantity += take;
            left -= take * price;
        }
        return quantity;
    }
}
