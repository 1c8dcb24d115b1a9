using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Levers;

/// <summary>Closes what is held, as <see cref="Flattening"/> decides: this reads, stores what was decided, and only then publishes what it asks for.</summary>
public sealed class Flattener(
    CancelAllBook book, FlattenTargets targets, LiveDocuments documents, IMarketFacts facts, IFuturesRequests futures, BoundedSends sends, AlertBell bell, TimeProvider clock, ILogger<Flattener> log)
{
    static readonly Uri Intents = new($"exchange:{Queues.IntentExchange}");

    /// <summary>One step of every flattening that is under way.</summary>
    public async Task Step(CancellationToken cancel)
    {
        var (text, before) = await book.Open(cancel);
        var (after, acts) = (before, new List<Func<Task>>());
        foreach (var work in before.Works.Where(work => work is { Flatten: true, IsAsked: true, IsDone: false })) after = after.Replace(await Step(work, acts, cancel));
        // Another replica has gone on: what it decided counts, and is seen with the next step.
        if (after.Write() != text && !await book.TryReplace(text, after, cancel)) return;
        foreach (var act in acts) await act();
    }

    async Task<CancelAllWork> Step(CancelAllWork work, List<Func<Task>> acts, CancellationToken cancel)
    {
        work = await targets.Find(work, cancel);
        var positions = new Lazy<Task<PositionsAnswer>>(() => futures.Positions(cancel));
        foreach (var target in work.Targets.Where(target => target.Ended is null))
        {
            var holders = await Holders(work, target, cancel);
            var (next, publish) = Flattening.Next(target, await View(work, target, holders, positions, cancel));
            work = work with { Targets = work.Targets.Replace(target, next) };
            if (publish is not null) acts.Add(() => Publish(next, publish, cancel));
            if (next.ExitsGo) acts.AddRange(holders.Where(holder => !AreExitsAsked(work, holder) && IsOverButFor(holder)).Select(holder => (Func<Task>)(() => EndExits(work, holder!, cancel))));
            if (next.Ended is { } ended) acts.Add(() => Tell(work, next, ended));
        }
        return work;
    }

    async Task<FlattenView> View(CancelAllWork work, FlattenTarget target, Order?[] holders, Lazy<Task<PositionsAnswer>> positions, CancellationToken cancel)
    {
        var (now, instrument) = (clock.GetUtcNow(), facts.Instrument(target.Market, target.Symbol));
        var tries = new List<Order?>();
        foreach (var one in target.Tries) tries.Add(await Document(SagaIds.Of(one.IntentId), cancel));
        var isSettled = target.Holder is null ? holders.All(holder => holder is null || !EndingAll.IsToEnd(holder)) : holders is [null or { Final: true }];
        decimal? held = null;
        // What a try that runs leaves, nobody can say yet.
        if (tries.Count == 0 || tries[^1] is { Final: true })
        {
            if (target.Holder is not null) held = instrument is null ? null : holders is [{ } holder] ? Math.Max(0, EndingAll.Held(holder, instrument) - tries.Sum(one => one?.CumQty.Value ?? 0)) : 0;
            else if (isSettled || now >= work.At + Flattening.Patience) held = await positions.Value is { Outcome: VenueOutcome.Known } told ? told.Positions.Where(position => position.Symbol == target.Symbol).Sum(position => position.Amount) : null;
        }
        return new FlattenView
        {
            Now = now, AskedAt = work.At, IsSettled = isSettled, AreExitsAsked = holders.All(holder => AreExitsAsked(work, holder)), Held = held, Last = tries.LastOrDefault(), Instrument = instrument,
        };
    }

    async Task<Order?[]> Holders(CancelAllWork work, FlattenTarget target, CancellationToken cancel)
    {
        var ids = target.Holder is { } only ? [only] : work.Intents.Where(intent => (intent.Market, intent.Symbol) == (target.Market, target.Symbol)).Select(intent => intent.Id).ToArray();
        var holders = new Order?[ids.Length];
        for (var i = 0; i < ids.Length; i++) holders[i] = await Document(ids[i], cancel);
        return holders;
    }

    async Task<Order?> Document(Guid id, CancellationToken cancel) => (await documents.Read(id, cancel)).ById.GetValueOrDefault(id);

    static bool AreExitsAsked(CancelAllWork work, Order? holder) => holder is null or { Final: true } || holder.Cancels.Contains(work.ExitCancelOf(holder.Id));

    static bool IsOverButFor(Order? holder) => holder is not null && !EndingAll.IsToEnd(holder);

    Task EndExits(CancelAllWork work, Order holder, CancellationToken cancel) =>
        sends.Send(Queues.OrdersExchange, new CancelOrder { OrderId = holder.Id, CancelId = work.ExitCancelOf(holder.Id), Reason = "FLATTEN" }, cancel);

    Task Publish(FlattenTarget target, FlattenTry one, CancellationToken cancel)
    {
        log.LogWarning("{IntentId} closes {Qty} of {Market} {Symbol} at market", one.IntentId, one.Qty, Words.Of(target.Market), target.Symbol);
        return sends.Send(Intents, new OrderIntent { IntentId = one.IntentId, Market = Words.Of(target.Market), Symbol = target.Symbol, Side = Words.Of(one.Side), Qty = one.Qty.Value, Type = "MARKET", ReduceOnly = true }, cancel);
    }

    Task Tell(CancelAllWork work, FlattenTarget target, FlattenEnd ended)
    {
        log.LogWarning("Flattening {Market} {Symbol} for {RequestId} ended {How} after {Tries} intents", Words.Of(target.Market), target.Symbol, work.RequestId, ended, target.Tries.Length);
        if (ended is FlattenEnd.GivenUp)
            bell.Raise(AlertCode.FlattenGivenUp, $"{target.Id:N}", $"{Words.Of(target.Market)} {target.Symbol} is not flat after {target.Tries.Length} intents at market, the last {target.Tries[^1].IntentId}", target.Holder);
        return Task.CompletedTask;
    }
}
