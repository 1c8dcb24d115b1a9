using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Orders.Views;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Stores;
using MassTransit;

namespace Chimera.S4.Router.Orders;

/// <summary>Turns each message into the decider's terms, adding the time and what is known of the market. Decides nothing itself.</summary>
public sealed class OrderSteps(TimeProvider clock, IntentReader reader, IntentFactsSource facts, IntakeOptions options, IOrderStore store, BoundedSends sends, Leaving leaving, RouterMetrics metrics)
{
    public Decision Open(BehaviorContext<OrderSaga, OrderIntent> context)
    {
        var (intent, malformed) = reader.Read(context.Message, PublishTime.Of(context));
        return OrderDecider.Open(context.Saga.CorrelationId, intent, malformed, facts.For(intent, context.GetPayload<CommitBuffer>()), options.IdPrefix, WaiterOf(context));
    }

    public Decision IntentAgain(BehaviorContext<OrderSaga, OrderIntent> context) =>
        OrderDecider.OnIntent(context.Saga.Order!, reader.Read(context.Message, PublishTime.Of(context)).Intent, WaiterOf(context), Now);

    public Decision Reported(BehaviorContext<OrderSaga, VenueReport> context) =>
        OrderDecider.OnReport(context.Saga.Order!, VenueReports.ToObservation(context.Message), View(context));

    public Decision Cancel(BehaviorContext<OrderSaga, CancelOrder> context)
    {
        var cancel = context.Message;
        var waiter = cancel is { ReplyTo: { } replyTo, RequestId: { } request } ? new Waiter(replyTo, request, WaitsFor.Cancel) : null;
        return OrderDecider.OnCancel(context.Saga.Order!, cancel.CancelId, cancel.Reason, waiter, View(context), cancel.KeepsExits);
    }

    public Decision Probe(BehaviorContext<OrderSaga, ProbeDue> context) => OrderDecider.OnProbe(context.Saga.Order!, View(context));

    public Decision Wake(BehaviorContext<OrderSaga, PolicyDue> context) => OrderDecider.OnWake(context.Saga.Order!, View(context));

    public Decision Look(BehaviorContext<OrderSaga, LookAgain> context) => OrderDecider.OnLook(context.Saga.Order!, View(context));

    public Decision PriceReached(BehaviorContext<OrderSaga, PriceReached> context) =>
        OrderDecider.OnPrice(context.Saga.Order!, context.Message.Mid, context.Message.SeenAt, View(context));

    public Decision Flat(BehaviorContext<OrderSaga, PositionFlat> context) => OrderDecider.OnFlat(context.Saga.Order!, context.Message.SeenAt, View(context));

    public Decision Replaced(BehaviorContext<OrderSaga, CancelReply> context)
    {
        var ended = context.Message.Result;
        return OrderDecider.OnReplaced(context.Saga.Order!, new ReplacedEnd(new Quantity((ended.FilledQty ?? 0) + (ended.ReplacedFilledQty ?? 0)), ended.Code == ReasonCode.OrderNotFound.Text(), Words.TryRead(ended.Side, out Side side) ? side : null), View(context));
    }

    public Decision ExitsFound(BehaviorContext<OrderSaga, ExitsFound> context)
    {
        var found = context.Message;
        var owners = found.Holders.Select(holder => new ExitOwner(holder.OrderId, new Quantity(holder.Held), Words.TryRead(holder.Only, out OrderType only) ? only : null));
        return OrderDecider.OnExitsFound(context.Saga.Order!, found.AskSeq, [.. owners], new Quantity(found.Position), View(context));
    }

    public Decision GiveWay(BehaviorContext<OrderSaga, GiveWay> context)
    {
        var told = context.Message;
        return OrderDecider.OnGiveWay(context.Saga.Order!, told.To, told.Seq, told.Taken is { } taken ? new Quantity(taken) : null, View(context));
    }

    public IPipe<ConsumeContext<VenueReport>> NoSuchOrder(IMissingInstanceConfigurator<OrderSaga, VenueReport> missing) =>
        missing.Execute(context => metrics.ReportWithoutOrder(context.Message.ClientOrderId));

    public IPipe<ConsumeContext<CancelOrder>> NothingToCancel(IMissingInstanceConfigurator<OrderSaga, CancelOrder> missing) =>
        missing.ExecuteAsync(async context =>
        {
            if (context.Message is not { ReplyTo: { } replyTo, RequestId: { } request }) return;
            await sends.Reply(replyTo, OrderViews.CancelRefused(ReasonCode.OrderNotFound, "no such intent", "NOT_FOUND"), request, context.CancellationToken);
        });

    // A timer that no order owns would come back for ever.
    public IPipe<ConsumeContext<T>> OrphanTimer<T>(IMissingInstanceConfigurator<OrderSaga, T> missing) where T : class =>
        missing.ExecuteAsync(context => context.GetSchedulingTokenId() is { } timer ? store.DropTimer(timer, context.CancellationToken) : Task.CompletedTask);

    MarketView View(BehaviorContext<OrderSaga> context) => facts.ViewOf(context.Saga.Order!.Intent) with { Gates = context.GetPayload<CommitBuffer>().Gates, IsStopping = leaving.IsWithdrawing };

    DateTimeOffset Now => clock.GetUtcNow();

    static Waiter? WaiterOf(ConsumeContext context)
    {
        if (context is not { ResponseAddress: { } replyTo, RequestId: { } request }) return null;
        var early = context.Headers.Get<string>(ReplyHeaders.When) == ReplyHeaders.Accepted;
        return new Waiter(replyTo, request, early ? WaitsFor.Acceptance : WaitsFor.Answer);
    }
}
