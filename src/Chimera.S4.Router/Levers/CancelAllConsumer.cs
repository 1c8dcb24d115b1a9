using Chimera.S4.Contracts;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Messaging;
using MassTransit;

namespace Chimera.S4.Router.Levers;

/// <summary>Stores a cancel of everything, asks at once whom it concerns, and leaves the rest to <see cref="CancelAllLoop"/>. From when it is stored on it gets on without this message.</summary>
public sealed class CancelAllConsumer(CancelAllWorker worker, CancelAllViews views, RecordWriter records, TimeProvider clock, Answers answers, ILogger<CancelAllConsumer> log) : IConsumer<CancelAll>
{
    public async Task Consume(ConsumeContext<CancelAll> context)
    {
        var (asked, cancel, now) = (context.Message, context.CancellationToken, clock.GetUtcNow());
        var request = context.RequestId ?? context.MessageId ?? Guid.NewGuid();
        var (what, scope) = (asked.Flatten ? "FLATTEN" : "CANCEL_ALL", $"{asked.Market ?? "ALL"} {asked.Symbol ?? "ALL"}");
        log.LogWarning("{By} asks for {What} of {Scope}: {Reason}", asked.By, what, scope, asked.Reason);
        await records.Write(Audit.Of(what, scope, asked.By, asked.Reason, now, request), cancel);
        await worker.Begin(request, asked, now, cancel);
        await worker.Ask(request, cancel);
        await answers.Send(context, await views.Of(request, cancel));
    }
}

public sealed class GetCancelAllConsumer(CancelAllViews views, Answers answers) : IConsumer<GetCancelAll>
{
    public async Task Consume(ConsumeContext<GetCancelAll> context) => await answers.Send(context, await views.Of(null, context.CancellationToken));
}
