using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Modifying orders, and what ends them by the clock (reference §2.2).</summary>
internal sealed partial class FuturesExchange
{
    private const int MaxModifications = 10_000;
    private readonly Dictionary<string, long> _countdowns = [];

    /// <summary>Gives a LIMIT order another price and quantity; it goes to the end of its queue.</summary>
    public void Modify(Order order, decimal price, decimal quantity)
    {
        if (order.Type is not OrderType.Limit) throw new VenueError(-5024, "Only limit order is supported.");
        if (order.Price == price && order.OrigQty == quantity) throw new VenueError(-5027, "No need to modify the order.");
        if (order.Amendments >= MaxModifications) throw new VenueError(-5026, "Exceed maximum modify order limit.");
        var market = Market(order.Symbol);
        var changed = new Order
        {
            Symbol = order.Symbol, Side = order.Side, Type = order.Type, TimeInForce = order.TimeInForce, ReduceOnly = order.ReduceOnly, ClientOrderId = "",
            PlacedClientOrderId = "", Price = price, OrigQty = quantity,
        };
        FuturesFilters.Check(changed, market, isNew: false);
        var margin = order.ReduceOnly ? 0 : MarginFor(changed, market);
        if (margin - order.Reserved > Account.Available) throw new VenueError(-2019, "Margin is insufficient.");
        market.Book.Of(order.Side).Remove(order);
        (order.Price, order.OrigQty, order.Reserved, order.UpdateTime) = (price, quantity, margin, Now);
        order.Amendments++;
        Changes.Orders.Add(order);
        Changes.Markets.Add(market);
        // Smaller than what has traded, or a maker that would take: that ends the order.
        if (quantity <= order.ExecutedQty || (order.IsPostOnly && market.Book.WouldTake(order)))
        {
            Close(order, OrderStatus.Canceled, ExpiryReason.None);
            return;
        }
        Report(order, ExecType.Amendment);
        Work(order);
    }

    /// <summary>Cancels everything of a symbol unless it is called again in time; 0 calls it off.</summary>
    public void CountDown(string symbol, long milliseconds)
    {
        if (milliseconds == 0) _countdowns.Remove(symbol);
        else _countdowns[symbol] = Now + milliseconds;
    }

    protected override void PassTime()
    {
        foreach (var market in Markets.Values)
            foreach (var order in market.OpenOrders.Where(o => o.GoodTillDate > 0 && Now >= o.GoodTillDate).ToArray())
                Close(order, OrderStatus.Expired, ExpiryReason.None);
        foreach (var algo in _algos.Values.Where(a => a.IsOpen && a.GoodTillDate > 0 && Now >= a.GoodTillDate).ToArray()) Move(algo, AlgoStatus.Expired);
        foreach (var (symbol, _) in _countdowns.Where(c => Now >= c.Value).ToArray())
        {
            _countdowns.Remove(symbol);
            // The service stops regular orders only; conditional ones stay.
            foreach (var order in Market(symbol).OpenOrders.OrderBy(o => o.OrderId).ToArray()) Cancel(order);
        }
    }
}
