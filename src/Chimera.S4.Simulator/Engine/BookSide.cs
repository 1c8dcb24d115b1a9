namespace Chimera.S4.Simulator.Engine;

/// <summary>Resting liquidity of nobody in particular at one price.</summary>
internal readonly record struct Level(decimal Price, decimal Qty, long Sequence);

/// <summary>One side of a book: the account's resting orders and the synthetic levels, both best first.</summary>
internal sealed class BookSide(Side side)
{
    private readonly List<Order> _orders = [];
    private List<Level> _levels = [];

    public IReadOnlyList<Order> Orders => _orders;
    public IReadOnlyList<Level> Levels => _levels;
    public bool IsEmpty => _orders.Count == 0 && _levels.Count == 0;

    public bool IsBetter(decimal price, decimal other) => side is Side.Buy ? price > other : price < other;

    public void Rest(Order order)
    {
        var at = _orders.Count;
        while (at > 0 && IsBetter(order.Price, _orders[at - 1].Price)) at--;
        _orders.Insert(at, order);
    }

    public bool Remove(Order order) => _orders.Remove(order);

    public void Replace(List<Level> levels) => _levels = levels;

    /// <summary>The order that trades next, or null when a synthetic level is first in price or, at the same price, in time.</summary>
    public Order? FirstOrder()
    {
        if (_orders.Count == 0) return null;
        if (_levels.Count == 0) return _orders[0];
        var (order, level) = (_orders[0], _levels[0]);
        if (order.Price != level.Price) return IsBetter(order.Price, level.Price) ? order : null;
        return order.Sequence < level.Sequence ? order : null;
    }

    public decimal BestPrice => (_orders.Count, _levels.Count) switch
    {
        (0, 0) => 0,
        (0, _) => _levels[0].Price,
        (_, 0) => _orders[0].Price,
        _ => IsBetter(_orders[0].Price, _levels[0].Price) ? _orders[0].Price : _levels[0].Price,
    };

    /// <summary>Takes quantity from the best synthetic level; an emptied level disappears until the next quote.</summary>
    public void TakeFromBestLevel(decimal qty)
    {
        var best = _levels[0];
        if (best.Qty > qty) _levels[0] = best with { Qty = best.Qty - qty };
        else _levels.RemoveAt(0);
    }

    /// <summary>Prices with the quantity of orders and synthetic levels together, best first.</summary>
    public List<(decimal Price, decimal Qty)> Aggregate(int depth)
    {
        var result = new List<(decimal Price, decimal Qty)>(Math.Min(depth, _levels.Count + _orders.Count));
        int order = 0, level = 0;
        while (result.Count < depth && (order < _orders.Count || level < _levels.Count))
        {
            var takeOrder = level >= _levels.Count || (order < _orders.Count && !IsBetter(_levels[level].Price, _orders[order].Price));
            var price = takeOrder ? _orders[order].Price : _levels[level].Price;
            var qty = 0m;
            while (order < _orders.Count && _orders[order].Price == price) qty += _orders[order++].LeavesQty;
            while (level < _levels.Count && _levels[level].Price == price) qty += _levels[level++].Qty;
            result.Add((price, qty));
        }
        return result;
    }
}
