using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues.Gateway;
using Chimera.S4.Router.Venues;
using MassTransit;

namespace Chimera.S4.Router.Levers;

/// <summary>Takes an operator's word on a placement that needs review to the journal. In the record before it acts, so that nothing was done that the record does not tell.</summary>
public sealed class ResolveIntentConsumer(IOrderStore store, IEnumerable<IVenue> venues, ProtocolDriver driver, RecordWriter records, TimeProvider clock, Answers answers, ILogger<ResolveIntentConsumer> log) : IConsumer<ResolveIntent>
{
    public async Task Consume(ConsumeContext<ResolveIntent> context)
    {
        var (asked, cancel) = (context.Message, context.CancellationToken);
        var id = SagaIds.Of(asked.IntentId);
        if (await store.Load(id, cancel) is not { } stored)
        {
            await answers.Send(context, Refused(asked, new Denial(ReasonCode.OrderNotFound, $"no intent '{asked.IntentId}' is known")));
            return;
        }
        var order = OrderDocument.Read(stored).Order!;
        var (refused, placements) = Review.Of(order, asked.OrderId);
        if (refused is null && asked.OrderId is { } named && await store.FindByVenueOrderId(Words.Of(order.Intent.Market), order.Intent.Symbol, named, cancel) is { } owner && owner != id)
            refused = new Denial(ReasonCode.MalformedField, $"evidence '{named}' is an order of another intent");
        if (refused is not null)
        {
            await answers.Send(context, Refused(asked, refused));
            return;
        }

        var request = context.RequestId ?? context.MessageId ?? Guid.Empty;
        log.LogWarning("{By} resolves {IntentId} as {Evidence}: {Reason}", asked.By, asked.IntentId, asked.OrderId ?? "ABSENT", asked.Reason);
        await records.Write(Audit.Of("RESOLVE", asked.OrderId ?? "ABSENT", asked.By, asked.Reason, clock.GetUtcNow(), request, asked.IntentId), cancel);
        var outcomes = new List<(string ClientOrderId, ReviewOutcome Outcome)>();
        foreach (var effect in await store.PendingEffects(id, cancel))
            if (placements.FirstOrDefault(placement => placement.PlaceSeq == effect.Seq) is { } placement) outcomes.Add(await Resolve(order, effect, placement, asked, cancel));
        foreach (var (name, outcome) in outcomes) log.LogWarning("Placement {ClientOrderId} of {IntentId} in review: {Outcome}", name, asked.IntentId, outcome);
        await records.Write(Audit.Of("RESOLVED", string.Join(" ", outcomes.Select(one => Words.Of(one.Outcome)).Distinct()), asked.By, asked.Reason, clock.GetUtcNow(), request, asked.IntentId), cancel);
        await answers.Send(context, Reply(asked, outcomes));
    }

    async Task<(string, ReviewOutcome)> Resolve(Order order, PendingEffect effect, UnprovenPlacement placement, ResolveIntent asked, CancellationToken cancel)
    {
        var place = (VenueEffect)JsonSerializer.Deserialize<Effect>(effect.Payload, OrderDocument.Options)!;
        Ruling ruling = asked.OrderId is { } named ? new RuledFound(named, order.Prefix) : new RuledAbsent(placement.IsWanted, $"by {asked.By}: {asked.Reason}");
        var protocol = new ReviewProtocol(place, ruling);
        var outcome = protocol.Outcome(await driver.Run(protocol, venues.First(venue => venue.Market == place.Market), order.Id, cancel));
        // It is looked at every half a minute anyway; the operator waits for it.
        if (outcome is ReviewOutcome.SentAgain) await store.PostponeEffect(order.Id, effect.Seq, TimeSpan.Zero, cancel);
        return (place.ClientOrderId, outcome);
    }

    static ResolveReply Reply(ResolveIntent asked, IReadOnlyCollection<(string ClientOrderId, ReviewOutcome Outcome)> outcomes)
    {
        ResolvedPlacement[] told = [.. outcomes.Select(one => new ResolvedPlacement { ClientOrderId = one.ClientOrderId, Outcome = Words.Of(one.Outcome) })];
        if (outcomes.Any(one => one.Outcome is ReviewOutcome.SentAgain or ReviewOutcome.Ended or ReviewOutcome.Found))
            return new ResolveReply { HttpStatus = 200, Result = new ResolveResult { IntentId = asked.IntentId, Placements = told } };
        var (status, reason, message) = outcomes.Select(one => one.Outcome).FirstOrDefault() switch
        {
            ReviewOutcome.OtherOrder => (422, ReasonCode.OrderNotFound, $"the venue shows no order {asked.OrderId} that could be this placement: another client order id, another symbol, or no such order"),
            ReviewOutcome.Silent => (503, ReasonCode.NotInReview, "the venue did not answer the look for the order; nothing has changed"),
            _ => (409, ReasonCode.NotInReview, "the placement was settled, or went out again, meanwhile; GET /orders tells how it stands"),
        };
        return new ResolveReply { HttpStatus = status, Result = new ResolveResult { IntentId = asked.IntentId, Placements = told, Code = reason.Text(), Message = message } };
    }

    static ResolveReply Refused(ResolveIntent asked, Denial refusal) => new()
    {
        HttpStatus = refusal.Reason is ReasonCode.MalformedField ? 422 : ReasonCodes.Of(refusal.Reason).HttpStatus,
        Result = new ResolveResult { IntentId = asked.IntentId, Code = refusal.Reason.Text(), Message = refusal.Message },
    };
}
