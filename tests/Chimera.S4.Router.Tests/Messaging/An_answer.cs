using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Messaging;

/// <summary>A send on a dying connection may hang for ever. MassTransit ends an endpoint's consumer, and begins a new one, only when all that it has in hand is done: so nothing of a message may hang with it.</summary>
public sealed class An_answer
{
    // Usual: 3 s, the bound of a send.
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task That_hangs_does_not_keep_its_question_in_hand()
    {
        var (handled, hung) = (new Handled(), new TaskCompletionSource());
        IBusControl bus = null!;
        var answers = new Answers(new BoundedSends(() => bus), NullLogger<Answers>.Instance);
        bus = Bus.Factory.CreateUsingInMemory(memory =>
        {
            memory.ConfigureSend(send => send.UseExecuteAsync(context => context is SendContext<QueuesView> ? hung.Task : Task.CompletedTask));
            memory.ReceiveEndpoint("questions", endpoint => endpoint.Handler<GetQueues>(asked => answers.Send(asked, new QueuesView { Bus = "MEMORY", Queues = [] })));
        });
        bus.ConnectReceiveObserver(handled);
        await bus.StartAsync();
        try
        {
            var questions = await bus.GetSendEndpoint(new Uri("loopback://localhost/questions"));
            await questions.Send(new GetQueues(), Pipe.Execute<SendContext>(context => (context.RequestId, context.ResponseAddress) = (Guid.NewGuid(), new Uri("loopback://localhost/asker"))));
            await handled.Once.WaitAsync(Bound);
        }
        finally
        {
            hung.SetResult();
            await bus.StopAsync();
        }
    }

    sealed class Handled : IReceiveObserver
    {
        readonly TaskCompletionSource once = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Once => once.Task;
        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostReceive(ReceiveContext context)
        {
            once.TrySetResult();
            return Task.CompletedTask;
        }

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;
        public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class => Task.CompletedTask;
        public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
    }
}
