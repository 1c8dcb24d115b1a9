using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Orders.Views;
using Chimera.S4.Router.Stores;
using MassTransit;

namespace Chimera.S4.Router.Queries;

// Reads behind the REST adapter, answered from the store and its ops index. Whatever the bus brings is answered, since a question must not end in the error queue: a limit out of
// range is moved into it, and a place that no page ended with counts as the beginning, which may repeat a line but hides none.

public sealed class GetIntentConsumer(IOrderStore store, Answers answers) : IConsumer<GetIntent>
{
    public async Task Consume(ConsumeContext<GetIntent> context)
    {
        var intentId = context.Message.IntentId;
        if (await store.Load(SagaIds.Of(intentId), context.CancellationToken) is not { } stored) await answers.Send(context, new IntentNotFound { IntentId = intentId });
        else await answers.Send(context, OrderViews.View(OrderDocument.Read(stored).Order!));
    }
}

public sealed class ListIntentsConsumer(IOrderStore store, Answers answers) : IConsumer<ListIntents>
{
    public async Task Consume(ConsumeContext<ListIntents> context)
    {
        var asked = context.Message;
        var query = asked with { Limit = Math.Clamp(asked.Limit, 1, ListCursor.MaxLimit), Cursor = ListCursor.TryParse(asked.Cursor, out _) ? asked.Cursor : null };
        await answers.Send(context, await store.List(query, context.CancellationToken));
    }
}

public sealed class ListResultsConsumer(IOrderStore store, Answers answers) : IConsumer<ListResults>
{
    public async Task Consume(ConsumeContext<ListResults> context)
    {
        var asked = context.Message;
        var query = asked with { Limit = Math.Clamp(asked.Limit, 1, ResultsPosition.MaxLimit), After = asked.After is { } after && ResultsPosition.IsValid(after) ? after : null };
        await answers.Send(context, await store.Results(query, context.CancellationToken));
    }
}
