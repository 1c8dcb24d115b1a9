using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Conditional orders: they watch the last trade price and go to the book when it reaches theirs.</summary>
internal sealed partial class SpotExchange
{
    protected override bool Trigger()
    {
        var woken = false;
        foreach (var market in Markets.Values)
        {
            if (market.TakeRange() is not var (low, high)) continue;
            foreach (var order in market.Waiting.Where(o => o.Status is OrderStatus.New && Reaches(o, low, high)).OrderBy(o => o.OrderId).ToArray())
            {
                // A rival that woke first has ended this one.
                if (!order.IsOpen) continue;
                Wake(order);
                woken = true;
            }
        }
        return woken || Due.Count > 0;
    }

    /// <summary>Lets the order see its price now, whatever the market says (fault <c>trigger-before-cancel</c>).</summary>
    public void Wake(Order order)
    {
        var market = Market(order.Symbol);
        market.Waiting.Remove(order);
        order.Triggered = true;
        order.UpdateTime = order.WorkingTime = Now;
        Changes.Orders.Add(order);
        var list = ListOf(order);
        if (list is not null) EndRivals(list, order);
        Account.Release(order, market.Instrument);
        if (!order.IsMarket) Account.Reserve(order, market.Instrument);
        Report(order, ExecType.New);
        if (list is not null) Finish(list);
        if (order.IsMarket && order.IsBuy && market.Book.Cost(Side.Buy, order.LeavesQty) > Account.Of(market.Instrument.QuoteAsset).Free)
            Close(order, OrderStatus.Expired, ExpiryReason.Rejected);
        else Work(order);
    }

    /// <summary>Stop losses wait for the price to move against a holder of the other side, take profits for the opposite.</summary>
    private static bool Reaches(Order order, decimal low, decimal high) =>
        order.IsBuy == order.Type.IsStopLoss() ? high >= order.StopPrice : low <= order.StopPrice;

    private void Reserve(Order order)
    {
        if (order.Type is OrderType.Market) return;
        var shared = ListOf(order) is { } list ? Rivals(list, order).Sum(rival => rival.Reserved) : 0;
        Account.Reserve(order, Market(order.Symbol).Instrument, shared);
    }
}
