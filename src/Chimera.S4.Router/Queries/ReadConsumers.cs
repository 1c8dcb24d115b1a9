using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Orders.Views;
using Chimera.S4.Router.Stores;
using MassTransit;

namespace Chimera.S4.Router.Queries;

// Reads behind the REST adapter, answered from the store and its ops index.

public sealed class GetIntentConsumer(IOrderStore store) : IConsumer<GetIntent>
{
    public async Task Consume(ConsumeContext<GetIntent> context)
    {
        var intentId = context.Message.IntentId;
        if (await store.Load(SagaIds.Of(intentId), context.CancellationToken) is not { } stored) await context.RespondAsync(new IntentNotFound { IntentId = intentId });
        else await context.RespondAsync(OrderViews.View(OrderDocument.Read(stored).Order!));
    }
}

public sealed class ListIntentsConsumer(IOrderStore store) : IConsumer<ListIntents>
{
    public async Task Consume(ConsumeContext<ListIntents> context) => await context.RespondAsync(await store.List(context.Message, context.CancellationToken));
}

public sealed class ListResultsConsumer(IOrderStore store) : IConsumer<ListResults>
{
    public async Task Consume(ConsumeContext<ListResults> context) => await context.RespondAsync(await store.Results(context.Message, context.CancellationToken));
}
