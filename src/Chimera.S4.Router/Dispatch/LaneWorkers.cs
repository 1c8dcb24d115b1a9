using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tracing;
using Chimera.S4.Router.Venues.Gateway;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Carries effects out, a bounded number at a time per lane.</summary>
public sealed class LaneWorkers(
    EffectLanes lanes, EffectDispatcher dispatcher, IOrderStore store, VenueGateway gateway, RecordReceiver records, MarkoutReceiver markouts, ReplyReceiver replies, EndIntentReceiver endings, FindExitsReceiver exits, GiveWayReceiver ways, IntentLookup intents, ILogger<LaneWorkers> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stop) =>
        Task.WhenAll(lanes.Plan.SelectMany(plan => Enumerable.Range(0, plan.Workers).Select(_ => Work(plan.Lane, stop))));

    async Task Work(Lane lane, CancellationToken stop)
    {
        try
        {
            await foreach (var effect in lanes[lane].ReadAllAsync(stop)) await CarryOut(effect, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    async Task CarryOut(EffectInHand effect, CancellationToken stop)
    {
        var pending = effect.Pending;
        var about = await intents.Of(pending.OrderId, stop);
        using var lines = Lines.About(log, new(pending.OrderId, about?.IntentId, effect.Venue?.ClientOrderId));
        using var span = Spans.Begin($"effect {pending.Kind}", pending.OrderId, about, effect.Venue?.ClientOrderId);
        try
        {
            var handled = pending.Kind switch
            {
                EffectKinds.Record => await records.Receive(pending, stop),
                EffectKinds.Markout => await markouts.Receive(pending, stop),
                EffectKinds.Reply => await replies.Receive(pending, stop),
                EffectKinds.EndIntent => await endings.Receive(pending, stop),
                EffectKinds.FindExits => await exits.Receive(pending, stop),
                EffectKinds.GiveWay => await ways.Receive(pending, stop),
                _ => await gateway.Receive(effect, stop),
            };
            // Out of hand first: what the sweep takes up from now on must not be turned away as being here still.
            dispatcher.Release(pending);
            if (handled.IsDone) await store.CompleteEffects(pending.OrderId, [pending.Seq], stop);
            if (handled.Again is { } delay) await store.PostponeEffect(pending.OrderId, pending.Seq, delay, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Still pending in the store: the sweep brings it back. Nothing is lost, so nothing is rethrown.
            dispatcher.Release(pending);
            log.LogWarning(failure, "Effect {Kind} {OrderId}:{Seq} was not carried out and will be tried again", pending.Kind, pending.OrderId, pending.Seq);
            await Postpone(pending, stop);
        }
    }

    async Task Postpone(PendingEffect pending, CancellationToken stop)
    {
        try
        {
            await store.PostponeEffect(pending.OrderId, pending.Seq, Leases.AfterFailure, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogWarning(failure, "Effect {OrderId}:{Seq} keeps its lease, because the store does not answer", pending.OrderId, pending.Seq);
        }
    }
}
