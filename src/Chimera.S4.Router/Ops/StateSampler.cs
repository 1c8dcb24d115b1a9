using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router;

/// <summary>Looks every few seconds at how things stand. Nothing waits for it, and nothing is decided by it.</summary>
public sealed class StateSampler(IOrderStore store, GateBoard gates, IEnumerable<IVenue> venues, NakedOrders naked, StateMetrics metrics, RouterMetrics router, OrderMetrics orders, TimeProvider clock, ILogger<StateSampler> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    const int MostUnknown = 1000, Page = 100;

    bool isScanned;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        router.Begin();
        orders.Begin();
        metrics.Begin();
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookOnce(stoppingToken);
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task LookOnce(CancellationToken cancel)
    {
        try
        {
            foreach (var venue in venues) metrics.Stream(venue.Market, venue.StreamReconciledSince is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero);
            await Look(cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            metrics.Failed();
            log.LogDebug(failure, "The state could not be looked at");
        }
        catch (OperationCanceledException)
        {
        }
    }

    internal async Task Look(CancellationToken cancel)
    {
        metrics.Gates(await gates.Lately(cancel));
        metrics.Backlog(await store.Backlog(cancel));
        await Unknown(cancel);
        await Naked(cancel);
    }

    async Task Unknown(CancellationToken cancel)
    {
        var (count, toReview, oldest) = (0L, 0L, clock.GetUtcNow());
        var query = new ListIntents { State = Words.Of(OrderStatus.Unknown), Limit = Page };
        IntentPage page;
        do
        {
            page = await store.List(query, cancel);
            foreach (var summary in page.Items)
            {
                if (await Read(SagaIds.Of(summary.IntentId), cancel) is not { Status: OrderStatus.Unknown } order) continue;
                count++;
                if (order.NeedsReview) toReview++;
                if (order.VenueOrders.Where(venue => venue.OutcomeUnknown).Min(venue => venue.SentAt ?? venue.DecidedAt) is { } sent && sent < oldest) oldest = sent;
            }
            query = query with { Cursor = page.NextCursor };
        }
        while (page.NextCursor is not null && count < MostUnknown);
        metrics.Unknown(count, toReview, clock.GetUtcNow() - oldest);
    }

    // What this replica has committed it knows; what others have since, or had before it started, it reads.
    async Task Naked(CancellationToken cancel)
    {
        if (!isScanned)
            await foreach (var line in store.Live(cancel))
                if (await Read(line.Id, cancel) is { } order) naked.Note(order);
        isScanned = true;
        foreach (var (id, since) in naked.All)
        {
            if (clock.GetUtcNow() - since < Every) continue;
            if (await Read(id, cancel) is { } order) naked.Note(order);
            else naked.Forget(id);
        }
        var left = naked.All;
        metrics.Naked(left.Count, left.Count == 0 ? TimeSpan.Zero : clock.GetUtcNow() - left.Min(entry => entry.Value));
    }

    async Task<Order?> Read(Guid id, CancellationToken cancel)
    {
        try
        {
            return await store.Load(id, cancel) is { } stored ? OrderDocument.Read(stored).Order : null;
        }
        catch (JsonException)
        {
            return null;        // told of by whoever has to act on it
        }
    }
}
