using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Orders.Repository;
using MassTransit;

namespace Chimera.S4.Router.Messaging;

/// <summary>The four queues on RabbitMQ: durable quorum queues, intake bound to its two public exchanges.</summary>
static class RabbitMqBus
{
    // A process that froze loses its messages to others after two missed beats.
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    public static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator rabbit, Uri address)
    {
        rabbit.Host(address, host => host.Heartbeat(Heartbeat));
        rabbit.AddPrePipeSpecification(new CommitSchedulerSpecification());
        rabbit.ReceiveEndpoint(Queues.Intents, endpoint =>
        {
            endpoint.SetQuorumQueue();
            Endpoints.Intents(endpoint, context);
            endpoint.Bind(Queues.IntentExchange);
            endpoint.Bind(Queues.CancelExchange);
            endpoint.AddDeserializer(new IntakeDeserializer(), isDefault: true);
        });
        Durable(Queues.Orders, Endpoints.Orders);
        Durable(Queues.Journal, Endpoints.Journal);
        Durable(Queues.Queries, Endpoints.Queries);

        void Durable(string queue, Action<IReceiveEndpointConfigurator, IRegistrationContext> configure) => rabbit.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.SetQuorumQueue();
            configure(endpoint, context);
        });
    }
}
