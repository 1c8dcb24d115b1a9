using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>A decision in the making: rules change <see cref="Order"/> and note effects; <see cref="Finish"/> draws the consequences that every event shares.</summary>
sealed class Draft
{
    const int TimelineLimit = 64;

    readonly Order before;
    readonly DateTimeOffset now;
    readonly ImmutableArray<Effect>.Builder effects = ImmutableArray.CreateBuilder<Effect>();
    readonly ImmutableArray<int>.Builder done = ImmutableArray.CreateBuilder<int>();
    readonly ImmutableArray<ReplyEffect>.Builder replies = ImmutableArray.CreateBuilder<ReplyEffect>();
    readonly ImmutableArray<OrderEvent>.Builder events = ImmutableArray.CreateBuilder<OrderEvent>();
    readonly ImmutableArray<(string, Trade)>.Builder trades = ImmutableArray.CreateBuilder<(string, Trade)>();

    public Draft(Order order, DateTimeOffset at) => (before, Order, now) = (order, order, at);

    /// <summary>True for a document that is being created: its acceptance, or its denial, is news in itself.</summary>
    public bool IsNew { get; init; }
    public Order Order { get; set; }
    public DateTimeOffset Now => now;

    public int NextSeq()
    {
        Order = Order with { EffectSeq = Order.EffectSeq + 1 };
        return Order.EffectSeq;
    }

    public void Add(Effect effect) => effects.Add(effect);
    public void MarkDone(int seq) => done.Add(seq);
    public void Tell(OrderEventType type, string? clientOrderId, ReasonCode? code = null, string? detail = null) => events.Add(new OrderEvent(type, clientOrderId, code, detail));
    public void NewTrade(string clientOrderId, Trade trade) => trades.Add((clientOrderId, trade));
    public void Reply(Waiter waiter, Denial? refused = null) => replies.Add(new ReplyEffect(NextSeq(), waiter, refused));

    public void Replace(VenueOrder order)
    {
        // A duplicate leaves the document as it is, so that it costs no commit.
        if (Order.VenueOrders.Contains(order)) return;
        Order = Order with { VenueOrders = [.. Order.VenueOrders.Select(venue => venue.ClientOrderId == order.ClientOrderId ? order : venue)] };
    }

    public void Note(string what, string? detail)
    {
        // A long life keeps its beginning and its latest steps.
        var timeline = Order.Timeline.Length < TimelineLimit ? Order.Timeline : Order.Timeline.RemoveAt(TimelineLimit / 2);
        Order = Order with { Timeline = timeline.Add(new TimelineNote(now, what, detail)) };
    }

    public Decision Finish()
    {
        Settle();
        var moved = IsNew || Order.Status != before.Status || Order.CumQty != before.CumQty || Order.Final != before.Final;
        if (moved) Announce();
        if (Order.NeedsReview && !before.NeedsReview) Note(ReasonCode.NeedsReview.Text(), "neither found nor proven absent; an operator has to decide");
        var (result, corrects) = Publish();
        AnswerWaiters();
        int? record = null;
        if (moved || events.Count > 0 || !Order.VenueOrders.Select(Recorded).SequenceEqual(before.VenueOrders.Select(Recorded)))
        {
            Order = Order with { RecordSeq = Order.RecordSeq + 1 };
            record = NextSeq();
        }
        if (Order != before) Order = Order with { UpdatedAt = now };
        return new Decision(Order)
        {
            Effects = effects.ToImmutable(), Done = done.ToImmutable(), Replies = replies.ToImmutable(), Events = events.ToImmutable(),
            NewTrades = trades.ToImmutable(), Result = result, Corrects = corrects, RecordEffect = record,
        };
    }

    // What is under way is the document's business; the record tells what was seen.
    static VenueOrder Recorded(VenueOrder venue) => venue with { PlaceSeq = null, QuerySeq = null, CancelSeq = null, CancelId = null };

    void Settle()
    {
        var status = Lifecycle.StatusOf(Order);
        var final = Lifecycle.IsFinal(Order, status);
        // Ended, yet fills are missing: look until they are here (design §3.2).
        var unproven = Order.VenueOrders.Any(venue => !venue.IsAlive && !venue.IsProven);
        DateTimeOffset? probeAt = unproven ? Order.ProbeAt ?? now + Probing.Delay(0) : null;
        Order = Order with { Status = status, Final = final, ClosedAt = final ? Order.ClosedAt ?? now : null, ProbeAt = probeAt, Probes = probeAt is null ? 0 : Order.Probes };
    }

    void Announce()
    {
        var venue = Order.VenueOrders.LastOrDefault();
        var filled = Order.CumQty.IsZero ? null : $"{Order.CumQty} of {Order.OrderQty}";
        Note(Words.Of(Order.Status), Order.Message ?? filled);
        if (Order.Status == before.Status && !IsNew && !(Order.Final && !before.Final)) return;
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
    }

    (PublishedResult?, int? Corrects) Publish()
    {
        // Before the venue is heard there is nothing to report; an end is reported only when it is proven.
        if (Order.Status is OrderStatus.PendingNew || Order.Status.IsTerminal() && !Order.Final) return default;
        var last = Order.Published;
        var line = new PublishedResult(Order.ResultSeq + 1, Order.Wire(), Order.CumQty, Order.Final);
        if (last is not null && (last.Status, last.CumQty) == (line.Status, line.CumQty) && last.Final == line.Final) return default;
        Order = Order with { ResultSeq = line.Seq, Published = line };
        return (line, last is { Final: true } ? last.Seq : null);
    }

    void AnswerWaiters()
    {
        if (Order.Waiters.IsEmpty) return;
        var answered = Order.Waiters.Where(waiter => waiter.WaitsFor is WaitsFor.Acceptance || Order.Final).ToArray();
        foreach (var waiter in answered) Reply(waiter);
        if (answered.Length > 0) Order = Order with { Waiters = Order.Waiters.RemoveRange(answered) };
    }
}
