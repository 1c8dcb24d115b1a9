using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;
using MassTransit;

namespace Chimera.S4.Router.Queries;

public sealed class GetQueuesConsumer(ConsumerWatch watch, Answers answers) : IConsumer<GetQueues>
{
    public Task Consume(ConsumeContext<GetQueues> context) => answers.Send(context, watch.Seen);
}
