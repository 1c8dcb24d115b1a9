namespace Chimera.S4.Orders;

/// <summary>What an order does about an event: (order, event, now) → (order', effects). Pure: the same arguments always give the same decision (design §3.1).</summary>
public static class OrderDecider
{
    const int WaiterLimit = 32, CancelLimit = 32;
    static readonly TimeSpan SightHolds = TimeSpan.FromSeconds(10);

    /// <summary>A new intent is accepted, and its order placed; or it is denied, and that is its end.</summary>
    /// <param name="malformed">What intake could not read; null: the intent is well formed.</param>
    /// <param name="prefix">This deployment's client order id prefix.</param>
    public static Decision Open(Guid id, Intent intent, Denial? malformed, IntentFacts facts, string prefix, Waiter? waiter)
    {
        var verdict = malformed is null ? IntentRules.Check(intent, facts) : new Verdict(malformed);
        var draft = new Draft(New(id, intent, verdict, prefix, facts, waiter), facts.Now) { IsNew = true };
        if (verdict.Denial is null) Policy.Begin(draft, facts.Limits, facts.View, facts.Curves);
        return draft.Finish();
    }

    /// <summary>The same intent again is the same order, and is answered like the first; other content under its id is refused and changes nothing.</summary>
    public static Decision OnIntent(Order order, Intent again, Waiter? waiter, DateTimeOffset now)
    {
        var draft = new Draft(order, now);
        if (again.ContentHash == order.Intent.ContentHash)
        {
            if (waiter is not null) AddWaiter(draft, waiter);
            return draft.Finish();
        }
        var reused = new Denial(ReasonCode.IntentIdReused, $"intent_id '{order.Intent.IntentId}' was used before with other content, at {order.CreatedAt:O}");
        draft.Tell(OrderEventType.Rejected, null, reused.Reason, reused.Message);
        if (waiter is not null) draft.Reply(waiter, reused);
        return draft.Finish();
    }

    /// <summary>Something was seen of a venue order: it is merged, and what had to wait for it happens.</summary>
    public static Decision OnReport(Order order, Observation seen, MarketView view)
    {
        var draft = new Draft(order, view.Now);
        if (seen.EffectSeq is { } answered && seen.Kind is not ReportKind.Unknown) draft.MarkDone(answered);
        if (order.Named(seen.ClientOrderId) is not { } known) return Stepped(draft, view);

        var merged = known.Merge(seen);
        if (seen.EffectSeq is not null && seen.Kind is not ReportKind.Unknown)
        {
            merged = merged with { PlaceSeq = Unless(merged.PlaceSeq, seen.EffectSeq), QuerySeq = Unless(merged.QuerySeq, seen.EffectSeq) };
            // One answer may be about several orders: those of a list.
            foreach (var other in order.VenueOrders)
                if (other.PlaceSeq == seen.EffectSeq && other.ClientOrderId != seen.ClientOrderId) draft.Replace(other with { PlaceSeq = null, AckedAt = other.AckedAt ?? seen.AnsweredAt });
        }
        if (merged is { CancelSeq: { } cancel, Status: var status } && status.IsTerminal())
        {
            draft.MarkDone(cancel);
            merged = merged with { CancelSeq = null };
        }
        DateTimeOffset? ended = merged.IsAlive ? null : known.EndedAt ?? view.Now;
        draft.Replace(merged.EndedAt == ended ? merged : merged with { EndedAt = ended });
        if (known.Status is VenueStatus.None && merged is { Status: VenueStatus.Canceled, VenueOrderId: null }) draft.Tell(OrderEventType.NotSent, known.ClientOrderId, detail: seen.VenueText);
        ListIsThere(draft, merged);
        return Stepped(draft, view);
    }

    /// <summary>What is alive is canceled; while a placement's outcome is open the cancel waits for it (design §3.6).</summary>
    /// <param name="cancelId">The same in every delivery of one cancel: delivered again after the entry has ended, it must not end the protection too. Null: told apart from no other.</param>
    /// <param name="keepsExits">What protects stays, even where nothing else is left to go.</param>
    public static Decision OnCancel(Order before, Guid? cancelId, string? reason, Waiter? waiter, MarketView view, bool keepsExits = false)
    {
        var draft = new Draft(before, view.Now);
        if (waiter is not null) AddWaiter(draft, waiter);
        if (cancelId is { } id)
        {
            if (before.Cancels.Contains(id)) return Stepped(draft, view);
            if (!before.Final) draft.Order = draft.Order with { Cancels = [.. before.Cancels.TakeLast(CancelLimit - 1), id] };
        }
        var order = draft.Order;
        if (!order.CancelAsked && !order.Status.IsTerminal())
        {
            draft.Order = order with { CancelAsked = true, CancelReason = reason };
            draft.Note("CANCEL_ASKED", reason);
        }
        // What protects goes only when there is nothing else left to go.
        else if (!keepsExits && order is { Final: false, ExitsCanceled: false } && order.Status.IsTerminal() && order.Legs.Any(leg => leg is { Purpose: LegPurpose.Exit, Ended: null }))
        {
            draft.Order = order with { ExitsCanceled = true, CancelReason = reason };
            draft.Note("EXITS_CANCELED", reason);
        }
        return Stepped(draft, view);
    }

    /// <summary>The intent whose place this one takes has ended.</summary>
    public static Decision OnReplaced(Order order, ReplacedEnd end, MarketView view)
    {
        var draft = new Draft(order, view.Now);
        if (draft.Order.Replaced is { AskSeq: { } asked, Ended: null } replaced && !(end.Unknown && Replacement.AsksAgain(order, view.Now)))
        {
            draft.MarkDone(asked);
            draft.Order = draft.Order with { Replaced = replaced with { Ended = end } };
            draft.Note("REPLACED", end.Unknown ? $"{replaced.IntentId} is not known" : $"{replaced.IntentId}, which had filled {end.Filled}{(end.Side is { } side ? $" {Words.Of(side)}" : "")}");
        }
        return Stepped(draft, view);
    }

    /// <summary>Which live intents hold exits beside this one, as it had asked.</summary>
    /// <param name="askSeq">The effect that asked.</param>
    /// <param name="owners">Oldest first.</param>
    /// <param name="position">What is left to reduce, zero or above; counts only where the order has closed some of it.</param>
    public static Decision OnExitsFound(Order order, int askSeq, IReadOnlyList<ExitOwner> owners, Quantity position, MarketView view)
    {
        var draft = new Draft(order, view.Now);
        MakingRoom.Hear(draft, askSeq, owners, position);
        return Stepped(draft, view);
    }

    /// <summary>Another intent closes what this one protects, or has.</summary>
    /// <param name="to">Its <c>intent_id</c>.</param>
    /// <param name="seq">Rises with what it tells.</param>
    /// <param name="taken">What it has closed of it in all; null: it asks for room.</param>
    public static Decision OnGiveWay(Order order, string to, int seq, Quantity? taken, MarketView view)
    {
        var draft = new Draft(order, view.Now);
        GivingWay.Hear(draft, to, seq, taken);
        return Stepped(draft, view);
    }

    /// <summary>The instant that the policy had asked for has come.</summary>
    public static Decision OnWake(Order order, MarketView view)
    {
        // The store's clock has called it due; this one may be a little behind, and the timer will not come again.
        var now = order.WakeAt is { } due && due > view.Now ? due : view.Now;
        return Stepped(new Draft(order, now), view with { Now = now });
    }

    /// <summary>Something that all orders share has changed, such as the kill switch.</summary>
    public static Decision OnLook(Order order, MarketView view) => Stepped(new Draft(order, view.Now), view);

    /// <summary>The market was seen at a price that S4 watches for this order. An old sight says nothing of now, and the watcher repeats itself.</summary>
    public static Decision OnPrice(Order order, decimal mid, DateTimeOffset seenAt, MarketView view)
    {
        var draft = new Draft(order, view.Now);
        if (view.Now - seenAt <= SightHolds) SpotExits.NoticePrice(draft, mid);
        return Stepped(draft, view);
    }

    /// <summary>The venue holds no position in the order's symbol.</summary>
    /// <param name="seenAt">By the venue's clock.</param>
    public static Decision OnFlat(Order order, DateTimeOffset seenAt, MarketView view)
    {
        var draft = new Draft(order, view.Now);
        ClosedElsewhere.Notice(draft, seenAt);
        return Stepped(draft, view);
    }

    /// <summary>Evidence is still missing: ask the venue, and plan the next look.</summary>
    public static Decision OnProbe(Order order, MarketView view)
    {
        var (draft, now) = (new Draft(order, view.Now), view.Now);
        if (order.ProbeAt is not null)
        {
            draft.Order = draft.Order with { Probes = order.Probes + 1, ProbeAt = now + Probing.Delay(order.Probes + 1) };
            QueryUnproven(draft);
        }
        return Stepped(draft, view);
    }

    static Decision Stepped(Draft draft, MarketView view)
    {
        Policy.Step(draft, view);
        return draft.Finish();
    }

    // Every order of a list has been seen: it is there, whatever its placement's own look still misses. A list that was canceled is not found by the ids that it was placed with.
    static void ListIsThere(Draft draft, VenueOrder seen)
    {
        if (seen is not { ListId: not null, PlaceSeq: { } placing }) return;
        VenueOrder[] all = [.. draft.Order.VenueOrders.Where(venue => venue.PlaceSeq == placing)];
        if (!all.All(venue => venue.Status is not (VenueStatus.None or VenueStatus.Rejected))) return;
        draft.MarkDone(placing);
        foreach (var venue in all) draft.Replace(venue with { PlaceSeq = null, AckedAt = venue.AckedAt ?? draft.Now });
    }

    static Order New(Guid id, Intent intent, Verdict verdict, string prefix, IntentFacts facts, Waiter? waiter) => new()
    {
        Id = id,
        Intent = intent,
        Prefix = prefix,
        Status = OrderStatus.PendingNew,
        OrderQty = verdict.Qty,
        RejectedBy = verdict.Denial is null ? null : RejectedBy.Router,
        Reason = verdict.Denial?.Reason,
        Message = verdict.Denial?.Message,
        Waiters = waiter is null ? [] : [waiter],
        RouteRevision = facts.Curves?.Rev ?? 0,
        PublishMid = facts.PublishMid,
        ArrivalMid = facts.Mid,
        CreatedAt = facts.Now,
        UpdatedAt = facts.Now,
    };

    static void QueryUnproven(Draft draft)
    {
        // An order that the venue has not acknowledged is the placement's business: its effect is pending and probes by itself.
        foreach (var venue in draft.Order.VenueOrders.Where(venue => venue.Status is not (VenueStatus.None or VenueStatus.Rejected) && venue.QuerySeq is null))
        {
            if (!venue.IsAlive && venue.IsProven) continue;
            var intent = draft.Order.Intent;
            var query = new QueryEffect(draft.NextSeq(), intent.Market, intent.Symbol, venue.ClientOrderId) { VenueOrderId = venue.VenueOrderId, IsConditional = venue.TriggerPx is not null, CancelId = venue.CancelId };
            draft.Add(query);
            draft.Replace(venue with { QuerySeq = query.Seq });
        }
    }

    static int? Unless(int? pending, int? answered) => pending == answered ? null : pending;

    static void AddWaiter(Draft draft, Waiter waiter)
    {
        var waiters = draft.Order.Waiters;
        if (waiters.Contains(waiter)) return;
        draft.Order = draft.Order with { Waiters = (waiters.Length < WaiterLimit ? waiters : waiters.RemoveAt(0)).Add(waiter) };
    }
}
