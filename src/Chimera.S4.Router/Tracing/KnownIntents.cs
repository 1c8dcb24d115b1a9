using System.Collections.Concurrent;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Tracing;

/// <param name="ClientOrderId">Of its latest order; null: none yet.</param>
/// <param name="Trace">The step that accepted it, as W3C traceparent; null: it is not traced.</param>
public sealed record KnownIntent(string IntentId, string? ClientOrderId, string? Trace);

/// <summary>Which intent an order is of, for lines and spans that know the order only. The latest ones, in memory; nothing is decided by it.</summary>
public sealed class KnownIntents
{
    const int Most = 20_000;
    readonly ConcurrentDictionary<Guid, KnownIntent> known = new();
    readonly ConcurrentQueue<Guid> ages = new();

    public void Note(Order order, string? trace)
    {
        var now = new KnownIntent(order.Intent.IntentId, order.VenueOrders.IsEmpty ? null : order.VenueOrders[^1].ClientOrderId, trace);
        if (known.TryGetValue(order.Id, out var before))
        {
            if (before != now) known[order.Id] = now;
            return;
        }
        if (!known.TryAdd(order.Id, now)) return;
        ages.Enqueue(order.Id);
        while (ages.Count > Most && ages.TryDequeue(out var oldest)) known.TryRemove(oldest, out _);
    }

    public int Count => known.Count;

    /// <summary>Null: not among the latest.</summary>
    public KnownIntent? Of(Guid orderId) => known.GetValueOrDefault(orderId);
}
