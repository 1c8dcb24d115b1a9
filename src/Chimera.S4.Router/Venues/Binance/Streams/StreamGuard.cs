using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Looks whether a stream that is up also tells: overdue events twice a second, and, while an order is alive, the venue's open orders every 5 s (low priority, charged to the budget).</summary>
sealed class StreamGuard(StreamWatch watch, OrderReads reads, TimeProvider time)
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500), Compare = TimeSpan.FromSeconds(5);

    public StreamWatch Watch => watch;

    /// <summary>Runs until the stream is found deaf.</summary>
    /// <exception cref="VenueRefusal">It is: what it has missed is to be reconciled, on a new connection.</exception>
    public async Task Run(CancellationToken cancel)
    {
        var compared = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(Look, time, cancel);
            if (watch.Overdue is { } missed) throw new VenueRefusal($"the stream is deaf: {missed}");
            if (time.GetElapsedTime(compared) < Compare) continue;
            compared = time.GetTimestamp();
            await Hold(cancel);
        }
    }

    /// <summary>Every row is told to the watch; an order that is alive here and in no row is asked for by its id. What could not be read is left to the next time.</summary>
    async Task Hold(CancellationToken cancel)
    {
        var alive = watch.Alive;
        if (alive.Count == 0) return;
        var open = await reads.OpenOrders([.. alive.Select(order => order.Symbol).Distinct()], Urgency.Low, cancel);
        if (open.Outcome is not VenueOutcome.Known) return;
        foreach (var row in open.Orders) watch.Told(row);
        var listed = open.Orders.Select(row => (row.Symbol, row.VenueOrderId)).ToHashSet();
        foreach (var (symbol, id) in alive.Where(order => !listed.Contains(order)).Intersect(watch.Alive))
            if (await reads.ById(symbol, id, Urgency.Low, cancel) is { Order: { } state }) watch.Told(state);
    }
}
