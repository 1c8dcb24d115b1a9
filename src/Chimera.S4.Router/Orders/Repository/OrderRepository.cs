using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tracing;
using MassTransit;
using MassTransit.Context;
using MassTransit.Middleware;
using MassTransit.Saga;

namespace Chimera.S4.Router.Orders.Repository;

/// <summary>
/// The saga repository: create-if-absent, compare-and-set, one commit (design §3.4), then hand-off of the effects. Replaces MassTransit's own Redis repository,
/// whose create is an unconditional SET and whose update is not atomic (decision 0003).
/// </summary>
public sealed class OrderRepository(IOrderStore store, OrderCommitWriter writer, EffectDispatcher dispatcher, ArmedGuards guards, AlertBell bell, GateSight gates, RouterMetrics metrics, CommitNotes notes, ISagaConsumeContextFactory<OrderSession, OrderSaga> factory)
    : ISagaRepositoryContextFactory<OrderSaga>, ILoadSagaRepositoryContextFactory<OrderSaga>
{
    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<OrderSaga, T>> next) where T : class
    {
        var buffer = context.GetPayload<CommitBuffer>();
        buffer.Reset();
        var session = new OrderSession(store, writer, dispatcher, guards, bell, metrics, notes, buffer);
        await next.Send(new OrderRepositoryContext<T>(session, gates, buffer, context, factory));
    }

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<OrderSaga> query, IPipe<SagaRepositoryQueryContext<OrderSaga, T>> next) where T : class =>
        throw new NotSupportedException("orders are correlated by id only");

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<OrderSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken) where T : class =>
        asyncMethod(new LoadOnly(store, cancellationToken));

    public void Probe(ProbeContext context) => context.Add("persistence", "one commit");

    sealed class LoadOnly(IOrderStore store, CancellationToken cancel) : BasePipeContext(cancel), LoadSagaRepositoryContext<OrderSaga>
    {
        public async Task<OrderSaga> Load(Guid correlationId) =>
            await store.Load(correlationId, CancellationToken) is { } stored ? OrderDocument.Read(stored) : null!;
    }
}

/// <summary>MassTransit's view of one handling.</summary>
sealed class OrderRepositoryContext<T> : ConsumeContextScope<T>, SagaRepositoryContext<OrderSaga, T> where T : class
{
    readonly OrderSession session;
    readonly GateSight gates;
    readonly CommitBuffer buffer;
    readonly ConsumeContext<T> consumed;
    readonly ISagaConsumeContextFactory<OrderSession, OrderSaga> factory;

    public OrderRepositoryContext(OrderSession session, GateSight gates, CommitBuffer buffer, ConsumeContext<T> consumed, ISagaConsumeContextFactory<OrderSession, OrderSaga> factory) : base(consumed) =>
        (this.session, this.gates, this.buffer, this.consumed, this.factory) = (session, gates, buffer, consumed, factory);

    public Task<SagaConsumeContext<OrderSaga, T>> Add(OrderSaga instance) => factory.CreateSagaConsumeContext(session, consumed, instance, SagaConsumeContextMode.Add);

    // Null sends MassTransit to Load: an insert before the load could overwrite a live order.
    public Task<SagaConsumeContext<OrderSaga, T>> Insert(OrderSaga instance) => Task.FromResult<SagaConsumeContext<OrderSaga, T>>(null!);

    public async Task<SagaConsumeContext<OrderSaga, T>> Load(Guid correlationId)
    {
        // Side by side: neither knows of the other, and an intent waits for one round trip instead of two.
        var loading = session.Load(correlationId, CancellationToken);
        await Task.WhenAll(loading, gates.Look(consumed, buffer));
        if (await loading is { } saga) return await factory.CreateSagaConsumeContext(session, consumed, saga, SagaConsumeContextMode.Load);
        await gates.Count(consumed, correlationId, buffer);
        return null!;
    }

    public Task Save(SagaConsumeContext<OrderSaga> saga) => session.Commit(saga.Saga, consumed);
    public Task Update(SagaConsumeContext<OrderSaga> saga) => session.Commit(saga.Saga, consumed);
    public Task Delete(SagaConsumeContext<OrderSaga> saga) => session.Commit(saga.Saga, consumed);
    public Task Discard(SagaConsumeContext<OrderSaga> saga) => Task.CompletedTask;
    public Task Undo(SagaConsumeContext<OrderSaga> saga) => Task.CompletedTask;

    public Task<SagaConsumeContext<OrderSaga, TOther>> CreateSagaConsumeContext<TOther>(ConsumeContext<TOther> consumeContext, OrderSaga instance, SagaConsumeContextMode mode)
        where TOther : class => factory.CreateSagaConsumeContext(session, consumeContext, instance, mode);
}
