namespace Chimera.S4.Simulator.Engine;

/// <summary>Every order and trade ever accepted, and the ways to find them. Nothing is ever taken out: it is the ledger.</summary>
internal sealed class OrderIndex
{
    private readonly List<Order> _all = [];
    private readonly List<Trade> _trades = [];
    private readonly Dictionary<long, Order> _byId = [];
    private readonly Dictionary<(string Symbol, string ClientOrderId), Order> _byClientId = [];
    private readonly Dictionary<string, List<Order>> _ordersOf = [];
    private readonly Dictionary<string, List<Trade>> _tradesOf = [];

    public IReadOnlyList<Order> All => _all;
    public IReadOnlyList<Trade> Trades => _trades;
    public IReadOnlyList<Order> Of(string symbol) => _ordersOf.GetValueOrDefault(symbol) ?? [];
    public IReadOnlyList<Trade> TradesOf(string symbol) => _tradesOf.GetValueOrDefault(symbol) ?? [];

    public void Add(Order order)
    {
        _all.Add(order);
        _byId[order.OrderId] = order;
        _byClientId[(order.Symbol, order.ClientOrderId)] = order;
        ListFor(_ordersOf, order.Symbol).Add(order);
    }

    /// <summary>Takes over an order's state from the journal, whether it is known already or not.</summary>
    public void Put(Order state)
    {
        if (!_byId.TryGetValue(state.OrderId, out var known))
        {
            Add(state);
            return;
        }
        if (known.ClientOrderId != state.ClientOrderId) Rename(known, state.ClientOrderId);
        known.CopyProgress(state);
    }

    public void Add(Trade trade)
    {
        _trades.Add(trade);
        ListFor(_tradesOf, trade.Symbol).Add(trade);
    }

    public Order? Find(string symbol, long orderId) =>
        _byId.TryGetValue(orderId, out var order) && order.Symbol == symbol ? order : null;

    /// <summary>The newest order that carries the id now; an order that a cancel renamed no longer does.</summary>
    public Order? Find(string symbol, string clientOrderId) => _byClientId.GetValueOrDefault((symbol, clientOrderId));

    public void Rename(Order order, string clientOrderId)
    {
        if (Find(order.Symbol, order.ClientOrderId) == order) _byClientId.Remove((order.Symbol, order.ClientOrderId));
        order.ClientOrderId = clientOrderId;
        _byClientId[(order.Symbol, clientOrderId)] = order;
    }

    public void Clear()
    {
        _all.Clear();
        _trades.Clear();
        _byId.Clear();
        _byClientId.Clear();
        _ordersOf.Clear();
        _tradesOf.Clear();
    }

    private static List<T> ListFor<T>(Dictionary<string, List<T>> lists, string symbol)
    {
        if (!lists.TryGetValue(symbol, out var list)) lists[symbol] = list = [];
        return list;
    }
}
