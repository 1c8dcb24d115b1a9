using System.Collections.Concurrent;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Guard;

/// <summary>Which orders hold something that no exit at the venue protects, as this replica last saw them. For figures only: whoever needs to be sure reads the document.</summary>
public sealed class NakedOrders
{
    readonly ConcurrentDictionary<Guid, DateTimeOffset> since = new();

    public IReadOnlyCollection<KeyValuePair<Guid, DateTimeOffset>> All => since.ToArray();

    public void Note(Order order)
    {
        if (order.NakedSince is { } at) since[order.Id] = at;
        else since.TryRemove(order.Id, out _);
    }

    /// <summary>There is no such order any more.</summary>
    public void Forget(Guid orderId) => since.TryRemove(orderId, out _);
}
