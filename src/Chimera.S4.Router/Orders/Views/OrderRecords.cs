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
            Fills = Fills(decision),
            Events = [.. decision.Events.Select((happened, no) => Event(order, happened, no))],
        };
    }

    public static FillRecord[] Fills(Decision decision) => [.. decision.NewTrades.Select(fill => Fill(decision.Order, fill.ClientOrderId, fill.Trade))];

    // Denied, or ended before anything was placed. One that is still to place something has no row yet: each row is a venue order.
    static OrderRecord Unplaced(Order order) => Row(order, new VenueOrder { ClientOrderId = order.Id.ToString("N"), Type = order.Intent.Type, OrderQty = order.OrderQty, Price = order.Intent.Price }) with
    {
        Status = order.Wire(), Final = order.Final, Leg = null, Purpose = null, LegQty = null, Notional = null, MakerWaitMs = null, DecidedAt = order.CreatedAt,
    };

    static OrderRecord Row(Order order, VenueOrder venue)
    {
        var leg = venue.Leg < order.Legs.Length ? order.Legs[venue.Leg] : null;
        return new()
        {
            Key = venue.ClientOrderId,
            Seq = order.RecordSeq,
            IntentId = order.Intent.IntentId,
            ClientOrderId = venue.ClientOrderId,
            OrderId = venue.VenueOrderId,
            ListId = venue.ListId,
            Market = Words.Of(order.Intent.Market),
            Symbol = order.Intent.Symbol,
            Side = Words.Of(order.SideOf(venue)),
            Type = Words.Of(venue.Type),
            TimeInForce = venue.Type is OrderType.Limit ? Words.Of(order.Intent.TimeInForce ?? TimeInForce.Gtc) : null,
            Price = venue.Price?.Value,
            TriggerPx = venue.TriggerPx?.Value,
            Qty = venue.OrderQty.Value,
            QtyRequested = order.Intent.Qty.Value,
            FilledQty = venue.CumQty.Value,
            AvgPrice = Figures.Price(Execution.AveragePrice([venue])),
            SlippageBps = Figures.Bps(Execution.SlippageBps(order.SideOf(venue), Execution.AveragePrice([venue]), venue.MidAtSend)),
            ReduceOnly = order.Intent.ReduceOnly || leg?.Purpose is LegPurpose.Exit,
            Status = venue.Wire(),
            Final = venue is { IsAlive: false, IsProven: true, PlaceSeq: null },
            Code = (venue.Reason ?? order.Code)?.Text(),
            RejectedBy = order.RejectedBy switch { RejectedBy.Router => ReasonCodes.Router, RejectedBy.Venue => ReasonCodes.Venue, _ => null },
            Message = order.Message,
            CancelReason = order.CancelReason,
            RcuRev = order.RouteRevision,
            ExecPolicy = order.Intent.ExecPolicy,
            Leg = leg?.No,
            Purpose = leg is null ? null : Words.Of(leg.Purpose),
            LegQty = leg?.Target.Value,
            Notional = Figures.Price(leg?.Target.Value * venue.Sight?.Mid),
            MakerWaitMs = leg?.Patience is { } patience ? (long)patience.Wait.TotalMilliseconds : null,
            ExplorePropensity = leg?.Patience?.Propensity,
            MidAtPublish = order.PublishMid,
            MidAtArrival = order.ArrivalMid,
            MidAtDecide = venue.Sight?.Mid,
            SpreadAtDecide = venue.Sight?.Spread,
            BidDepthAtDecide = venue.Sight?.BidDepth,
            AskDepthAtDecide = venue.Sight?.AskDepth,
            MidAtSend = venue.MidAtSend,
            PublishedAt = order.Intent.PublishedAt,
            ReceivedAt = order.Intent.ReceivedAt,
            DecidedAt = venue.DecidedAt ?? order.CreatedAt,
            CreatedAt = order.CreatedAt,
            UpdatedAt = order.UpdatedAt,
            SentAt = venue.SentAt,
            AcknowledgedAt = venue.AckedAt,
            FilledAt = venue.Trades.IsEmpty ? null : venue.Trades.Max(trade => trade.Time),
            EndedAt = venue.EndedAt,
            ClosedAt = order.ClosedAt,
        };
    }

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

    static StrategyEvent Event(Order order, OrderEvent happened, int no)
    {
        var type = happened.Type.Text();
        return new StrategyEvent
        {
            Key = $"{order.Id:N}-{order.RecordSeq}-{no}-{type}",
            Type = type,
            IntentId = order.Intent.IntentId,
            Seq = order.RecordSeq,
            No = no,
            ClientOrderId = happened.ClientOrderId,
            Code = happened.Code?.Text(),
            Detail = happened.Detail,
            Timestamp = order.UpdatedAt,
        };
    }
}
