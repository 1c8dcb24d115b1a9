using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>A decision in the making: rules change <see cref="Order"/> and note effects; <see cref="Finish"/> draws the consequences that every event shares.</summary>
sealed class Draft
{
    const int TimelineLimit = 64;

    readonly Order before;
    readonly DateTimeOffset now;
    readonly IReadOnlyCollection<SliceTask> queued;

    // Most events bring none or one of each.
    ImmutableArray<Effect> effects = [];
    ImmutableArray<int> done = [];
    ImmutableArray<ReplyEffect> replies = [];
    ImmutableArray<OrderEvent> events = [];
    ImmutableArray<(string, Trade)> trades = [];
    DateTimeOffset? wake;
    int lastSeq;

    public Draft(Order order, DateTimeOffset at)
    {
        before = Order = StoredForms.Upgrade(order);
        (now, queued, wake, lastSeq) = (at, Twap.Queue(before), before.WakeAt, before.EffectSeq);
    }

    /// <summary>True for a document that is being created: its acceptance, or its denial, is news in itself.</summary>
    public bool IsNew { get; init; }
    public Order Order { get; set; }

    /// <summary>What the market shows at the event; null: nothing fresh. Kept beside what is placed.</summary>
    public Quote? Quote { get; set; }

    /// <summary>As it was before the event.</summary>
    public Order Before => before;
    public DateTimeOffset Now => now;

    public int NextSeq() => ++lastSeq;
    public void Add(Effect effect) => effects = effects.Add(effect);
    public void MarkDone(int seq) => done = done.Add(seq);
    public void Tell(OrderEventType type, string? clientOrderId, ReasonCode? code = null, string? detail = null) => events = events.Add(new OrderEvent(type, clientOrderId, code, detail));
    public void Reply(Waiter waiter, Denial? refused = null) => replies = replies.Add(new ReplyEffect(NextSeq(), waiter, refused));

    /// <summary>A leg more.</summary>
    public Leg Start(Leg leg)
    {
        Order = Order with { Legs = Order.Legs.Add(leg) };
        return leg;
    }

    /// <summary>How the leg ended; null: it goes on, or has reached its target.</summary>
    public void End(Leg leg, VenueStatus? ended, ReasonCode? why = null)
    {
        var known = Order.Legs[leg.No];
        if ((known.Ended, known.Why) == (ended, why)) return;
        Order = Order with { Legs = Order.Legs.SetItem(leg.No, known with { Ended = ended, Why = why }) };
    }

    /// <summary>Since when the leg, which finds no market to take from now, has found none.</summary>
    public DateTimeOffset BlindSince(Leg leg)
    {
        var known = Order.Legs[leg.No];
        if (known.BlindSince is { } since) return since;
        Order = Order with { Legs = Order.Legs.SetItem(leg.No, known with { BlindSince = now }) };
        return now;
    }

    /// <summary>Whether what is held is without a stop now; since when is kept for as long as it is so.</summary>
    public void Measure(bool isNaked)
    {
        DateTimeOffset? since = isNaked ? Order.NakedSince ?? now : null;
        if (since != Order.NakedSince) Order = Order with { NakedSince = since };
    }

    /// <summary>One more order of a leg, under the next attempt's id.</summary>
    /// <param name="isImmediate">A limit that is taken as far as it goes at once, and does not rest (IOC).</param>
    public void Place(Leg leg, OrderType type, Quantity qty, Price? price = null, Price? trigger = null, bool isImmediate = false)
    {
        var intent = Order.Intent;
        // An intent that has been acted on is brought to its end, also past its expiry.
        var isFirst = Order.VenueOrders.IsEmpty;
        var id = NextId(leg.No);
        var venue = new VenueOrder { ClientOrderId = id, Leg = leg.No, PlaceSeq = NextSeq(), Type = type, OrderQty = qty, Price = price, TriggerPx = trigger, DecidedAt = now, Sight = BookSight.Of(Quote) };
        Order = Order with { VenueOrders = Order.VenueOrders.Add(venue) };
        Add(new PlaceEffect(venue.PlaceSeq.Value, intent.Market, intent.Symbol, id)
        {
            Side = leg.Side, Type = type, Qty = qty, Price = price, TriggerPx = trigger, ReduceOnly = intent.ReduceOnly || leg.Purpose is LegPurpose.Exit, NotAfter = isFirst ? intent.ExpiresAt : null,
            TimeInForce = type is not OrderType.Limit ? null : isImmediate ? TimeInForce.Ioc : intent.TimeInForce ?? TimeInForce.Gtc,
        });
    }

    /// <summary>Two exits of which one ends the other, for what is held (OCO); or for what an entry of the list brings (OTOCO).</summary>
    /// <param name="entry">Limit or post-only; its leg has no order yet. Null: the exits stand at once.</param>
    public void PlaceList(Leg exits, SpotExitTerms terms, Quantity qty, Leg? entry = null)
    {
        var (intent, seq, isFirst, list, sight) = (Order.Intent, NextSeq(), Order.VenueOrders.IsEmpty, NextId(exits.No), BookSight.Of(Quote));
        VenueOrder Of(Leg leg, int after, OrderType type, Quantity size, Price? price, Price? trigger) => new()
        {
            ClientOrderId = NextId(leg.No, after), ListId = list, Leg = leg.No, PlaceSeq = seq, Type = type, OrderQty = size, Price = price, TriggerPx = trigger,
            DecidedAt = now, Sight = sight,
        };
        var (first, above, below) = (entry is null ? null : Of(entry, 0, entry.Type, entry.Target, entry.Price, null), Of(exits, 1, OrderType.LimitMaker, qty, terms.TpPx, null),
            Of(exits, 2, OrderType.Stop, qty, terms.SlLimitPx, terms.SlPx));
        Order = Order with { VenueOrders = [.. Order.VenueOrders, .. first is null ? Array.Empty<VenueOrder>() : [first], above, below] };
        Add(new PlaceListEffect(seq, intent.Market, intent.Symbol, list)
        {
            Side = exits.Side, Qty = qty, Above = new(above.ClientOrderId, above.Type, above.Price, null), Below = new(below.ClientOrderId, below.Type, below.Price, below.TriggerPx),
            Entry = first is null ? null : new(first.ClientOrderId, first.Type, entry!.Side, first.OrderQty, first.Price!.Value), NotAfter = isFirst ? intent.ExpiresAt : null,
        });
    }

    // A list has an id as well, and takes an attempt's number for it.
    string NextId(int leg, int after = 0)
    {
        var last = Order.VenueOrders.LastOrDefault(venue => venue.Leg == leg)?.ClientOrderId;
        var next = last is null ? 0 : ClientOrderId.TryParse(last, Order.Prefix, out var id) ? id.Attempt + 1 : throw new InvalidOperationException($"{last} is not an id of this order");
        return new ClientOrderId(Order.Prefix, Order.Id, leg, next + after).ToString();
    }

    /// <summary>Cancels an order that is known to be at the venue, once; what is not known yet is canceled when it is.</summary>
    public void Cancel(VenueOrder venue)
    {
        if (!venue.Status.IsWorking() || venue.CancelSeq is not null) return;
        var cancel = new CancelEffect(NextSeq(), Order.Intent.Market, Order.Intent.Symbol, venue.ClientOrderId)
        {
            VenueOrderId = venue.VenueOrderId, IsConditional = venue.TriggerPx is not null, CancelId = ClientOrderId.CancelId(venue.ClientOrderId, 0),
        };
        Add(cancel);
        Replace(venue with { CancelSeq = cancel.Seq, CancelId = cancel.CancelId });
    }

    /// <summary>Cancels a maker that is to be quoted anew when S4 is back.</summary>
    public void Withdraw(VenueOrder venue)
    {
        if (!venue.Status.IsWorking() || venue.CancelSeq is not null) return;
        Cancel(venue with { IsWithdrawn = true });
        Note("WITHDRAWN", "S4 is stopping; it is quoted anew after the next start", venue.ClientOrderId);
    }

    /// <summary>No more of the intent is entered; what it has is kept, and kept protected.</summary>
    public void StopEntering(string reason)
    {
        if (Order.CancelAsked || Order.EntriesEnded) return;
        Order = Order with { CancelAsked = true, CancelReason = reason };
        Note("CANCEL_ASKED", reason);
    }

    /// <summary>Look again at this instant, whatever is heard until then. The earliest wish counts.</summary>
    public void WakeAt(DateTimeOffset at)
    {
        // Never for now: what can be done now is done, and a timer that is due at once would come again and again.
        if (at <= now) at = now + TimeSpan.FromMilliseconds(1);
        wake = wake is { } earlier && earlier < at ? earlier : at;
    }

    /// <summary>The policy is asked anew, and says anew when it wants to look again.</summary>
    public void ForgetWake() => wake = null;

    public void Replace(VenueOrder order)
    {
        for (var at = 0; at < Order.VenueOrders.Length; at++)
        {
            // A duplicate leaves the document as it is, so that it costs no commit.
            if (Order.VenueOrders[at].ClientOrderId != order.ClientOrderId || Order.VenueOrders[at] == order) continue;
            Order = Order with { VenueOrders = Order.VenueOrders.SetItem(at, order) };
        }
    }

    public void Note(string what, string? detail, string? clientOrderId = null) => Order = Order with { Timeline = With(Order.Timeline, what, detail, clientOrderId) };

    // A long life keeps its beginning and its latest steps.
    ImmutableArray<TimelineNote> With(ImmutableArray<TimelineNote> timeline, string what, string? detail, string? clientOrderId = null) =>
        (timeline.Length < TimelineLimit ? timeline : timeline.RemoveAt(TimelineLimit / 2)).Add(new TimelineNote(now, what, detail, clientOrderId));

    public Decision Finish()
    {
        Settle();
        var moved = IsNew || Order.Status != before.Status || Order.CumQty != before.CumQty || Order.Final != before.Final;
        // An order is copied whole whenever it changes: what follows is written into it once, at the end.
        var timeline = Order.Timeline;
        if (moved) timeline = Announce(timeline);
        if (Order.NeedsReview && !before.NeedsReview) timeline = With(timeline, ReasonCode.NeedsReview.Text(), "neither found nor proven absent; an operator has to decide");
        var (result, corrects, published) = Publish();
        AnswerWaiters();
        CollectTrades();
        // An event that a rule has noted in its own words is not noted twice.
        foreach (var told in events)
            if (timeline.All(note => note.At != now || note.What != told.Type.Text())) timeline = With(timeline, told.Type.Text(), told.Detail, told.ClientOrderId);
        var isRecorded = moved || !events.IsEmpty || !trades.IsEmpty || !IsRecordedAlike();
        int? record = isRecorded ? NextSeq() : null;
        int? markout = trades.IsEmpty ? null : NextSeq();
        if (lastSeq != before.EffectSeq || timeline != Order.Timeline || published != Order.Published || Order != before)
            Order = Order with
            {
                EffectSeq = lastSeq, RecordSeq = Order.RecordSeq + (isRecorded ? 1 : 0), ResultSeq = result?.Seq ?? Order.ResultSeq, Published = published, Timeline = timeline, UpdatedAt = now,
            };
        var queue = Twap.Queue(Order);
        return new Decision(Order)
        {
            Effects = effects, Done = done, Replies = replies, Events = events, NewTrades = trades, Result = result, Corrects = corrects, RecordEffect = record, MarkoutEffect = markout,
            Unqueued = Without(queued, queue), Queued = Without(queue, queued),
            NakedFor = before.NakedSince is { } since && Order.NakedSince is null ? now - since : null,
        };
    }

    static ImmutableArray<SliceTask> Without(IReadOnlyCollection<SliceTask> slices, IReadOnlyCollection<SliceTask> others) => slices.Count == 0 ? [] : [.. slices.Except(others)];

    // A fill is recorded for good, with the market that its order was sent into; the stream may be faster than whoever sent it, and then the fill waits for him.
    void CollectTrades()
    {
        foreach (var venue in Order.VenueOrders)
        {
            if (!IsTellable(venue)) continue;
            for (var next = Told(venue.ClientOrderId); next < venue.Trades.Length; next++) trades = trades.Add((venue.ClientOrderId, venue.Trades[next]));
        }
    }

    int Told(string clientOrderId) => before.Named(clientOrderId) is { } earlier && IsTellable(earlier) ? earlier.Trades.Length : 0;

    static bool IsTellable(VenueOrder venue) => venue.PlaceSeq is null || venue.SentAt is not null;

    // What is under way is the document's business; the record tells what was seen.
    bool IsRecordedAlike()
    {
        if (Order.VenueOrders.Length != before.VenueOrders.Length) return false;
        for (var at = 0; at < Order.VenueOrders.Length; at++)
            if (!ReferenceEquals(Order.VenueOrders[at], before.VenueOrders[at]) && Recorded(Order.VenueOrders[at]) != Recorded(before.VenueOrders[at])) return false;
        return true;
    }

    static VenueOrder Recorded(VenueOrder venue) => venue with { PlaceSeq = null, QuerySeq = null, CancelSeq = null, CancelId = null, IsWithdrawn = false };

    void Settle()
    {
        var status = Lifecycle.StatusOf(Order);
        var final = Lifecycle.IsFinal(Order, status);
        // Ended, yet fills are missing: look until they are here (design §3.2).
        var unproven = Order.VenueOrders.Any(venue => !venue.IsAlive && !venue.IsProven) || SpotExits.IsHalfOver(Order);
        DateTimeOffset? probeAt = unproven ? Order.ProbeAt ?? now + Probing.Delay(0) : null;
        DateTimeOffset? closedAt = final ? Order.ClosedAt ?? now : null, wakeAt = final ? null : wake;
        var probes = probeAt is null ? 0 : Order.Probes;
        if ((status, final, closedAt, probeAt, probes, wakeAt) != (Order.Status, Order.Final, Order.ClosedAt, Order.ProbeAt, Order.Probes, Order.WakeAt))
            Order = Order with { Status = status, Final = final, ClosedAt = closedAt, ProbeAt = probeAt, Probes = probes, WakeAt = wakeAt };
        if (!Order.IsDenied) Explain();
    }

    // Why it ended as it did; as long as it has not, only what was done to its quantity is worth a word.
    void Explain()
    {
        var leg = Order.Status.IsTerminal() && Order.Status is not (OrderStatus.Filled or OrderStatus.Closed) ? Order.Legs.LastOrDefault(leg => leg.Purpose is LegPurpose.Entry) : null;
        var (by, reason, message) = ((RejectedBy?)null, Order.OrderQty == Order.Intent.Qty ? (ReasonCode?)null : ReasonCode.QtyRounded, (string?)null);
        if (Order.Replaced is not null) reason = null;                       // less than asked, because the one before it had filled in part
        if (leg is not null && Order.Status is OrderStatus.Rejected)
        {
            reason = leg.Why ?? ReasonCode.VenueRejected;
            by = ReasonCodes.Of(reason.Value).By == ReasonCodes.Venue ? RejectedBy.Venue : RejectedBy.Router;
            message = LegProgress.Of(Order, leg).Last?.VenueText;
        }
        else if (leg?.Why is { } why && (leg.Patience is not null || Order.Twap is not null || Order.Replaced is not null || Order.Intent.Oco is not null)) (reason, message) = (why, LegProgress.Of(Order, leg).Last?.VenueText);
        else if (leg is not null && Order.CancelReason == ReasonCode.KillSwitch.Text())
            (reason, message) = (ReasonCode.KillSwitch, $"the kill switch ended it; {Order.OrderQty.Less(Order.CumQty)} of {Order.OrderQty} were not done");
        if (Order.Status.IsTerminal() && (Order.FlatAt is not null || !Order.GivenWay.IsEmpty) && ClosedElsewhere.Explains(Order)) reason ??= ReasonCode.PositionClosed;
        if ((Order.RejectedBy, Order.Reason, Order.Message) != (by, reason, message)) Order = Order with { RejectedBy = by, Reason = reason, Message = message };
    }

    ImmutableArray<TimelineNote> Announce(ImmutableArray<TimelineNote> timeline)
    {
        var venue = Order.VenueOrders.LastOrDefault();
        var filled = Order.CumQty.IsZero ? null : $"{Order.CumQty} of {Order.OrderQty}";
        timeline = With(timeline, Words.Of(Order.Status), Order.Message ?? filled);
        if (Order.Status == before.Status && !IsNew && !(Order.Final && !before.Final)) return timeline;
        OrderEventType? type = Order switch
        {
            { Status: OrderStatus.Unknown } => OrderEventType.Unknown,
            { Final: false } => IsNew ? OrderEventType.Accepted : null,
            { Status: OrderStatus.Rejected } => OrderEventType.Rejected,
            { Status: OrderStatus.Closed } => OrderEventType.Executed,
            { Status: OrderStatus.Canceled } => OrderEventType.Canceled,
            { Status: OrderStatus.Expired } => OrderEventType.Expired,
            _ => null,
        };
        if (type is { } told) Tell(told, venue?.ClientOrderId, Order.Reason, Order.Message ?? filled);
        return timeline;
    }

    (PublishedResult? Line, int? Corrects, PublishedResult? Published) Publish()
    {
        var last = Order.Published;
        // Before the venue is heard there is nothing to report; an end is reported only when it is proven.
        if (Order.Status is OrderStatus.PendingNew || !Lifecycle.IsTold(Order, Order.Status)) return (null, null, last);
        var line = new PublishedResult(Order.ResultSeq + 1, Order.Wire(), Order.CumQty, Order.Final);
        // A word more about the same end, such as that somebody else has closed the position, is news to whoever reads the lines.
        if (last is not null && (last.Status, last.CumQty) == (line.Status, line.CumQty) && Order.Code == before.Code)
            // What protected it has gone as well: nothing that a line tells has changed.
            return (null, null, last.Final == line.Final ? last : last with { Final = line.Final });
        // An end was told as one, whether or not its exits lived on.
        return (line, last?.Status is "FILLED" or "CANCELED" or "REJECTED" or "EXPIRED" ? last.Seq : null, line);
    }

    void AnswerWaiters()
    {
        if (Order.Waiters.IsEmpty) return;
        var answered = Order.Waiters.Where(waiter => Order.Final || waiter.WaitsFor switch
        {
            WaitsFor.Acceptance => true,
            WaitsFor.Cancel => !Order.ExitsCanceled && Order.CancelAsked && Order.Status.IsTerminal() && Lifecycle.IsTold(Order, Order.Status),
            WaitsFor.Answer => Lifecycle.IsAnswered(Order),
            _ => false,
        }).ToArray();
        foreach (var waiter in answered) Reply(waiter);
        if (answered.Length > 0) Order = Order with { Waiters = Order.Waiters.RemoveRange(answered) };
    }
}
