using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Orders.Repository;
using MassTransit;

namespace Chimera.S4.Router.Orders;

/// <summary>The one verb between machine and decider.</summary>
static class StepVerb
{
    /// <summary>Runs one pure decision, stores the order it returns, moves to the state it names, and arms or disarms its timers.</summary>
    /// <remarks>Effects are stored beside the document by the same commit and leave after it: at once, on redelivery, or by the outbox sweep.</remarks>
    public static EventActivityBinder<OrderSaga, T> Step<T>(
        this EventActivityBinder<OrderSaga, T> binder, Func<BehaviorContext<OrderSaga, T>, Decision> decide, OrderStateMachine machine) where T : class =>
        binder
            .ThenAsync(async context =>
            {
                var (probe, wake) = (context.Saga.Order?.ProbeAt, context.Saga.Order?.WakeAt);
                var commit = context.GetPayload<CommitBuffer>();
                var decision = decide(context);
                context.Saga.Order = decision.Order;
                commit.Decision = decision;
                commit.ProbeMoved = probe != decision.Order.ProbeAt;
                commit.WakeMoved = wake != decision.Order.WakeAt;
                await context.TransitionToState(machine.GetState(decision.Order.Status.ToString()));
            })
            .Arm(machine.ProbeTimer, commit => commit.ProbeMoved, "probe", order => order.ProbeAt, (order, timer) => new ProbeDue { OrderId = order, TimerId = timer })
            .Arm(machine.PolicyTimer, commit => commit.WakeMoved, "policy", order => order.WakeAt, (order, timer) => new PolicyDue { OrderId = order, TimerId = timer });

    static EventActivityBinder<OrderSaga, T> Arm<T, TDue>(
        this EventActivityBinder<OrderSaga, T> binder, Schedule<OrderSaga, TDue> timer, Predicate<CommitBuffer> moved, string kind, Func<Order, DateTimeOffset?> due, Func<Guid, Guid, TDue> message)
        where T : class where TDue : class =>
        binder.If(context => moved(context.GetPayload<CommitBuffer>()), arming => arming
            .IfElse(context => due(context.Saga.Order!) is not null,
                arm => arm.Schedule(timer, context => message(context.Saga.CorrelationId, TimerId(context.Saga.Order!, kind, due(context.Saga.Order!)!.Value)), context => due(context.Saga.Order!)!.Value.UtcDateTime),
                disarm => disarm.Unschedule(timer)));

    // From the order and its due time: a replayed decision arms the same timer, a later one another.
    static Guid TimerId(Order order, string kind, DateTimeOffset due) => SagaIds.Derive(order.Id, $"{kind}:{due.UtcTicks}");
}
