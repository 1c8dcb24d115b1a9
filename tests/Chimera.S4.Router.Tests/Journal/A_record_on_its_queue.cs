using System.Collections.Concurrent;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chimera.S4.Router.Tests.Journal;

public sealed class A_record_on_its_queue : IAsyncDisposable
{
    readonly ScriptedJournal journal = new();
    readonly ConcurrentBag<string> failed = [];
    readonly ServiceProvider services;

    public A_record_on_its_queue() => services = new ServiceCollection().AddSingleton<IJournal>(journal).AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<JournalMetrics>().AddMassTransitTestHarness(x =>
    {
        x.AddConsumer<JournalBatchConsumer>();
        x.UsingInMemory((context, bus) =>
        {
            bus.ReceiveEndpoint(Queues.Journal, endpoint => Endpoints.Journal(endpoint, context));
            bus.ReceiveEndpoint($"{Queues.Journal}_error", endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                endpoint.Handler<JournalBatch>(message =>
                {
                    failed.Add(message.Message.IntentId);
                    return Task.CompletedTask;
                });
            });
        });
    }).BuildServiceProvider(true);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    async Task Send(string intent)
    {
        await services.GetTestHarness().Start();
        await (await services.GetRequiredService<IBus>().GetSendEndpoint(Queues.JournalExchange)).Send(new JournalBatch { IntentId = intent });
    }

    [Fact]
    public async Task Waits_there_while_the_database_is_away()
    {
        journal.Answers = [new StoreUnavailableException("away"), new StoreUnavailableException("still away")];
        await Send("waits");
        await Eventually.True(() => journal.Written.Contains("waits"));
        Assert.Equal(3, journal.Calls);
        Assert.Empty(failed);
    }

    [Fact]
    public async Task Goes_at_once_where_somebody_is_alerted_when_the_database_will_never_take_it()
    {
        journal.Answers = [new JournalRefusedException("illegal document key")];
        await Send("refused");
        await Eventually.True(() => failed.Contains("refused"));
        Assert.Equal(1, journal.Calls);
    }

    sealed class ScriptedJournal : IJournal
    {
        int calls;
        public Exception[] Answers { get; set; } = [];
        public int Calls => Volatile.Read(ref calls);
        public ConcurrentBag<string> Written { get; } = [];

        public Task Write(IReadOnlyList<JournalBatch> batches, CancellationToken cancel)
        {
            if (Interlocked.Increment(ref calls) <= Answers.Length) throw Answers[calls - 1];
            foreach (var batch in batches) Written.Add(batch.IntentId);
            return Task.CompletedTask;
        }

        public Task Ping(CancellationToken cancel) => Task.CompletedTask;
    }
}
