using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>One thing learned about one venue order, from whichever channel: stream, answer to a request, or probe. Merged, never applied (design §3.2).</summary>
[EntityName("s4-venue-report"), MessageUrn("s4-venue-report")]
public sealed record VenueReport
{
    /// <summary>Saga id, read from the client order id.</summary>
    public required Guid OrderId { get; init; }
    public required string ClientOrderId { get; init; }

    /// <summary>The pending effect that this report answers; null for what the stream says unasked.</summary>
    public int? EffectSeq { get; init; }

    /// <summary>STREAM, PLACE, CANCEL or QUERY.</summary>
    public required string Source { get; init; }

    /// <summary>Known, Rejected, Unknown or NothingNew: a name of <c>Chimera.S4.Orders.ReportKind</c>.</summary>
    public required string Kind { get; init; }

    public string? VenueOrderId { get; init; }

    /// <summary>Venue status in the words of <c>Chimera.S4.Orders.VenueStatus</c>; null where the report does not know one.</summary>
    public string? Status { get; init; }

    /// <summary>Cumulative filled base quantity.</summary>
    [JsonConverter(typeof(DecimalText))] public decimal CumQty { get; init; }

    /// <summary>Cumulative quote amount; null where the venue does not say.</summary>
    [JsonConverter(typeof(DecimalText))] public decimal? CumQuote { get; init; }

    public VenueTrade[] Trades { get; init; } = [];
    public DateTimeOffset? VenueTime { get; init; }

    /// <summary>Why a placement was refused: a name of <c>Chimera.S4.Orders.ReasonCode</c>; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The venue's error code and text, as it gave them.</summary>
    public int? VenueCode { get; init; }
    public string? VenueText { get; init; }

    /// <summary>Unproven for so long that a person has to look.</summary>
    public bool NeedsReview { get; init; }

    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    [JsonConverter(typeof(DecimalText))] public decimal? MidAtSend { get; init; }

    /// <summary>Best three levels when the order was sent, <c>{bids:[[px,qty]…],asks:[[px,qty]…]}</c>; null where no book was known.</summary>
    public string? BookTop3 { get; init; }
}

/// <summary>One fill as the venue numbers it.</summary>
public sealed record VenueTrade
{
    public required string TradeId { get; init; }
    [JsonConverter(typeof(DecimalText))] public required decimal Qty { get; init; }
    [JsonConverter(typeof(DecimalText))] public required decimal Px { get; init; }
    [JsonConverter(typeof(DecimalText))] public decimal Commission { get; init; }
    public string? CommissionAsset { get; init; }
    public bool? Maker { get; init; }
    public DateTimeOffset? Time { get; init; }
}
