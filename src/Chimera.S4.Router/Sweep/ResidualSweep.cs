using System.Collections.Concurrent;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Gateway;

namespace Chimera.S4.Router.Sweep;

/// <summary>Holds the open orders of one market against the documents, says how well they agree, and repairs (spec §7). <see cref="Residuals"/> judges; this reads, and does what the judgement asks for.</summary>
public sealed class ResidualSweep(
    LiveDocuments documents, IPlacementJournal journal, ProtocolDriver driver, BoundedSends sends, SweepRecord record, IntakeOptions intake, SweepOptions options, TimeProvider clock, RouterMetrics metrics, SweepMetrics sweeps, AlertBell bell,
    ILogger<ResidualSweep> log)
{
    const int AtOnce = 4;

    /// <summary>Null: the venue did not tell its open orders, and nothing is known.</summary>
    public async Task<MarketSweep?> Run(IVenue venue, CancellationToken cancel)
    {
        var view = new SweepView(clock.GetUtcNow(), venue.Now, options.Grace);
        var open = await venue.OpenOrders(cancel);
        if (open.Outcome is not VenueOutcome.Known)
        {
            log.LogWarning("The open orders of {Market} could not be read ({Outcome}); the next sweep tries again", Words.Of(venue.Market), open.Outcome);
            return null;
        }
        var stored = await documents.Read(venue.Market, open.Orders.Select(order => Owner(order.ClientOrderId)).OfType<Guid>(), cancel);
        var survey = Residuals.Survey([.. open.Orders.Where(order => Owner(order.ClientOrderId) is not { } owner || !stored.Unreadable.Contains(owner))], stored.ById, intake.IdPrefix, view);
        var verdicts = survey.Shown.Select(order => (Order: order, Verdict: Residuals.Of(order, stored.ById.GetValueOrDefault(Owner(order.ClientOrderId)!.Value), null, view))).ToArray();

        // Told before it is repaired: afterwards nobody could see what was wrong.
        var found = Found(venue.Market, view.At, survey, stored, verdicts);
        sweeps.Found(found);

        var orphans = new ConcurrentQueue<(VenueOrderState Order, bool IsGone)>();
        await Parallel.ForEachAsync(verdicts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (judged, stop) =>
        {
            if (judged.Verdict is Residual.News) await Tell(venue, stored.ById[Owner(judged.Order.ClientOrderId)!.Value], judged.Order, stop);
            else if (judged.Verdict is Residual.Orphan && await End(venue, judged.Order, view, stop) is { } isGone) orphans.Enqueue((judged.Order, isGone));
        });
        Alert(venue.Market, [.. orphans], stored.Unreadable);
        foreach (var (document, known) in survey.Missing) await driver.Run(new ReconcileProtocol(document.Intent.Symbol, known, null), venue, document.Id, cancel);
        foreach (var document in survey.Overdue) await Wake(document, cancel);

        var done = found with { Canceled = orphans.Count(orphan => orphan.IsGone) };
        await record.Write(done, cancel);
        return done;
    }

    Task Tell(IVenue venue, Order document, VenueOrderState open, CancellationToken cancel) =>
        driver.Run(new ReconcileProtocol(open.Symbol, document.VenueOrders.First(known => known.ClientOrderId == open.ClientOrderId), open), venue, document.Id, cancel);

    /// <summary>Judged once more by what is stored now: this process may have slept since it asked. True: it is seen to be gone; null: somebody owns it after all.</summary>
    async Task<bool?> End(IVenue venue, VenueOrderState order, SweepView view, CancellationToken cancel)
    {
        var owner = Owner(order.ClientOrderId)!.Value;
        var now = await documents.Read(owner, cancel);
        if (now.Unreadable.Count > 0 || Residuals.Of(order, now.ById.GetValueOrDefault(owner), await journal.Load(order.ClientOrderId, cancel), view) is not Residual.Orphan) return null;
        metrics.Orphan(venue.Market);
        var ended = (await driver.Run(new OrphanProtocol(venue.Market, order), venue, owner, cancel)).IsDone;
        log.LogError("Order {ClientOrderId} ({VenueOrderId}) of {Symbol} carries our prefix and no live intent owns it; {Outcome}", order.ClientOrderId, order.VenueOrderId, order.Symbol,
            ended ? "it is canceled and recorded" : "it could not be canceled yet, and will be tried again");
        return ended;
    }

    void Alert(Market market, (VenueOrderState Order, bool IsGone)[] orphans, IReadOnlySet<Guid> unreadable)
    {
        if (orphans is [var first, ..])
            bell.Raise(AlertCode.OrphanOrder, Words.Of(market), $"{orphans.Length} open orders of {Words.Of(market)} carry our prefix and no live intent owns them, such as {first.Order.ClientOrderId} of {first.Order.Symbol}; "
                + $"{orphans.Count(orphan => orphan.IsGone)} of them are canceled");
        foreach (var id in unreadable)
            bell.Raise(AlertCode.DocumentUnreadable, $"{id}", $"the document of order {id} ({Words.Of(market)}) cannot be read: its orders are held against nothing and left alone");
    }

    async Task Wake(Order document, CancellationToken cancel)
    {
        log.LogWarning("The policy of intent {IntentId} was to look at {Due:O} and has not; it is woken", document.Intent.IntentId, document.WakeAt);
        await sends.Send(Queues.OrdersExchange, new PolicyDue { OrderId = document.Id, TimerId = SagaIds.Derive(document.Id, $"overdue:{document.WakeAt:O}") }, cancel);
    }

    Guid? Owner(string clientOrderId) => Reconciliation.OwnerOf(clientOrderId, intake.IdPrefix);

    static MarketSweep Found(Market market, DateTimeOffset at, Survey survey, Documents stored, IReadOnlyCollection<(VenueOrderState, Residual Verdict)> verdicts) => new()
    {
        Market = Words.Of(market),
        At = at,
        Jaccard = survey.Consistency,
        Open = survey.Shown.Length,
        BelievedOpen = survey.BelievedOpen,
        Agreed = survey.Agreed,
        Disputed = survey.Disputed,
        Foreign = survey.Foreign,
        Orphans = verdicts.Count(found => found.Verdict is Residual.Orphan),
        Canceled = 0,
        Young = verdicts.Count(found => found.Verdict is Residual.Young),
        Told = verdicts.Count(found => found.Verdict is Residual.News),
        Missing = survey.Missing.Length,
        Overdue = survey.Overdue.Length,
        Unreadable = stored.Unreadable.Count,
    };
}
