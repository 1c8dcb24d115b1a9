using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Orders.Views;

/// <summary>What a decision adds to the record (spec §4.1).</summary>
static class OrderRecords
{
    public static JournalBatch Batch(Decision decision)
    {
        var order = decision.Order;
        return new JournalBatch
        {
            IntentId = order.Intent.IntentId,
            Orders = order.VenueOrders.IsEmpty ? order.Final ? [Unplaced(order)] : [] : [.. order.VenueOrders.Select(venue => Row(order, venue))],
            Fills = [.. decision.NewTrades.Select(fill => Fill(order, fill.ClientOrderId, fill.Trade))],
            Events = [.. decision.Events.Select(happened => Event(order, happened))],
        };
    }

    // Denied, or ended before anything was placed. One that is still to place something has no row yet: each row is a venue order.
    static OrderRecord Unplaced(Order order) => Row(order, new VenueOrder { ClientOrderId = order.Id.ToString("N"), Type = order.Intent.Type, OrderQty = order.OrderQty, Price = order.Intent.Price }) with
    {
        Status = order.Wire(), Final = order.Final,
    };

    static OrderRecord Row(Order order, VenueOrder venue) => new()
    {
        Key = venue.ClientOrderId,
        Seq = order.RecordSeq,
        IntentId = order.Intent.IntentId,
        ClientOrderId = venue.ClientOrderId,
        OrderId = venue.VenueOrderId,
        Market = Words.Of(order.Intent.Market),
        Symbol = order.Intent.Symbol,
        Side = Words.Of(order.SideOf(venue)),
        Type = Words.Of(venue.Type),
        TimeInForce = order.Intent.TimeInForce is { } tif ? Words.Of(tif) : null,
        Price = venue.Price?.Value,
        Qty = venue.OrderQty.Value,
        QtyRequested = order.Intent.Qty.Value,
        FilledQty = venue.CumQty.Value,
        AvgPrice = Figures.Price(Execution.AveragePrice([venue])),
        SlippageBps = Figures.Bps(Execution.SlippageBps(order.SideOf(venue), Execution.AveragePrice([venue]), venue.MidAtSend)),
        ReduceOnly = order.Intent.ReduceOnly,
        Status = venue.Wire(),
        Final = venue is { IsAlive: false, IsProven: true, PlaceSeq: null },
        Code = (venue.Reason ?? order.Code)?.Text(),
        RejectedBy = order.RejectedBy switch { RejectedBy.Router => ReasonCodes.Router, RejectedBy.Venue => ReasonCodes.Venue, _ => null },
        Message = order.Message,
        RcuRev = order.RouteRevision,
        ExecPolicy = order.Intent.ExecPolicy,
        CreatedAt = order.CreatedAt,
        UpdatedAt = order.UpdatedAt,
        SentAt = venue.SentAt,
        AcknowledgedAt = venue.AckedAt,
        ClosedAt = order.ClosedAt,
    };

    static FillRecord Fill(Order order, string clientOrderId, Trade trade)
    {
        var venue = order.VenueOrders.First(known => known.ClientOrderId == clientOrderId);
        var market = Words.Of(order.Intent.Market);
        // With the side: two orders of one account that meet have one trade, and each its own fill.
        var key = $"{market}-{order.Intent.Symbol}-{trade.TradeId}-{Words.Of(order.SideOf(venue))}";
        return new FillRecord
        {
            Key = key,
            FillId = key,
            IntentId = order.Intent.IntentId,
            OrderId = venue.VenueOrderId,
            ClientOrderId = clientOrderId,
            Market = market,
            Symbol = order.Intent.Symbol,
            Side = Words.Of(order.SideOf(venue)),
            TradeId = trade.TradeId,
            Qty = trade.Qty.Value,
            Price = trade.Px.Value,
            Commission = trade.Commission,
            CommissionAsset = trade.CommissionAsset,
            Maker = trade.Maker,
            MidAtSend = venue.MidAtSend,
            BookTop3 = venue.BookTop3,
            SlippageBps = Figures.Bps(Execution.SlippageBps(order.SideOf(venue), trade.Px.Value, venue.MidAtSend)),
            Timestamp = trade.Time,
        };
    }

    static StrategyEvent Event(Order order, OrderEvent happened)
    {
        var type = happened.Type switch
        {
            OrderEventType.Accepted => StrategyEvents.Accepted,
            OrderEventType.Executed => StrategyEvents.Executed,
            OrderEventType.Canceled => StrategyEvents.Canceled,
            OrderEventType.Rejected => StrategyEvents.Rejected,
            OrderEventType.Expired => StrategyEvents.Expired,
            OrderEventType.Unknown => StrategyEvents.Unknown,
            OrderEventType.SliceSent => StrategyEvents.TwapSliceSent,
            OrderEventType.ProtectionRefused => StrategyEvents.ProtectionRefused,
            OrderEventType.TwapDone => StrategyEvents.TwapDone,
            OrderEventType.OcoArmed => StrategyEvents.OcoArmed,
            OrderEventType.OcoFallback => StrategyEvents.OcoFallback,
            OrderEventType.GuardArmed => StrategyEvents.GuardArmed,
            OrderEventType.GuardTriggered => StrategyEvents.GuardTriggered,
            _ => throw new InvalidOperationException($"no word for {happened.Type}"),
        };
        return new StrategyEvent
        {
            Key = $"{order.Id:N}-{order.RecordSeq}-{type}",
            Type = type,
            IntentId = order.Intent.IntentId,
            Seq = order.RecordSeq,
            ClientOrderId = happened.ClientOrderId,
            Code = happened.Code?.Text(),
            Detail = happened.Detail,
            Timestamp = order.UpdatedAt,
        };
    }
}
