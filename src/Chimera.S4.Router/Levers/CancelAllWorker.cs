using System.Collections.Concurrent;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Sweep;

namespace Chimera.S4.Router.Levers;

/// <summary>Asks live intents to end, each by a cancel with an id of its own that every repeat has again: whoever dies in the middle is repeated harmlessly.</summary>
public sealed class CancelAllWorker(CancelAllBook book, Flattener flattener, IOrderStore store, LiveDocuments documents, BoundedSends sends)
{
    const int AtOnce = 16;

    /// <summary>Stores the request with whom it concerns, before anybody is asked; a repeat of it changes nothing.</summary>
    public async Task Begin(Guid request, CancelAll asked, DateTimeOffset at, CancellationToken cancel)
    {
        if ((await book.Read(cancel)).Of(request) is not null) return;
        var work = new CancelAllWork
        {
            RequestId = request, At = at, By = asked.By, Reason = asked.Reason, Market = Words.TryRead<Market>(asked.Market, out var market) ? market : null, Symbol = asked.Symbol, Flatten = asked.Flatten,
        };
        work = work with { Intents = [.. await Concerned(work, cancel)] };
        await book.Change(works => works.Of(request) is null ? works.With(work) : works, cancel);
    }

    /// <summary>Asks whoever has not been asked of this request.</summary>
    public async Task Ask(Guid request, CancellationToken cancel)
    {
        if ((await book.Read(cancel)).Of(request) is not { IsAsked: false } work) return;
        await Parallel.ForEachAsync(work.Intents.Where(intent => intent.IsToEnd), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (intent, stop) =>
            await sends.Send(Queues.OrdersExchange, new CancelOrder { OrderId = intent.Id, CancelId = work.CancelOf(intent.Id), Reason = "CANCEL_ALL", KeepsExits = true }, stop));
        await book.Change(works => works.Of(request) is { } known ? works.Replace(known with { IsAsked = true }) : works, cancel);
    }

    /// <summary>Goes on with everything that is not done. True: something is left.</summary>
    public async Task<bool> GoOn(CancellationToken cancel)
    {
        var works = await book.Read(cancel);
        if (works.Works.All(work => work.IsDone)) return false;
        foreach (var work in works.Works.Where(work => !work.IsAsked)) await Ask(work.RequestId, cancel);
        await flattener.Step(cancel);
        return true;
    }

    async Task<IEnumerable<ConcernedIntent>> Concerned(CancelAllWork work, CancellationToken cancel)
    {
        var found = new ConcurrentBag<ConcernedIntent>();
        await Parallel.ForEachAsync(store.Live(cancel), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (line, stop) =>
        {
            if (!work.Concerns(line.Summary.Market, line.Summary.Symbol)) return;
            // What nobody can read cannot be asked either; reading it has told the log.
            if ((await documents.Read(line.Id, stop)).ById.GetValueOrDefault(line.Id) is not { Final: false } order) return;
            var intent = new ConcernedIntent(order.Id, order.Intent.Market, order.Intent.Symbol, EndingAll.IsToEnd(order), EndingAll.MayHold(order.Intent));
            if (intent.IsToEnd || work.Flatten) found.Add(intent);
        });
        return found;
    }
}
