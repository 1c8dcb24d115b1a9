using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>What kind of thing was learned.</summary>
public enum ReportKind
{
    /// <summary>The venue told the order's state.</summary>
    Known,

    /// <summary>The venue refused the placement; nothing of it exists.</summary>
    Rejected,

    /// <summary>A placement was sent and its outcome is not known. Only venue evidence leaves this (design §3.6).</summary>
    Unknown,

    /// <summary>A look at the venue brought nothing new.</summary>
    NothingNew,
}

/// <summary>One thing learned about one venue order, from whichever channel. Merging it twice, or in another order, ends the same.</summary>
public sealed record Observation
{
    public required string ClientOrderId { get; init; }
    public required ReportKind Kind { get; init; }

    /// <summary>The effect that this answers; null for what the stream says unasked.</summary>
    public int? EffectSeq { get; init; }
    public string? VenueOrderId { get; init; }

    /// <summary>None where the report does not know one.</summary>
    public VenueStatus Status { get; init; }

    /// <summary>Cumulative, as the venue counts.</summary>
    public Quantity CumQty { get; init; }
    public decimal? CumQuote { get; init; }
    public ImmutableArray<Trade> Trades { get; init; } = [];

    /// <summary>Why the venue refused; null unless <see cref="ReportKind.Rejected"/>.</summary>
    public ReasonCode? Reason { get; init; }

    /// <summary>The venue's own words, kept.</summary>
    public string? VenueText { get; init; }

    /// <summary>With <see cref="ReportKind.Unknown"/>: it could be proven neither way for 15 minutes, and a person has to look.</summary>
    public bool NeedsReview { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public decimal? MidAtSend { get; init; }
    public string? BookTop3 { get; init; }
}

/// <summary>One fill as the venue numbers it.</summary>
/// <param name="TradeId">Unique per market and symbol.</param>
/// <param name="Maker">Null where the channel did not say.</param>
public sealed record Trade(string TradeId, Quantity Qty, Price Px, decimal Commission, string? CommissionAsset, bool? Maker, DateTimeOffset Time);
