using System.Collections.Concurrent;
using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Countdown;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Orders.Views;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Takes what the user streams hear to the orders, and closes gaps: after every (re)connect live orders are held against the venue before the stream counts as reconciled.</summary>
public sealed class UserStreamSink(
    ReportSender reports, IOrderStore store, Func<IEnumerable<IVenue>> venues, ProtocolDriver driver, IntakeOptions options, StartupGate gate, Countdowns countdowns, RouterMetrics metrics, ILogger<UserStreamSink> log) : IUserStreamSink
{
    const int AtOnce = 16;

    public async Task Heard(Market market, VenueOrderState order, CancellationToken cancel)
    {
        if (market is Market.Fut) countdowns.Heard(order.Symbol);
        if (Reconciliation.OwnerOf(order.ClientOrderId, options.IdPrefix) is not { } owner)
        {
            metrics.ForeignEvent(market);
            return;
        }
        await gate.BusStarted(cancel);
        await reports.Send(VenueReports.Of(owner, Finding.Known(Finding.Stream, order.ClientOrderId, order)), cancel);
    }

    public async Task Heard(Market market, AlgoOrderState algo, CancellationToken cancel)
    {
        if (Reconciliation.OwnerOf(algo.ClientAlgoId, options.IdPrefix) is not { } owner)
        {
            metrics.ForeignEvent(market);
            return;
        }
        await gate.BusStarted(cancel);
        if (!algo.IsToldByChild())
        {
            await reports.Send(VenueReports.Of(owner, Finding.Known(Finding.Stream, algo.ClientAlgoId, algo.AsOrder())), cancel);
            return;
        }
        var document = await store.Load(owner, cancel) is { } stored ? OrderDocument.Read(stored).Order : null;
        if (document?.Named(algo.ClientAlgoId) is { } known)
            await Compare(venues().First(candidate => candidate.Market == market), owner, algo.Symbol, known, null, cancel);
    }

    public async Task Flat(Predicate<string> isFlat, DateTimeOffset seenAt, CancellationToken cancel)
    {
        await gate.BusStarted(cancel);
        // Side by side, and only to whom it concerns: a symbol may be flat with every second fill, and the stream waits meanwhile.
        await Parallel.ForEachAsync(store.Live(cancel), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (line, stop) =>
        {
            if (line.Summary.Market == Words.Of(Market.Fut) && isFlat(line.Summary.Symbol) && OrderViews.HasExits(line.Summary)) await reports.Send(new PositionFlat { OrderId = line.Id, SeenAt = seenAt }, stop);
        });
    }

    public async Task Reconcile(Market market, CancellationToken cancel)
    {
        await gate.BusStarted(cancel);
        var venue = venues().First(candidate => candidate.Market == market);
        var open = await venue.OpenOrders(cancel);
        if (open.Outcome is not VenueOutcome.Known) throw new VenueUnansweredException($"open orders of {Words.Of(market)} could not be read ({open.Outcome})");
        var ours = Reconciliation.WithPrefix(open.Orders, options.IdPrefix);
        var compared = new ConcurrentDictionary<string, bool>();
        var count = 0;
        await Parallel.ForEachAsync(store.Live(cancel), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (line, stop) =>
        {
            if (line.Summary.Market != Words.Of(market) || await store.Load(line.Id, stop) is not { } stored) return;
            foreach (var known in Read(stored)?.VenueOrders ?? [])
            {
                compared[known.ClientOrderId] = true;
                await Compare(venue, line.Id, line.Summary.Symbol, known, ours.GetValueOrDefault(known.ClientOrderId), stop);
            }
            Interlocked.Increment(ref count);
        });
        foreach (var order in ours.Values.Where(order => !compared.ContainsKey(order.ClientOrderId))) await Resolve(venue, order, cancel);
        log.LogInformation("{Market}: {Live} live orders held against {Open} open ones at the venue", Words.Of(market), count, ours.Count);
    }

    /// <summary>Null: nobody can read it. One such document must not keep the venue closed for all the others; its orders are left alone.</summary>
    Order? Read(StoredOrder stored)
    {
        try
        {
            return OrderDocument.Read(stored).Order;
        }
        catch (JsonException damaged)
        {
            log.LogCritical(damaged, "The document of order {OrderId} cannot be read, so it is not held against the venue; an operator has to see to it", stored.Id);
            return null;
        }
    }

    /// <summary>Open at the venue, and no live document speaks of it: its document has ended, or there is none.</summary>
    async Task Resolve(IVenue venue, VenueOrderState order, CancellationToken cancel)
    {
        var owner = Reconciliation.OwnerOf(order.ClientOrderId, options.IdPrefix)!.Value;
        var stored = await store.Load(owner, cancel);
        var document = stored is null ? null : Read(stored);
        if (stored is not null && document is null) return;
        if (Reconciliation.BelongingOf(order.ClientOrderId, options.IdPrefix, document) is Belonging.Ours)
        {
            await Compare(venue, owner, order.Symbol, document!.VenueOrders.First(known => known.ClientOrderId == order.ClientOrderId), order, cancel);
            return;
        }
        metrics.Orphan(venue.Market);
        var ended = (await driver.Run(new OrphanProtocol(venue.Market, order), venue, owner, cancel)).IsDone;
        log.LogCritical("Order {ClientOrderId} ({VenueOrderId}) of {Symbol} carries our prefix and no document names it; {Outcome}", order.ClientOrderId, order.VenueOrderId, order.Symbol,
            ended ? "it is canceled and recorded" : "it could not be canceled yet");
    }

    async Task Compare(IVenue venue, Guid orderId, string symbol, VenueOrder known, VenueOrderState? open, CancellationToken cancel)
    {
        if ((await driver.Run(new ReconcileProtocol(symbol, known, open), venue, orderId, cancel)).Again is not null)
            throw new VenueUnansweredException($"order {known.ClientOrderId} could not be read");
    }
}

/// <summary>A reconciliation could not be completed; the stream that asked for it reconnects and asks again.</summary>
public sealed class VenueUnansweredException(string message) : Exception(message);
