using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What the stream (or the reconciliation it began with) has said of each order, for the latest orders; and which of them are alive. For one thread at a time.</summary>
sealed class HeardOrders
{
    const int Most = 20_000;

    readonly Dictionary<(string Symbol, string OrderId), Progress> known = [];
    readonly Queue<(string, string)> ended = new();

    public IEnumerable<(string Symbol, string OrderId)> Alive => known.Where(order => !order.Value.Status.IsTerminal()).Select(order => order.Key);

    public Progress? Of((string Symbol, string OrderId) order) => known.TryGetValue(order, out var progress) ? progress : null;

    public void Note((string Symbol, string OrderId) order, Progress told)
    {
        var before = Of(order);
        var after = before?.Join(told) ?? told;
        known[order] = after;
        if (!after.Status.IsTerminal() || before is { Status: var was } && was.IsTerminal()) return;
        ended.Enqueue(order);
        if (ended.Count > Most) known.Remove(ended.Dequeue());
    }
}
