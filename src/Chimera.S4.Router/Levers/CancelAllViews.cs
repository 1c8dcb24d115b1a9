using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Levers;

/// <summary>How far a cancel of everything has come.</summary>
public sealed class CancelAllViews(CancelAllBook book, IOrderStore store)
{
    static readonly string[] Ended = [.. new[] { OrderStatus.Filled, OrderStatus.Canceled, OrderStatus.Rejected, OrderStatus.Expired }.Select(Words.Of)];

    /// <param name="request">Null: the last one.</param>
    public async Task<CancelAllProgress> Of(Guid? request, CancellationToken cancel)
    {
        var works = await book.Read(cancel);
        if ((request is { } id ? works.Of(id) : works.Works.LastOrDefault()) is not { } work) return new CancelAllProgress();
        var asked = work.Intents.Where(intent => intent.IsToEnd).Select(intent => intent.Id).ToHashSet();
        var left = 0;
        await foreach (var line in store.Live(cancel))
            if (asked.Contains(line.Id) && !Ended.Contains(line.Summary.Status)) left++;
        return new CancelAllProgress
        {
            RequestId = work.RequestId, At = work.At, By = work.By, Reason = work.Reason, Market = work.Market is { } market ? Words.Of(market) : null, Symbol = work.Symbol, Asked = asked.Count, Ended = asked.Count - left,
            Flatten = work.Flatten, ToFlatten = work.AreTargetsFound ? work.Targets.Length : null, Flattened = work.AreTargetsFound ? work.Targets.Count(target => target.Ended is not (null or FlattenEnd.GivenUp)) : null,
            Closes = [.. work.Targets.Select(Close)], Done = left == 0 && work.IsDone, UnderWay = works.Works.Count(one => !one.IsDone),
        };
    }

    static CloseProgress Close(FlattenTarget target) => new()
    {
        Market = Words.Of(target.Market), Symbol = target.Symbol, Intents = [.. target.Tries.Select(one => one.IntentId)],
        State = target.Ended is { } ended ? Words.Of(ended) : target.Tries.IsEmpty ? "WAITING" : "CLOSING",
    };
}
