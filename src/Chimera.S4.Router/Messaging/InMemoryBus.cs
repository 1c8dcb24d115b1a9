using Chimera.S4.Router.Orders.Repository;
using MassTransit;

namespace Chimera.S4.Router.Messaging;

/// <summary>The same queues in this process. It keeps nothing: what must survive is committed before it is acknowledged.</summary>
static class InMemoryBus
{
    public static void Configure(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator memory)
    {
        memory.AddPrePipeSpecification(new CommitSchedulerSpecification());
        memory.ReceiveEndpoint(Queues.Intents, endpoint =>
        {
            Endpoints.Intents(endpoint, context);
            endpoint.Bind(Queues.IntentExchange);
            endpoint.Bind(Queues.CancelExchange);
        });
        memory.ReceiveEndpoint(Queues.Orders, endpoint => Endpoints.Orders(endpoint, context));
        memory.ReceiveEndpoint(Queues.Journal, endpoint => Endpoints.Journal(endpoint, context));
        memory.ReceiveEndpoint(Queues.Queries, endpoint => Endpoints.Queries(endpoint, context));
    }
}
