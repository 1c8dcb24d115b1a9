using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>One order at the venue, as a join of everything observed of it (design §3.2).</summary>
public sealed record VenueOrder
{
    public required string ClientOrderId { get; init; }

    /// <summary>Number of the leg that it works for.</summary>
    public int Leg { get; init; }
    public required OrderType Type { get; init; }
    public required Quantity OrderQty { get; init; }
    public Price? Price { get; init; }

    /// <summary>Set: it waits for this price, which futures keep in another book (reference binance §2.3).</summary>
    public Price? TriggerPx { get; init; }

    /// <summary>Id of the order list that it came with; null: it was placed alone.</summary>
    public string? ListId { get; init; }

    /// <summary>The placement that is pending; null once its own answer, or a probe's, has come. Others may have told of the order before that.</summary>
    public int? PlaceSeq { get; init; }

    /// <summary>The placement's outcome is unproven. Any sign of the order at the venue ends it.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>Unknown for so long that a person has to look (design §3.5). Whatever ends <see cref="OutcomeUnknown"/> ends this.</summary>
    public bool NeedsReview { get; init; }
    public string? VenueOrderId { get; init; }
    public VenueStatus Status { get; init; }

    /// <summary>The venue's own cumulative filled quantity, the highest seen.</summary>
    public Quantity CumQty { get; init; }

    /// <summary>What the venue says that <see cref="CumQty"/> cost; null where only an older total is known.</summary>
    public decimal? CumQuote { get; init; }
    public ImmutableArray<Trade> Trades { get; init; } = [];

    /// <summary>The cancel that is pending, or the last one; null: none was decided.</summary>
    public string? CancelId { get; init; }
    public int? CancelSeq { get; init; }

    /// <summary>That cancel was for no fault of its own, but because S4 was leaving: its leg has not used up a quote by it.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The query that is pending; null: none is.</summary>
    public int? QuerySeq { get; init; }
    public ReasonCode? Reason { get; init; }
    public string? VenueText { get; init; }

    /// <summary>When its placement was decided, and what the book showed then. Null in a document of before these were kept.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
    public BookSight? Sight { get; init; }

    /// <summary>When it was seen to live no more; null while it may still trade.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? AckedAt { get; init; }
    public decimal? MidAtSend { get; init; }
    public string? BookTop3 { get; init; }

    public Quantity TradedQty => Total(Trades);

    /// <summary>Every fill that the venue counts is here as a trade.</summary>
    public bool IsProven => TradedQty == CumQty;

    /// <summary>Might still trade: sent or resting, and not seen to have ended.</summary>
    public bool IsAlive => !Status.IsTerminal();

    public VenueOrder Merge(Observation seen)
    {
        var trades = Trades;
        foreach (var trade in seen.Trades)
            if (!Knows(trades, trade)) trades = trades.Add(trade);
        // A trade proves its quantity even where the report's cumulative figure is older.
        var cum = Quantity.Max(Quantity.Max(CumQty, seen.CumQty), Total(trades));
        // An exit that the venue told of as waiting, and refuses when its time comes, has lapsed: no repeat of it lives.
        var told = seen.Kind is ReportKind.Rejected ? VenueStatus.Rejected : ListId is not null && seen.Status is VenueStatus.Rejected ? VenueStatus.Expired : seen.Status;
        var status = Join(cum, told);
        var unknown = status is VenueStatus.None && (seen.Kind is ReportKind.Unknown || OutcomeUnknown);
        return this with
        {
            Trades = trades,
            CumQty = cum,
            CumQuote = Highest(cum == CumQty ? CumQuote : null, cum == seen.CumQty ? seen.CumQuote : null),
            Status = status,
            OutcomeUnknown = unknown,
            NeedsReview = unknown && (seen.NeedsReview || NeedsReview),
            VenueOrderId = VenueOrderId ?? seen.VenueOrderId,
            // Words belong to the status that they came with; the first stand, so that a repeat in other words changes nothing.
            Reason = (status == Status ? Reason : null) ?? (status == told ? seen.Reason : null),
            VenueText = (status == Status ? VenueText : null) ?? (status == told ? seen.VenueText : null),
            SentAt = SentAt ?? seen.SentAt,
            AckedAt = AckedAt ?? (seen.Kind is ReportKind.Known or ReportKind.Rejected ? seen.AnsweredAt : null),
            MidAtSend = MidAtSend ?? seen.MidAtSend,
            BookTop3 = BookTop3 ?? seen.BookTop3,
        };
    }

    VenueStatus Join(Quantity cum, VenueStatus told)
    {
        if (cum.Value >= OrderQty.Value) return VenueStatus.Filled;
        var status = (VenueStatus)Math.Max((int)Status, (int)told);
        return status < VenueStatus.PartiallyFilled && !cum.IsZero ? VenueStatus.PartiallyFilled : status;
    }

    static bool Knows(ImmutableArray<Trade> trades, Trade told)
    {
        foreach (var trade in trades)
            if (trade.TradeId == told.TradeId) return true;
        return false;
    }

    static Quantity Total(ImmutableArray<Trade> trades)
    {
        var qty = 0m;
        foreach (var trade in trades) qty += trade.Qty.Value;
        return new(qty);
    }

    static decimal? Highest(decimal? a, decimal? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
