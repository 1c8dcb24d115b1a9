using System.Text.RegularExpressions;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Orders.Views;
using Chimera.S4.Router.Stores;
using MassTransit;

namespace Chimera.S4.Router.Intake;

/// <summary>Finds the intent that a cancel is about and passes it on to that order's queue.</summary>
public sealed partial class CancelRequestConsumer(CancelTargets targets, OrphanCancel orphans, IOrderStore store, BoundedSends sends, RecordWriter records, TimeProvider clock, ILogger<CancelRequestConsumer> log) : IConsumer<CancelRequest>
{
    public async Task Consume(ConsumeContext<CancelRequest> context)
    {
        var (request, cancel) = (context.Message, context.CancellationToken);
        var target = Malformed(request) is { } malformed ? CancelTarget.Refuse(malformed) : await targets.Find(request, cancel);
        if (target.Refusal is { } refusal)
            await Answer(context, OrderViews.CancelRefused(refusal.Reason, refusal.Message, refusal.Reason is ReasonCode.OrderNotFound ? "NOT_FOUND" : "REJECTED"));
        else if (target.AtVenue is { } orphan && await store.Load(target.OrderId, cancel) is null)
            await Answer(context, await orphans.Cancel(orphan, request.Reason, cancel));
        else if (request.CascadeOco is false && await IsList(target.OrderId, cancel))
            await Answer(context, OrderViews.CancelRefused(ReasonCode.PolicyNotSupported, "cascade_oco false is not possible on an order list: the venue itself ends the other leg; allowed: true", "REJECTED"));
        else
        {
            await sends.Send(Queues.OrdersExchange,
                new CancelOrder { OrderId = target.OrderId, CancelId = context.MessageId, Reason = request.Reason, ReplyTo = context.ResponseAddress, RequestId = context.RequestId }, cancel);
            await Note(context, "ASKED");
        }
    }

    // After it has gone out, since a cancel waits for no record: where this fails the message comes again, and the cancel is the same one.
    Task Note(ConsumeContext<CancelRequest> context, string code)
    {
        var request = context.Message;
        var what = request.IntentId ?? request.ClientOrderId ?? $"{request.Market} {request.Symbol} {request.OrderId}";
        return records.Write(Audit.Of("CANCEL", code, context.Headers.Get<string>(ReplyHeaders.By) ?? "bus", $"{request.Reason ?? "no reason given"} ({what})", clock.GetUtcNow(),
            context.MessageId ?? Guid.NewGuid(), request.IntentId ?? ""), context.CancellationToken);
    }

    async Task<bool> IsList(Guid orderId, CancellationToken cancel) =>
        await store.Load(orderId, cancel) is { } stored && OrderDocument.Read(stored).Order!.VenueOrders.Any(venue => venue is { ListId: not null, IsAlive: true });

    async Task Answer(ConsumeContext<CancelRequest> context, CancelReply reply)
    {
        log.LogInformation("Cancel of intent {IntentId} order {ClientOrderId}{OrderId}: {Status} {Code}",
            context.Message.IntentId, context.Message.ClientOrderId, context.Message.OrderId, reply.Result.Status, reply.Result.Code);
        await sends.Answer(context, reply);
        await Note(context, reply.Result.Code ?? reply.Result.Status);
    }

    static Denial? Malformed(CancelRequest request)
    {
        var named = new[] { request.IntentId, request.ClientOrderId, request.OrderId }.Count(id => !string.IsNullOrEmpty(id));
        if (named != 1) return new Denial(ReasonCode.MalformedField, $"name the order by exactly one of intent_id, client_order_id and order_id, not {named}");
        if (request.Reason is { } reason && !ReasonForm().IsMatch(reason)) return new Denial(ReasonCode.MalformedField, $"reason '{reason}' is not of the form [A-Z_]{{1,32}}");
        return null;
    }

    [GeneratedRegex("^[A-Z_]{1,32}$")]
    private static partial Regex ReasonForm();
}
