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
                var decision = decide(context);
                context.Saga.Order = decision.Order;
                var commit = context.GetPayload<CommitBuffer>();
                commit.Decision = decision;
                commit.ProbeMoved = probe != decision.Order.ProbeAt;
                commit.WakeMoved = wake != decision.Order.WakeAt;
                await context.TransitionToState(machine.GetState(decision.Order.Status.ToString()));
            })
            .If(context => context.GetPayload<CommitBuffer>().ProbeMoved, moved => moved
                .IfElse(context => context.Saga.Order!.ProbeAt is not null,
                    arm => arm.Schedule(machine.ProbeTimer, context => new ProbeDue { OrderId = context.Saga.CorrelationId, TimerId = TimerId(context.Saga.Order!, "probe", context.Saga.Order!.ProbeAt) },
                        context => context.Saga.Order!.ProbeAt!.Value.UtcDateTime),
                    disarm => disarm.Unschedule(machine.ProbeTimer)))
            .If(context => context.GetPayload<CommitBuffer>().WakeMoved, moved => moved
                .IfElse(context => context.Saga.Order!.WakeAt is not null,
                    arm => arm.Schedule(machine.PolicyTimer, context => new PolicyDue { OrderId = context.Saga.CorrelationId, TimerId = TimerId(context.Saga.Order!, "policy", context.Saga.Order!.WakeAt) },
                        context => context.Saga.Order!.WakeAt!.Value.UtcDateTime),
                    disarm => disarm.Unschedule(machine.PolicyTimer)));

    // From the order and its due time: a replayed decision arms the same timer, a later one another.
    static Guid TimerId(Order order, string kind, DateTimeOffset? due) => SagaIds.Derive(order.Id, $"{kind}:{due!.Value.UtcTicks}");
}
