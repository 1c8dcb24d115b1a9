using Chimera.S4.Contracts;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Levers;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Queries;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tracing;
using MassTransit;
using MassTransit.Middleware;

namespace Chimera.S4.Router.Messaging;

/// <summary>What each queue does, whichever transport carries it.</summary>
static class Endpoints
{
    const int OrdersAtOnce = 16, JournalAtOnce = 16;

    // 2, 5, 10 ms … then every second for two minutes: 1.3 s of retry lost 126 of 2,000 intents in an outage of 4 s, 120 s lost none (design §3.9).
    static readonly TimeSpan[] Patience =
        [.. new[] { 2, 5, 10, 20, 40, 80, 160, 320, 640 }.Select(ms => TimeSpan.FromMilliseconds(ms)), .. Enumerable.Repeat(TimeSpan.FromSeconds(1), 120)];

    /// <summary>Keeps one intent's messages in line within this process, whichever of the two queues they come from; across replicas the compare-and-set decides.</summary>
    public static readonly IPartitioner Partitioner = new Partitioner(OrdersAtOnce * 4, new Murmur3UnsafeHashGenerator());

    public static void Orders(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;                                 // nobody listens for them, and a publish inside the handling of a message has no bound
        endpoint.PrefetchCount = OrdersAtOnce * 4;
        endpoint.ConcurrentMessageLimit = OrdersAtOnce;
        endpoint.UseConsumeFilter(typeof(IntentLines<>), context);      // around the retries, so that their lines name the intent too
        endpoint.UseMessageRetry(Retry);
        // On the endpoint, not on the saga: the saga's configuration is shared by both endpoints, and a partition entered twice by one message never opens.
        endpoint.UsePartitioner<OrderIntent>(Partitioner, consumed => IntentReader.OrderIdOf(consumed.Message));
        endpoint.UsePartitioner<VenueReport>(Partitioner, consumed => consumed.Message.OrderId);
        endpoint.UsePartitioner<CancelOrder>(Partitioner, consumed => consumed.Message.OrderId);
        endpoint.UsePartitioner<ProbeDue>(Partitioner, consumed => consumed.Message.OrderId);
        endpoint.UsePartitioner<CancelReply>(Partitioner, consumed => consumed.RequestId ?? Guid.Empty);
        endpoint.UsePartitioner<PolicyDue>(Partitioner, consumed => consumed.Message.OrderId);
        endpoint.UsePartitioner<PriceReached>(Partitioner, consumed => consumed.Message.OrderId);
        endpoint.UsePartitioner<LookAgain>(Partitioner, consumed => consumed.Message.OrderId);
        endpoint.UsePartitioner<PositionFlat>(Partitioner, consumed => consumed.Message.OrderId);
        endpoint.UsePartitioner<ExitsFound>(Partitioner, consumed => consumed.Message.OrderId);
        endpoint.UsePartitioner<GiveWay>(Partitioner, consumed => consumed.Message.OrderId);
        endpoint.ConfigureSaga<OrderSaga>(context);
    }

    public static void Intents(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        Orders(endpoint, context);
        endpoint.ConfigureConsumer<CancelRequestConsumer>(context);
    }

    public static void Journal(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        // Each carries what many intents did in one moment. Messages that came together would be told apart by their ids, and one that comes again while its first delivery is
        // withdrawn would count as written with the others (MassTransit's batch): so each is written, and acknowledged, for itself.
        endpoint.PrefetchCount = JournalAtOnce * 4;
        endpoint.ConcurrentMessageLimit = JournalAtOnce;
        // The database may be away for hours: records wait in the queue, and this consumer keeps asking for a day.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<JournalRefusedException>();
            retry.Interval(86_400, TimeSpan.FromSeconds(1));
        });
        endpoint.ConfigureConsumer<JournalBatchConsumer>(context);
    }

    public static void Queries(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.ConfigureConsumer<GetIntentConsumer>(context);
        endpoint.ConfigureConsumer<GetIntentChartConsumer>(context);
        endpoint.ConfigureConsumer<ListIntentsConsumer>(context);
        endpoint.ConfigureConsumer<ListResultsConsumer>(context);
        endpoint.ConfigureConsumer<GetHealthConsumer>(context);
        endpoint.ConfigureConsumer<ListAlertsConsumer>(context);
        endpoint.ConfigureConsumer<GetGatesConsumer>(context);
        endpoint.ConfigureConsumer<SetKillSwitchConsumer>(context);
        endpoint.ConfigureConsumer<ResolveIntentConsumer>(context);
        endpoint.ConfigureConsumer<CancelAllConsumer>(context);
        endpoint.ConfigureConsumer<GetCancelAllConsumer>(context);
        endpoint.ConfigureConsumer<GetReconciliationConsumer>(context);
        endpoint.ConfigureConsumer<GetQueuesConsumer>(context);
    }

    static void Retry(IRetryConfigurator retry)
    {
        retry.Handle<OrderConflictException>();
        retry.Handle<StoreUnavailableException>();
        retry.Handle<TimeoutException>();
        retry.Handle<ConsumerCanceledException>();        // what MassTransit makes of a wait that was cut short somewhere inside while the consumer itself goes on
        retry.Intervals(Patience);
    }
}
