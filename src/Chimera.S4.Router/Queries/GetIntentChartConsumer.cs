using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Orders.Views;
using Chimera.S4.Router.Stores;
using MassTransit;

namespace Chimera.S4.Router.Queries;

/// <summary>The order from the store, the market from what this replica has followed.</summary>
public sealed class GetIntentChartConsumer(IOrderStore store, IMarketFacts facts, TimeProvider clock, Answers answers) : IConsumer<GetIntentChart>
{
    public async Task Consume(ConsumeContext<GetIntentChart> context)
    {
        var intentId = context.Message.IntentId;
        if (await store.Load(SagaIds.Of(intentId), context.CancellationToken) is not { } stored)
        {
            await answers.Send(context, new IntentNotFound { IntentId = intentId });
            return;
        }
        var order = OrderDocument.Read(stored).Order!;
        await answers.Send(context, Charts.Of(order, at => facts.Mid(order.Intent.Market, order.Intent.Symbol, at), clock.GetUtcNow()));
    }
}
