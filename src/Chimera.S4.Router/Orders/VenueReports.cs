using System.Collections.Immutable;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Orders;

/// <summary>Between what the venue adapters see, what travels on the bus, and what the decider merges.</summary>
static class VenueReports
{
    public static Observation ToObservation(VenueReport report) => new()
    {
        ClientOrderId = report.ClientOrderId,
        Kind = Enum.Parse<ReportKind>(report.Kind),
        EffectSeq = report.EffectSeq,
        VenueOrderId = report.VenueOrderId,
        Status = report.Status is null ? VenueStatus.None : Enum.Parse<VenueStatus>(report.Status),
        CumQty = new Quantity(report.CumQty),
        CumQuote = report.CumQuote,
        Trades = [.. report.Trades.Select(trade => new Trade(trade.TradeId, new Quantity(trade.Qty), new Price(trade.Px), trade.Commission, trade.CommissionAsset, trade.Maker,
            trade.Time ?? report.VenueTime ?? report.AnsweredAt ?? default))],
        Reason = report.Reason is null ? null : Enum.Parse<ReasonCode>(report.Reason),
        VenueText = report.VenueText,
        SentAt = report.SentAt,
        AnsweredAt = report.AnsweredAt,
        MidAtSend = report.MidAtSend,
        BookTop3 = report.BookTop3,
    };

    /// <summary>An order's state as a report.</summary>
    public static VenueReport Known(Guid orderId, string clientOrderId, string source, VenueOrderState state, IReadOnlyList<Trade>? trades = null) => new()
    {
        OrderId = orderId,
        ClientOrderId = clientOrderId,
        Source = source,
        Kind = nameof(ReportKind.Known),
        VenueOrderId = state.VenueOrderId,
        Status = state.Status.ToString(),
        CumQty = state.CumQty.Value,
        CumQuote = state.CumQuote,
        Trades = [.. (trades ?? state.Trades).Select(Wire)],
        VenueTime = state.Time,
        VenueText = state.Remark,
    };

    public static VenueReport Plain(Guid orderId, string clientOrderId, string source, ReportKind kind, ReasonCode? reason = null, int? venueCode = null, string? text = null) => new()
    {
        OrderId = orderId, ClientOrderId = clientOrderId, Source = source, Kind = kind.ToString(), Reason = reason?.ToString(), VenueCode = venueCode, VenueText = text,
    };

    static VenueTrade Wire(Trade trade) => new()
    {
        TradeId = trade.TradeId, Qty = trade.Qty.Value, Px = trade.Px.Value, Commission = trade.Commission, CommissionAsset = trade.CommissionAsset, Maker = trade.Maker, Time = trade.Time,
    };
}
