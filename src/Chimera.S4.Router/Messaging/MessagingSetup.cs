using Chimera.S4.Contracts;
using Chimera.S4.HttpAdapter;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Levers;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Queries;
using Chimera.S4.Router.Tracing;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using MassTransit.Scheduling;

namespace Chimera.S4.Router.Messaging;

/// <summary>The bus with its four queues (design §4). RabbitMQ or in memory: the endpoints are the same.</summary>
public static class MessagingSetup
{
    public static IServiceCollection AddMessaging(this IServiceCollection services, IConfiguration configuration)
    {
        var bus = BusOptions.Read(configuration);
        services.AddSingleton(bus).AddSingleton(provider => new BoundedSends(provider.GetRequiredService<IBus>, provider.GetRequiredService<IntentLookup>())).AddSingleton<Answers>();
        // A replayed decision arms the same timer.
        ScheduleTokenId.UseTokenId<ProbeDue>(timer => timer.TimerId);
        ScheduleTokenId.UseTokenId<PolicyDue>(timer => timer.TimerId);
        services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            x.AddSagaStateMachine<OrderStateMachine, OrderSaga>().Repository(repository =>
            {
                repository.RegisterLoadSagaRepository<OrderSaga, OrderRepository>();
                repository.RegisterSagaRepository<OrderSaga, OrderSession, SagaConsumeContextFactory<OrderSession, OrderSaga>, OrderRepository>();
            });
            x.AddConsumer<CancelRequestConsumer>();
            x.AddConsumer<JournalBatchConsumer>();
            x.AddConsumers(typeof(GetIntentConsumer), typeof(GetIntentChartConsumer), typeof(GetQueuesConsumer), typeof(ListIntentsConsumer), typeof(ListResultsConsumer), typeof(GetHealthConsumer), typeof(ListAlertsConsumer), typeof(GetGatesConsumer), typeof(SetKillSwitchConsumer), typeof(ResolveIntentConsumer), typeof(CancelAllConsumer), typeof(GetCancelAllConsumer), typeof(GetReconciliationConsumer));
            if (bus.RabbitMq is { } address) x.UsingRabbitMq((context, rabbit) => RabbitMqBus.Configure(context, rabbit, address));
            else x.UsingInMemory(InMemoryBus.Configure);
        });
        services.AddSingleton<ConsumerWatch>().AddHostedService(provider => provider.GetRequiredService<ConsumerWatch>());
        // The start sequence starts the bus, once store and venue are there.
        return services.RemoveMassTransitHostedService();
    }
}
