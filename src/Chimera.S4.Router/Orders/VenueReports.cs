using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Orders;

/// <summary>Between what is found out, what travels on the bus, and what the decider merges.</summary>
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
        NeedsReview = report.NeedsReview,
        SentAt = report.SentAt,
        AnsweredAt = report.AnsweredAt,
        MidAtSend = report.MidAtSend,
        BookTop3 = report.BookTop3,
    };

    public static VenueReport Of(Guid orderId, Finding found)
    {
        var seen = found.Seen;
        return new VenueReport
        {
            OrderId = orderId,
            ClientOrderId = seen.ClientOrderId,
            EffectSeq = seen.EffectSeq,
            Source = found.Source,
            Kind = seen.Kind.ToString(),
            VenueOrderId = seen.VenueOrderId,
            Status = seen.Status is VenueStatus.None ? null : seen.Status.ToString(),
            CumQty = seen.CumQty.Value,
            CumQuote = seen.CumQuote,
            Trades = [.. seen.Trades.Select(Wire)],
            VenueTime = found.VenueTime,
            Reason = seen.Reason?.ToString(),
            VenueCode = found.VenueCode,
            VenueText = seen.VenueText,
            NeedsReview = seen.NeedsReview,
            SentAt = seen.SentAt,
            AnsweredAt = seen.AnsweredAt,
            MidAtSend = seen.MidAtSend,
            BookTop3 = seen.BookTop3,
        };
    }

    static VenueTrade Wire(Trade trade) => new()
    {
        TradeId = trade.TradeId, Qty = trade.Qty.Value, Px = trade.Px.Value, Commission = trade.Commission, CommissionAsset = trade.CommissionAsset, Maker = trade.Maker, Time = trade.Time,
    };
}
