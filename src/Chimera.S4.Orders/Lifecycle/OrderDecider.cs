namespace Chimera.S4.Orders;

/// <summary>What an order does about an event: (order, event, now) → (order', effects). Pure: the same arguments always give the same decision (design §3.1).</summary>
public static class OrderDecider
{
    const int WaiterLimit = 32;

    /// <summary>A new intent is accepted, and its order placed; or it is denied, and that is its end.</summary>
    /// <param name="malformed">What intake could not read; null: the intent is well formed.</param>
    /// <param name="prefix">This deployment's client order id prefix.</param>
    public static Decision Open(Guid id, Intent intent, Denial? malformed, IntentFacts facts, string prefix, Waiter? waiter)
    {
        var verdict = malformed is null ? IntentRules.Check(intent, facts) : new Verdict(malformed);
        var draft = new Draft(New(id, intent, verdict, facts.Now, waiter), facts.Now) { IsNew = true };
        if (verdict.Denial is null) Place(draft, new ClientOrderId(prefix, id, Leg: 0, Attempt: 0));
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
    public static Decision OnReport(Order order, Observation seen, DateTimeOffset now)
    {
        var draft = new Draft(order, now);
        if (seen.EffectSeq is { } answered && seen.Kind is not ReportKind.Unknown) draft.MarkDone(answered);
        if (order.VenueOrders.FirstOrDefault(venue => venue.ClientOrderId == seen.ClientOrderId) is not { } known) return draft.Finish();

        var merged = known.Merge(seen);
        foreach (var trade in merged.Trades.Skip(known.Trades.Length)) draft.NewTrade(merged.ClientOrderId, trade);
        if (seen.EffectSeq is not null && seen.Kind is not ReportKind.Unknown)
            merged = merged with { PlaceSeq = Unless(merged.PlaceSeq, seen.EffectSeq), QuerySeq = Unless(merged.QuerySeq, seen.EffectSeq) };
        if (merged is { CancelSeq: { } cancel, Status: var status } && status.IsTerminal())
        {
            draft.MarkDone(cancel);
            merged = merged with { CancelSeq = null };
        }
        draft.Replace(merged);
        if (merged.Status is VenueStatus.Rejected) Refused(draft, merged.Reason ?? ReasonCode.VenueRejected, merged.VenueText);
        else if (order.RejectedBy is not null) draft.Order = draft.Order with { RejectedBy = null, Reason = Remark(order.OrderQty, order.Intent), Message = null };
        if (draft.Order.CancelAsked) CancelWorking(draft);
        return draft.Finish();
    }

    /// <summary>What is alive is canceled; while a placement's outcome is open the cancel waits for it (design §3.6).</summary>
    public static Decision OnCancel(Order order, string? reason, Waiter? waiter, DateTimeOffset now)
    {
        var draft = new Draft(order, now);
        if (waiter is not null) AddWaiter(draft, waiter);
        if (!order.CancelAsked && !order.Status.IsTerminal())
        {
            draft.Order = draft.Order with { CancelAsked = true, CancelReason = reason };
            draft.Note("CANCEL_ASKED", reason);
            CancelWorking(draft);
        }
        return draft.Finish();
    }

    /// <summary>Evidence is still missing: ask the venue, and plan the next look.</summary>
    public static Decision OnProbe(Order order, DateTimeOffset now)
    {
        var draft = new Draft(order, now);
        if (order.ProbeAt is not null)
        {
            draft.Order = draft.Order with { Probes = order.Probes + 1, ProbeAt = now + Probing.Delay(order.Probes + 1) };
            QueryUnproven(draft);
        }
        return draft.Finish();
    }

    static Order New(Guid id, Intent intent, Verdict verdict, DateTimeOffset now, Waiter? waiter) => new()
    {
        Id = id,
        Intent = intent,
        Status = OrderStatus.PendingNew,
        OrderQty = verdict.Qty,
        RejectedBy = verdict.Denial is null ? null : RejectedBy.Router,
        Reason = verdict.Denial?.Reason ?? Remark(verdict.Qty, intent),
        Message = verdict.Denial?.Message,
        Waiters = waiter is null ? [] : [waiter],
        CreatedAt = now,
        UpdatedAt = now,
    };

    static ReasonCode? Remark(Quantity worked, Intent intent) => worked == intent.Qty ? null : ReasonCode.QtyRounded;

    static void Place(Draft draft, ClientOrderId id)
    {
        var intent = draft.Order.Intent;
        var clientOrderId = id.ToString();
        var venue = new VenueOrder { ClientOrderId = clientOrderId, PlaceSeq = draft.NextSeq(), Type = intent.Type, OrderQty = draft.Order.OrderQty, Price = intent.Price };
        draft.Order = draft.Order with { VenueOrders = draft.Order.VenueOrders.Add(venue) };
        draft.Add(new PlaceEffect(venue.PlaceSeq.Value, intent.Market, intent.Symbol, clientOrderId)
        {
            Side = intent.Side, Type = intent.Type, Qty = venue.OrderQty, Price = intent.Price, ReduceOnly = intent.ReduceOnly, NotAfter = intent.ExpiresAt,
            TimeInForce = intent.Type is OrderType.Limit ? intent.TimeInForce ?? TimeInForce.Gtc : null,
        });
    }

    static void Refused(Draft draft, ReasonCode reason, string? text)
    {
        var by = ReasonCodes.Of(reason).By == ReasonCodes.Venue ? RejectedBy.Venue : RejectedBy.Router;
        draft.Order = draft.Order with { RejectedBy = by, Reason = reason, Message = text };
    }

    static void CancelWorking(Draft draft)
    {
        foreach (var venue in draft.Order.VenueOrders.Where(venue => venue.Status.IsWorking() && venue.CancelSeq is null))
        {
            var intent = draft.Order.Intent;
            var cancel = new CancelEffect(draft.NextSeq(), intent.Market, intent.Symbol, venue.ClientOrderId)
            {
                VenueOrderId = venue.VenueOrderId, CancelId = ClientOrderId.CancelId(venue.ClientOrderId, 0),
            };
            draft.Add(cancel);
            draft.Replace(venue with { CancelSeq = cancel.Seq, CancelId = cancel.CancelId });
        }
    }

    static void QueryUnproven(Draft draft)
    {
        // An order that the venue has not acknowledged is the placement's business: its effect is pending and probes by itself.
        foreach (var venue in draft.Order.VenueOrders.Where(venue => venue.Status is not (VenueStatus.None or VenueStatus.Rejected) && venue.QuerySeq is null))
        {
            if (!venue.IsAlive && venue.IsProven) continue;
            var intent = draft.Order.Intent;
            var query = new QueryEffect(draft.NextSeq(), intent.Market, intent.Symbol, venue.ClientOrderId) { VenueOrderId = venue.VenueOrderId, CancelId = venue.CancelId };
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
