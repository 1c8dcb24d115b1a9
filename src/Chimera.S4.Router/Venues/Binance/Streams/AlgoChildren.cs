using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Which ordinary orders were born of which algo orders. A child has an id that nobody chose, and its fills may be told before the event that says whose child it is: those are kept, and told
/// again under the algo order's client id as soon as that is known. For the latest orders; for one reader at a time per connection.
/// </summary>
sealed class AlgoChildren
{
    const int MostKnown = 20_000, MostWaiting = 1_000, MostEvents = 100;

    readonly Lock gate = new();
    readonly Dictionary<(string Symbol, string OrderId), string> parents = [];
    readonly Dictionary<(string Symbol, string OrderId), List<VenueOrderState>> waiting = [];
    readonly HashSet<(string Symbol, string OrderId)> ended = [];
    readonly Queue<(string, string)> known = new(), waiters = new();

    /// <summary>The order under its parent's client id; null: not known to be a child.</summary>
    public VenueOrderState? AsChild(VenueOrderState order)
    {
        lock (gate) return parents.TryGetValue((order.Symbol, order.VenueOrderId), out var parent) ? Under(parent, order) : null;
    }

    /// <summary>The end of its child has been told under its client id.</summary>
    public bool HasEnded(AlgoOrderState algo)
    {
        lock (gate) return algo.ChildOrderId is { } child && ended.Contains((algo.Symbol, child));
    }

    /// <summary>The order is of a conditional type, so that it is somebody's child: kept until it is known whose.</summary>
    public void Wait(VenueOrderState order)
    {
        var key = (order.Symbol, order.VenueOrderId);
        lock (gate)
        {
            if (!waiting.TryGetValue(key, out var events))
            {
                waiting[key] = events = [];
                waiters.Enqueue(key);
                if (waiters.Count > MostWaiting) waiting.Remove(waiters.Dequeue());
            }
            if (events.Count < MostEvents) events.Add(order);
        }
    }

    /// <summary>What was heard of this child before its parent was known, under the parent's client id.</summary>
    public IReadOnlyList<VenueOrderState> Know(AlgoOrderState algo)
    {
        if (algo.ChildOrderId is not { } child) return [];
        var key = (algo.Symbol, child);
        lock (gate)
        {
            if (!parents.TryAdd(key, algo.ClientAlgoId)) return [];
            known.Enqueue(key);
            if (known.Count > MostKnown) Forget(known.Dequeue());
            return waiting.Remove(key, out var events) ? [.. events.Select(order => Under(algo.ClientAlgoId, order))] : [];
        }
    }

    VenueOrderState Under(string parent, VenueOrderState order)
    {
        if (order.Status.IsTerminal()) ended.Add((order.Symbol, order.VenueOrderId));
        return order with { ClientOrderId = parent };
    }

    void Forget((string, string) child)
    {
        parents.Remove(child);
        ended.Remove(child);
    }
}
