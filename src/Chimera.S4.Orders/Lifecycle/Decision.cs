using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>What follows from one event: the order as it is now, and what has to be done outside. All of it is committed in one step.</summary>
public sealed record Decision(Order Order)
{
    public ImmutableArray<Effect> Effects { get; init; } = [];

    /// <summary>Pending effects that the event has proven done.</summary>
    public ImmutableArray<int> Done { get; init; } = [];

    /// <summary>Answers to send.</summary>
    public ImmutableArray<ReplyEffect> Replies { get; init; } = [];

    /// <summary>What happened, in the words of the record (spec §4.1).</summary>
    public ImmutableArray<OrderEvent> Events { get; init; } = [];

    /// <summary>Trades that have not been told before, by client order id: new rows of <c>fills</c>. Those of an order whose placement is unanswered wait for the answer.</summary>
    public ImmutableArray<(string ClientOrderId, Trade Trade)> NewTrades { get; init; } = [];

    /// <summary>The result line to append; null: nothing that others see has changed.</summary>
    public PublishedResult? Result { get; init; }

    /// <summary>Sequence of the line that had told an end, and that <see cref="Result"/> puts right; null: an ordinary line.</summary>
    public int? Corrects { get; init; }

    /// <summary>Sequence of the effect that carries the record; null: nothing to record.</summary>
    public int? RecordEffect { get; init; }

    /// <summary>Sequence of the effect that later tells where the market went after <see cref="NewTrades"/>; null: there are none.</summary>
    public int? MarkoutEffect { get; init; }

    /// <summary>Slices that leave the queue, and slices that join it.</summary>
    public ImmutableArray<SliceTask> Unqueued { get; init; } = [];
    public ImmutableArray<SliceTask> Queued { get; init; } = [];

    /// <summary>How long something was held without an exit at the venue, now that one stands; null: nothing has changed about that.</summary>
    public TimeSpan? NakedFor { get; init; }

    public static Decision Nothing(Order order) => new(order);
}

/// <summary>An answer to one waiter. <paramref name="Refused"/>: the request itself is refused and the order is as it was.</summary>
public sealed record ReplyEffect(int Seq, Waiter To, Denial? Refused = null);

public enum OrderEventType { Accepted, Executed, Canceled, Rejected, Expired, Unknown, SliceSent, TwapDone, ProtectionRefused, OcoArmed, OcoFallback, GuardArmed, GuardTriggered, LiquidityGuarded, RoomAsked, ExitsGaveWay, PositionReduced, NotSent }

public static class OrderEventWords
{
    /// <summary>The word of the record (spec §4.1).</summary>
    public static string Text(this OrderEventType type) => type switch
    {
        OrderEventType.Accepted or OrderEventType.Executed or OrderEventType.Canceled or OrderEventType.Rejected or OrderEventType.Expired or OrderEventType.Unknown => $"ROUTER_ORDER_{Words.Of(type)}",
        OrderEventType.SliceSent => "TWAP_SLICE_SENT",
        OrderEventType.LiquidityGuarded => "LIQUIDITY_GUARD",
        _ => Words.Of(type),
    };
}

public sealed record OrderEvent(OrderEventType Type, string? ClientOrderId, ReasonCode? Code, string? Detail);
