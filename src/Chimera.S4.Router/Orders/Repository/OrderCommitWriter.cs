using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Orders.Views;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Orders.Repository;

/// <summary>Renders a decision as one commit.</summary>
public sealed class OrderCommitWriter(DispatchOptions options, MarkoutOptions? markouts = null)
{
    /// <summary>A replayed intent must not trade twice (design §3.4).</summary>
    static readonly TimeSpan TombstoneTtl = TimeSpan.FromDays(7);

    /// <summary>Null: the message changed nothing, and nothing needs to be written.</summary>
    public OrderCommit? Write(OrderSaga saga, StoredOrder? loaded, CommitBuffer buffer)
    {
        if (buffer.Decision is not { } decision)
        {
            if (buffer.Disarm.Count == 0 || loaded is null) return null;
            decision = Decision.Nothing(saga.Order!);
        }
        var document = OrderDocument.Write(saga);
        if (document == loaded?.Document && decision.Done.IsEmpty && decision.Replies.IsEmpty && buffer.Disarm.Count == 0) return null;
        var order = decision.Order;
        return new OrderCommit
        {
            Id = saga.CorrelationId,
            ExpectedVersion = loaded?.Version,
            Document = document,
            Line = new OrderLine(saga.CorrelationId, OrderViews.Summary(order)),
            Effects = [.. decision.Effects.Select(VenueEffect), .. decision.Replies.Select(reply => Reply(order, reply, buffer.Gates)), .. Markout(decision)],
            DoneEffects = decision.Done,
            Arm = [.. buffer.Arm],
            Disarm = [.. buffer.Disarm.Except(buffer.Arm.Select(timer => timer.Token))],
            Unqueued = [.. decision.Unqueued.Select(SliceTasks.Write)],
            Queued = [.. decision.Queued.Select(SliceTasks.Write)],
            Guard = GuardOf(order),
            Result = OrderViews.ResultLine(order, decision),
            Record = decision.RecordEffect is null ? null : OrderRecords.Batch(decision),
            RecordSeq = decision.RecordEffect ?? 0,
            VenueOrders = [.. order.VenueOrders.Where(venue => venue.VenueOrderId is not null)
                .Select(venue => new VenueOrderKey(Words.Of(order.Intent.Market), order.Intent.Symbol, venue.VenueOrderId!))],
            TombstoneTtl = order.Final ? TombstoneTtl : null,
        };
    }

    static GuardState? GuardOf(Order order) => order.Intent is { Oco: null, Guard: null } ? null
        : new GuardState(order.Intent.Symbol, order.Intent.IntentId, order.Watch is { IsArmed: true } watch ? new ArmedPrices(watch.ArmedAt, watch.SlPx?.Value, watch.TpPx?.Value) : null);

    NewEffect VenueEffect(Effect effect) => new(effect.Seq, EffectKinds.Of(effect), JsonSerializer.Serialize(effect, OrderDocument.Options), options.Lease);

    // Not to be carried out before the last horizon has passed: its lease is that wait.
    IEnumerable<NewEffect> Markout(Decision decision)
    {
        if (decision.MarkoutEffect is not { } seq) yield break;
        var fills = OrderRecords.Fills(decision);
        var wait = (markouts ?? new()).DueAt(fills) - decision.Order.UpdatedAt;
        yield return new NewEffect(seq, EffectKinds.Markout, StoredJson.Write(new JournalBatch { IntentId = decision.Order.Intent.IntentId, Fills = fills }), wait > options.Lease ? wait : options.Lease);
    }

    NewEffect Reply(Order order, ReplyEffect reply, GateState gates)
    {
        var answer = reply.To.WaitsFor is WaitsFor.Cancel
            ? new ReplyPayload(reply.To.ReplyTo, reply.To.RequestId, null, OrderViews.CancelReply(order), order.UpdatedAt)
            : new ReplyPayload(reply.To.ReplyTo, reply.To.RequestId, OrderViews.IntentReply(order, reply.Refused, gates), null, order.UpdatedAt);
        return new NewEffect(reply.Seq, EffectKinds.Reply, JsonSerializer.Serialize(answer, OrderDocument.Options), options.Lease);
    }
}
