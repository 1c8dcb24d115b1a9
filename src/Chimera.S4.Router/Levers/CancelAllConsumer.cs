using System.Collections.Concurrent;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Stores;
using MassTransit;

namespace Chimera.S4.Router.Levers;

/// <summary>Asks every live intent to end, each by a cancel with an id of its own that a repeat of this message has again: whoever dies in the middle is repeated harmlessly.</summary>
public sealed class CancelAllConsumer(IOrderStore store, BoundedSends sends, CancelAllNote note, RecordWriter records, TimeProvider clock, ILogger<CancelAllConsumer> log) : IConsumer<CancelAll>
{
    const int AtOnce = 16;

    public async Task Consume(ConsumeContext<CancelAll> context)
    {
        var (asked, cancel) = (context.Message, context.CancellationToken);
        var request = context.RequestId ?? context.MessageId ?? Guid.NewGuid();
        log.LogWarning("{By} cancels all of {Market} {Symbol}: {Reason}", asked.By, asked.Market ?? "both markets", asked.Symbol ?? "every symbol", asked.Reason);
        await records.Write(Audit.Of("CANCEL_ALL", $"{asked.Market ?? "ALL"} {asked.Symbol ?? "ALL"}", asked.By, asked.Reason, clock.GetUtcNow(), request), cancel);
        var told = new ConcurrentBag<Guid>();
        await Parallel.ForEachAsync(store.Live(cancel), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (line, stop) =>
        {
            if (!CancelAllNote.IsEnding(line) && CancelAllNote.Concerns(asked, line))
            {
                await sends.Send(Queues.OrdersExchange, new CancelOrder { OrderId = line.Id, CancelId = SagaIds.Derive(request, line.Id.ToString("N")), Reason = "CANCEL_ALL", KeepsExits = true }, stop);
                told.Add(line.Id);
            }
        });
        await note.Write(new CancelAllNoted(request, clock.GetUtcNow(), asked.By, asked.Reason, asked.Market, asked.Symbol, [.. told]), cancel);
        await context.RespondAsync(await note.Progress(cancel));
    }
}

public sealed class GetCancelAllConsumer(CancelAllNote note) : IConsumer<GetCancelAll>
{
    public async Task Consume(ConsumeContext<GetCancelAll> context) => await context.RespondAsync(await note.Progress(context.CancellationToken));
}
