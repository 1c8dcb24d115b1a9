using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace Chimera.S4.Router.Orders.Repository;

/// <summary>
/// Gives every received message a commit buffer and a scheduler that only buffers into it, so that <c>.Schedule()</c> and <c>.Unschedule()</c> in the machine
/// become part of the one commit (design §3.8).
/// </summary>
/// <remarks>It sits on the bus, not in the repository: a payload added further in would be invisible to the scheduler, which lives on the outer context.</remarks>
sealed class CommitSchedulerSpecification : IPipeSpecification<ConsumeContext>, IFilter<ConsumeContext>
{
    public void Apply(IPipeBuilder<ConsumeContext> builder) => builder.AddFilter(this);
    public IEnumerable<ValidationResult> Validate() => [];
    public void Probe(ProbeContext context) => context.CreateFilterScope("commit-scheduler");

    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var buffer = context.GetOrAddPayload(() => new CommitBuffer());
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(context,
            consumed => new MessageScheduler(new BufferingScheduleProvider(buffer), consumed.GetPayload<IBusTopology>())));
        return next.Send(context);
    }
}
