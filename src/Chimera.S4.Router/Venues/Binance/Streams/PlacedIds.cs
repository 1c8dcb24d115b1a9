namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Which client id an order was first heard with, by venue order id, for the latest orders: a rename that an event does not spell out (an amendment, another key's cancel) then loses nobody.</summary>
sealed class PlacedIds
{
    const int Most = 20_000;

    readonly Dictionary<(string Symbol, string OrderId), string> ids = [];
    readonly Queue<(string, string)> order = new();

    public string? Find(string symbol, string orderId)
    {
        lock (ids) return ids.GetValueOrDefault((symbol, orderId));
    }

    public void Note(string symbol, string orderId, string clientOrderId)
    {
        lock (ids)
        {
            if (!ids.TryAdd((symbol, orderId), clientOrderId)) return;
            order.Enqueue((symbol, orderId));
            if (order.Count > Most) ids.Remove(order.Dequeue());
        }
    }
}
