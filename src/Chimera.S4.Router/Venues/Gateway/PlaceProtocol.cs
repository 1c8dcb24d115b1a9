using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Performs the I/O of <see cref="PlacementProtocol"/>: journal before send, send once per epoch, look until proven (design §3.5).</summary>
public sealed class PlaceProtocol(IPlacementJournal journal, IOrderStore store, IMarketFacts facts, ReportSender reports, SymbolSetup setup, GatewayOptions options, TimeProvider clock, RouterMetrics metrics, ILogger<PlaceProtocol> log)
{
    static readonly TimeSpan Quarantine = TimeSpan.FromMilliseconds(250), VerifyAfter = TimeSpan.FromMilliseconds(400), LongestBackOff = TimeSpan.FromSeconds(5);

    /// <summary>How far back a look for the order goes: a clock may be off by less than this.</summary>
    static readonly TimeSpan LookBack = TimeSpan.FromSeconds(30);

    public async Task<Handled> Run(IVenue venue, Guid orderId, PlaceEffect place, CancellationToken cancel)
    {
        // Until the stream is up and reconciled nothing new goes out (quarantine → reconcile → resume).
        if (venue.StreamReconciledSince is null) return Handled.After(Quarantine);
        var entry = await journal.Load(place.ClientOrderId, cancel);
        switch (PlacementProtocol.Next(entry, View(venue)))
        {
            case PlacementStep.Tell:
                await Tell(JsonSerializer.Deserialize<VenueReport>(entry!.Resolution!)!, cancel);
                return Handled.Reported;
            case PlacementStep.Look:
                return await Look(venue, orderId, place, entry!, cancel);
            default:
                return await Send(venue, orderId, place, entry, cancel);
        }
    }

    async Task<Handled> Send(IVenue venue, Guid orderId, PlaceEffect place, PlacementEntry? before, CancellationToken cancel)
    {
        await setup.Prepare(place, cancel);
        var entry = Journalled(venue, place, before);
        if (!await (before is null ? journal.TryBegin(entry, cancel) : journal.TryAdvance(entry, cancel))) return Handled.After(TimeSpan.Zero);
        // Only whoever holds the epoch may call it expired: a process that slept must not speak for one that has sent meanwhile.
        if (place.NotAfter is { } end && clock.GetUtcNow() >= end) return await Expire(orderId, place, entry, end, cancel);
        // Last look before the point of no return: an order that has given this placement up must not get it.
        if (!await store.IsPending(orderId, place.Seq, cancel)) return await Withdraw(orderId, place, entry, cancel);
        var answer = setup.Refusal(place) ?? await venue.Place(new SignedRequest(entry.Request, entry.Timestamp, entry.ReceiveWindow), cancel);
        metrics.Placed(place.Market, answer.Outcome, clock.GetUtcNow() - entry.SentAt);
        return await Settle(venue, orderId, place, entry, answer, cancel);
    }

    Task<Handled> Expire(Guid orderId, PlaceEffect place, PlacementEntry entry, DateTimeOffset end, CancellationToken cancel)
    {
        var late = VenueReports.Plain(orderId, place.ClientOrderId, Source, ReportKind.Rejected, ReasonCode.IntentExpired, text: $"expires_at {end:O} passed before the order could be sent");
        return Close(place, entry.Epoch, late with { EffectSeq = place.Seq }, cancel);         // neither sent nor answered
    }

    async Task<Handled> Withdraw(Guid orderId, PlaceEffect place, PlacementEntry entry, CancellationToken cancel)
    {
        var nothing = VenueReports.Plain(orderId, place.ClientOrderId, Source, ReportKind.NothingNew) with { EffectSeq = place.Seq };
        await journal.Resolve(place.ClientOrderId, entry.Epoch, JsonSerializer.Serialize(nothing), cancel);
        return Handled.Done;
    }

    PlacementEntry Journalled(IVenue venue, PlaceEffect place, PlacementEntry? before)
    {
        var signed = venue.Sign(place);
        var quote = facts.Quote(place.Market, place.Symbol);
        return new PlacementEntry
        {
            ClientOrderId = place.ClientOrderId, Epoch = (before?.Epoch ?? 0) + 1, Request = signed.Text, Timestamp = signed.Timestamp, ReceiveWindow = signed.ReceiveWindow,
            SentAt = clock.GetUtcNow(), MidAtSend = quote?.Mid, BookTop3 = quote is null ? null : BookTop3.Write(quote),
        };
    }

    async Task<Handled> Settle(IVenue venue, Guid orderId, PlaceEffect place, PlacementEntry entry, VenueAnswer answer, CancellationToken cancel)
    {
        switch (answer.Outcome)
        {
            case VenueOutcome.Known:
                return await Resolve(place, entry, VenueReports.Known(orderId, place.ClientOrderId, Source, answer.Order!), cancel);
            case VenueOutcome.Rejected:
                return await Resolve(place, entry, VenueReports.Plain(orderId, place.ClientOrderId, Source, ReportKind.Rejected, answer.Reason, answer.VenueCode, answer.VenueText), cancel);
            case VenueOutcome.NotSent or VenueOutcome.NotExecuted:
                return await SendAgainLater(place, entry, answer, cancel);
            case VenueOutcome.Exists:
                return await Look(venue, orderId, place, entry, cancel);
            case VenueOutcome.FailedVerify:
                await Task.Delay(VerifyAfter, clock, cancel);
                var found = await venue.Query(Ref(place), cancel);
                // The venue says that it failed, yet such orders have been seen to exist, and a look may be late: one that shows nothing proves nothing.
                return await Settle(venue, orderId, place, entry, found.Outcome is VenueOutcome.Known ? found : answer with { Outcome = VenueOutcome.Unknown }, cancel);
            default:
                log.LogWarning("Placement {ClientOrderId} epoch {Epoch}: outcome unknown ({HttpStatus} {VenueCode} {VenueText}); looking for it", place.ClientOrderId, entry.Epoch,
                    answer.HttpStatus, answer.VenueCode, answer.VenueText);
                var unknown = VenueReports.Plain(orderId, place.ClientOrderId, Source, ReportKind.Unknown, venueCode: answer.VenueCode, text: answer.VenueText);
                await Tell(unknown with { SentAt = entry.SentAt }, cancel);
                return Handled.After(PlacementProtocol.LookAgainIn(entry));
        }
    }

    async Task<Handled> Look(IVenue venue, Guid orderId, PlaceEffect place, PlacementEntry entry, CancellationToken cancel)
    {
        // As of before the look: a round counts by when it began, not by when the venue came to answer it.
        var view = View(venue);
        var answer = await venue.LookEverywhere(Ref(place), entry.Timestamp - LookBack, cancel);
        if (answer is { Outcome: VenueOutcome.Known, Order: { } order })
        {
            log.LogInformation("Placement {ClientOrderId} found as order {OrderId} {Status}", place.ClientOrderId, order.VenueOrderId, order.Status);
            return await Resolve(place, entry, VenueReports.Known(orderId, place.ClientOrderId, Source, order), cancel);
        }
        var looked = answer.Outcome is VenueOutcome.NotFound ? PlacementProtocol.LookedEmpty(entry, view) : PlacementProtocol.Looked(entry, view);
        await journal.NoteProbe(looked, cancel);
        if (looked.NeedsReview && !entry.NeedsReview)
            log.LogCritical("Placement {ClientOrderId} is unproven since {SentAt:O}: it can neither be found nor be proven absent; an operator has to decide", place.ClientOrderId, entry.SentAt);
        // It may have been found to be there by nobody for this whole process's life: the order has to know that its outcome is open.
        if (looked.Probes == 1) await Tell(VenueReports.Plain(orderId, place.ClientOrderId, Source, ReportKind.Unknown) with { SentAt = entry.SentAt }, cancel);
        return Handled.After(PlacementProtocol.Next(looked, view) is PlacementStep.Advance ? TimeSpan.Zero : PlacementProtocol.LookAgainIn(looked));
    }

    async Task<Handled> SendAgainLater(PlaceEffect place, PlacementEntry entry, VenueAnswer answer, CancellationToken cancel)
    {
        await journal.NoteProbe(entry with { NotExecuted = true }, cancel);
        var backOff = answer.RetryAfter ?? TimeSpan.FromMilliseconds(Math.Min(200 * Math.Pow(2, Math.Min(entry.Epoch - 1, 10)), LongestBackOff.TotalMilliseconds));
        log.LogWarning("Placement {ClientOrderId} epoch {Epoch} was not executed ({Outcome} {VenueCode} {VenueText}); next try in {BackOff}", place.ClientOrderId, entry.Epoch,
            answer.Outcome, answer.VenueCode, answer.VenueText, backOff);
        return Handled.After(backOff);
    }

    Task<Handled> Resolve(PlaceEffect place, PlacementEntry entry, VenueReport report, CancellationToken cancel)
    {
        var told = report with { EffectSeq = place.Seq, SentAt = entry.SentAt, AnsweredAt = clock.GetUtcNow(), MidAtSend = entry.MidAtSend, BookTop3 = entry.BookTop3 };
        // A refusal is of one request; an order that exists does so whichever epoch brought it.
        return Close(place, report.Kind == nameof(ReportKind.Rejected) ? entry.Epoch : null, told, cancel);
    }

    async Task<Handled> Close(PlaceEffect place, int? ofEpoch, VenueReport told, CancellationToken cancel)
    {
        // False: while this process slept another has gone on, or has settled it. What that one knows counts.
        if (!await journal.Resolve(place.ClientOrderId, ofEpoch, JsonSerializer.Serialize(told), cancel)) return Handled.After(TimeSpan.Zero);
        await Tell(told, cancel);
        return Handled.Reported;
    }

    Task Tell(VenueReport report, CancellationToken cancel) => reports.Send(report, cancel);

    PlacementView View(IVenue venue) => new(clock.GetUtcNow(), venue.Now, venue.StreamReconciledSince, options.AbsenceSettle);

    static OrderRef Ref(PlaceEffect place) => new(place.Symbol, place.ClientOrderId, CancelId: ClientOrderId.CancelId(place.ClientOrderId, 0), IsConditional: place.TriggerPx is not null);

    const string Source = "PLACE";
}
