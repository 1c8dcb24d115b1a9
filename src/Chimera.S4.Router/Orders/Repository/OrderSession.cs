using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tracing;
using MassTransit;

namespace Chimera.S4.Router.Orders.Repository;

/// <summary>One handling of one message: load, decide, commit, hand off; then the message may be acknowledged.</summary>
public sealed class OrderSession(IOrderStore store, OrderCommitWriter writer, EffectDispatcher dispatcher, ArmedGuards guards, AlertBell bell, RouterMetrics metrics, CommitNotes notes, CommitBuffer buffer)
{
    StoredOrder? loaded;
    Order? before;

    public async Task<OrderSaga?> Load(Guid id, CancellationToken cancel)
    {
        if ((loaded = await store.Load(id, cancel)) is null) return null;
        var saga = OrderDocument.Read(loaded);
        before = saga.Order;
        notes.Loaded(saga);
        return saga;
    }

    public async Task Commit(OrderSaga saga, ConsumeContext context)
    {
        // The delivered timer leaves with the commit that handled it, whether it was current or stale.
        if (context.GetSchedulingTokenId() is { } delivered) buffer.Disarm.Add(delivered);
        if (loaded is null) saga.Trace = PublishTrace.Of(context);
        if (writer.Write(saga, loaded, buffer) is { } commit)
        {
            using var span = CommitNotes.Committing(before, saga, buffer.Decision);
            if (await store.Commit(commit, context.CancellationToken) is CommitOutcome.Conflict)
            {
                metrics.Conflict();
                throw new OrderConflictException(saga.CorrelationId, loaded?.Version);
            }
            dispatcher.HandOff(commit);
            guards.Note(commit);
            foreach (var told in buffer.Decision?.Events.Where(told => told.Type is OrderEventType.ProtectionRefused) ?? [])
                bell.Raise(AlertCode.ProtectionRefused, saga.CorrelationId.ToString(), $"the exchange refuses an exit again and again: {told.Code?.Text()} {told.Detail}", saga.CorrelationId);
            notes.Committed(before, saga, buffer.Decision);
        }
        // A redelivered message may have been committed by a process that died before it dispatched.
        if (context.ReceiveContext.Redelivered) dispatcher.HandOff(await store.PendingEffects(saga.CorrelationId, context.CancellationToken));
    }
}

/// <summary>Somebody else committed first: load and decide again. Retried, never an error.</summary>
public sealed class OrderConflictException(Guid id, int? expected) : Exception($"order {id}: expected version {expected?.ToString() ?? "none"} is not the stored one");
