using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Looks whether a stream that is up also tells: overdue events twice a second, and, while an order is alive, the venue's open orders every 5 s (low priority, charged to the budget).</summary>
/// <param name="algos">The book of orders that wait for a price, where it is another one; null: it is not.</param>
sealed class StreamGuard(StreamWatch watch, OrderReads reads, BinanceFuturesRequests? algos, TimeProvider time)
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
            var alive = watch.Alive;
            await Hold([.. alive.Where(order => !WatchedAlgos.IsAlgo(order.OrderId))], cancel);
            await HoldAlgos([.. alive.Where(order => WatchedAlgos.IsAlgo(order.OrderId))], cancel);
        }
    }

    /// <summary>Every row is told to the watch; an order that is alive here and in no row is asked for by its id. What could not be read is left to the next time.</summary>
    async Task Hold(IReadOnlyList<(string Symbol, string OrderId)> alive, CancellationToken cancel)
    {
        if (alive.Count == 0) return;
        var open = await reads.OpenOrders([.. alive.Select(order => order.Symbol).Distinct()], Urgency.Low, cancel);
        if (open.Outcome is not VenueOutcome.Known) return;
        foreach (var row in open.Orders) watch.Told(row);
        var listed = open.Orders.Select(row => (row.Symbol, row.VenueOrderId)).ToHashSet();
        foreach (var (symbol, id) in alive.Where(order => !listed.Contains(order)).Intersect(watch.Alive))
            if (await reads.ById(symbol, id, Urgency.Low, cancel) is { Order: { } state }) watch.Told(state);
    }

    /// <summary>The same of the other book, whose reads tell the watch themselves.</summary>
    async Task HoldAlgos(IReadOnlyList<(string Symbol, string OrderId)> alive, CancellationToken cancel)
    {
        if (algos is null) return;
        foreach (var symbol in alive.GroupBy(order => order.Symbol, order => order.OrderId))
        {
            var open = await algos.OpenAlgos(symbol.Key, cancel);
            if (open.Outcome is not VenueOutcome.Known) continue;
            foreach (var id in symbol.Select(WatchedAlgos.IdOf).Except(open.Algos.Select(algo => algo.AlgoId))) await algos.QueryAlgoById(symbol.Key, id, cancel);
        }
    }
}
