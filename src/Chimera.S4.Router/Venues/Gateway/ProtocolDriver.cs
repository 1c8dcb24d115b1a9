using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Countdown;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tracing;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Performs what a <see cref="VenueProtocol"/> asks for, one command after the other. Decides nothing: whatever fails here fails the run, and the effect is taken up again.</summary>
public sealed class ProtocolDriver(
    IPlacementJournal journal, IOrderStore store, IMarketFacts facts, ReportSender reports, RecordWriter records, SymbolSetup setup, Countdowns countdowns, SendGates gates, AlertBell bell, GatewayOptions options, TimeProvider clock, RouterMetrics metrics,
    ILogger<ProtocolDriver> log)
{
    public async Task<Handled> Run(VenueProtocol protocol, IVenue venue, Guid orderId, CancellationToken cancel)
    {
        var command = protocol.Start(View(venue));
        while (command is not Finish) command = protocol.On(command, await Perform(command, venue, orderId, cancel), View(venue));
        return ((Finish)command).Handled;
    }

    async Task<Reply> Perform(VenueCommand command, IVenue venue, Guid orderId, CancellationToken cancel)
    {
        switch (command)
        {
            case LoadEntry load: return new Loaded(await journal.Load(load.ClientOrderId, cancel));
            case SignRequest sign: return await Sign(orderId, sign.Place, venue, cancel);
            case WriteEpoch { Entry: var entry }: return new Settled(await (entry.Epoch == 1 ? journal.TryBegin(entry, cancel) : journal.TryAdvance(entry, cancel)));
            case CheckPending check: return new Settled(await store.IsPending(orderId, check.Seq, cancel));
            case CheckWanted check: return new Settled(await IsWanted(orderId, check.Seq, cancel));
            case SendRequest send: return new Answered(await Spans.Venue("place", venue.Market, send.Entry.ClientOrderId, () => Send(send, venue, cancel), answer => answer.Outcome));
            case SendCancel send: return new Answered(await Spans.Venue("cancel", venue.Market, send.Cancel.ClientOrderId, () => venue.Cancel(send.Cancel, cancel), answer => answer.Outcome));
            case QueryOrder query: return new Answered(await Spans.Venue("query", venue.Market, query.Order.ClientOrderId, () => venue.Query(query.Order, cancel), answer => answer.Outcome));
            case LookEverywhere look: return new Answered(await Spans.Venue("look", venue.Market, look.Order.ClientOrderId, () => venue.LookEverywhere(look.Order, look.Since, cancel), answer => answer.Outcome));
            case ReadTrades read: return new Traded(await Spans.Venue("trades", venue.Market, read.Order.ClientOrderId, () => venue.Trades(read.Order, read.Since, cancel), answer => answer.Outcome));
            case Resolve resolve: return new Settled(await journal.Resolve(resolve.ClientOrderId, resolve.OfEpoch, Written([.. resolve.Known.Select(found => VenueReports.Of(orderId, found))]), cancel));
            case NoteProbe note: await journal.NoteProbe(note.Entry, cancel); break;
            case Pause pause: await Task.Delay(pause.For, clock, cancel); break;
            case Report report: await Tell(orderId, report.Told, cancel); break;
            case TellAgain again:
                foreach (var report in Read(again.Entry.Resolution!)) await reports.Send(report, cancel);
                break;
            case RecordOrphan { State: var state }: await records.Write(OrphanRecord.Of(state.ClientOrderId, state, $"{state.Status} without a document:", clock.GetUtcNow()), cancel); break;
            default: throw new InvalidOperationException($"nothing performs {command.GetType().Name}");
        }
        return Performed.Instance;
    }

    async Task<bool> IsWanted(Guid orderId, int placeSeq, CancellationToken cancel)
    {
        try
        {
            return await store.Load(orderId, cancel) is not { } stored || Review.IsWanted(OrderDocument.Read(stored).Order!, placeSeq);
        }
        catch (JsonException unreadable)
        {
            log.LogCritical(unreadable, "The document of order {OrderId} cannot be read; its placement goes on, an operator has to see to it", orderId);
            return true;
        }
    }

    async Task<Signed> Sign(Guid orderId, VenueEffect place, IVenue venue, CancellationToken cancel)
    {
        await setup.Prepare(place, cancel);
        await countdowns.MakeWay(orderId, place, cancel);
        var quote = facts.Quote(place.Market, place.Symbol);
        return new Signed(place is PlaceListEffect list ? venue.Sign(list) : venue.Sign((PlaceEffect)place), quote?.Mid, quote is null ? null : BookTop3.Write(quote));
    }

    async Task<VenueAnswer> Send(SendRequest send, IVenue venue, CancellationToken cancel)
    {
        if ((setup.Refusal(send.Place) ?? countdowns.Refusal(send.Place)) is { } unready) return unready;
        var (refusal, isProbe) = await gates.Admit(send.Place, cancel);
        if (refusal is not null)
        {
            log.LogWarning("Placement {ClientOrderId} was not sent: {Reason}", send.Entry.ClientOrderId, refusal.VenueText);
            return refusal;
        }
        var answer = await Send(send.Entry, venue, cancel);
        if (isProbe) await gates.Probed(venue.Market, answer, cancel);
        return answer;
    }

    async Task<VenueAnswer> Send(PlacementEntry entry, IVenue venue, CancellationToken cancel)
    {
        var answer = await venue.Place(new SignedRequest(entry.Request, entry.Timestamp, entry.ReceiveWindow), cancel);
        metrics.Placed(venue.Market, answer, clock.GetUtcNow() - entry.SentAt);
        var ms = (int)(clock.GetUtcNow() - entry.SentAt).TotalMilliseconds;
        if (answer.Outcome is VenueOutcome.Known) log.LogInformation("Placement {ClientOrderId} was accepted after {Ms} ms", entry.ClientOrderId, ms);
        else if (answer.Outcome is VenueOutcome.Rejected) log.LogInformation("Placement {ClientOrderId} was refused after {Ms} ms: {VenueCode} {VenueText}", entry.ClientOrderId, ms, answer.VenueCode, answer.VenueText);
        else
            log.LogWarning("Placement {ClientOrderId} epoch {Epoch} was answered {Outcome} ({HttpStatus} {VenueCode} {VenueText})", entry.ClientOrderId, entry.Epoch, answer.Outcome,
                answer.HttpStatus, answer.VenueCode, answer.VenueText);
        return answer;
    }

    async Task Tell(Guid orderId, Finding told, CancellationToken cancel)
    {
        await reports.Send(VenueReports.Of(orderId, told), cancel);
        if (!told.Seen.NeedsReview) return;
        metrics.NeedsReview();
        bell.Raise(AlertCode.NeedsReview, told.Seen.ClientOrderId, $"placement {told.Seen.ClientOrderId} is unproven since {told.Seen.SentAt:O}: it can neither be found nor be proven absent", orderId);
        log.LogCritical("Placement {ClientOrderId} of {OrderId} is unproven since {SentAt:O}: it can neither be found nor be proven absent; an operator has to decide",
            told.Seen.ClientOrderId, orderId, told.Seen.SentAt);
    }

    // A single order's is written as it always was.
    static string Written(VenueReport[] resolution) => resolution is [var only] ? JsonSerializer.Serialize(only) : JsonSerializer.Serialize(resolution);

    static VenueReport[] Read(string resolution) => resolution.StartsWith('[') ? JsonSerializer.Deserialize<VenueReport[]>(resolution)! : [JsonSerializer.Deserialize<VenueReport>(resolution)!];

    PlacementView View(IVenue venue) => new(clock.GetUtcNow(), venue.Now, venue.StreamReconciledSince, options.AbsenceSettle);
}
