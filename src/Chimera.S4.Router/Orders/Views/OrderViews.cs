using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Orders.Views;

/// <summary>An order as others see it.</summary>
static class OrderViews
{
    const string Exits = "POST_FILL_ACTIONS";
    static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    public static OrderResult Result(Order order)
    {
        // The order that works the quantity; what protects it is told of as legs.
        var legs = OcoLegs.Of(order);
        var venue = legs is not null && order.Intent.ReduceOnly ? null : order.Entries.LastOrDefault();
        return new OrderResult
        {
            IntentId = order.Intent.IntentId,
            Status = order.Wire(),
            Final = order.Final,
            OrderId = venue?.VenueOrderId,
            ClientOrderId = venue?.ClientOrderId,
            OcoLegs = legs,
            FilledQty = order.CumQty.Value,
            AvgPrice = Figures.Price(order.AvgPx),
            SlippageBps = Figures.Bps(order.SlippageBps),
            QtyRequested = order.OrderQty != order.Intent.Qty ? order.Intent.Qty.Value : null,
            Code = order.Code?.Text(),
            RejectedBy = order.RejectedBy is { } by ? Words(by) : null,
            Message = order.Message,
        };
    }

    public static IntentSummary Summary(Order order) => new()
    {
        IntentId = order.Intent.IntentId,
        Market = Chimera.S4.Orders.Words.Of(order.Intent.Market),
        Symbol = order.Intent.Symbol,
        Side = Chimera.S4.Orders.Words.Of(order.Intent.Side),
        Type = Chimera.S4.Orders.Words.Of(order.Intent.Type),
        Policy = Policy(order.Intent),
        Status = order.Wire(),
        Qty = order.OrderQty.IsZero ? order.Intent.Qty.Value : order.OrderQty.Value,
        FilledQty = order.CumQty.Value,
        AvgPrice = Figures.Price(order.AvgPx),
        MidAtSend = Figures.Price(order.MidAtSend),
        SlippageBps = Figures.Bps(order.SlippageBps),
        Code = order.Code?.Text(),
        CreatedAt = order.CreatedAt,
        UpdatedAt = order.UpdatedAt,
        Final = order.Final,
    };

    /// <summary>Something at the venue reduces a futures position for it, or may come to.</summary>
    public static bool HasExits(IntentSummary intent) =>
        intent.Type == Chimera.S4.Orders.Words.Of(OrderType.Stop) || intent.Type == Chimera.S4.Orders.Words.Of(OrderType.TakeProfit) || intent.Policy?.Contains(Exits, StringComparison.Ordinal) is true;

    public static IntentView View(Order order) => new()
    {
        Result = Result(order),
        Intent = Summary(order),
        Timeline = Timelines.Of(order),
    };

    public static ResultLine? ResultLine(Order order, Decision decision) => decision.Result is not { } line ? null : new ResultLine
    {
        ResultId = $"{order.Id:N}-{line.Seq}",
        IntentId = order.Intent.IntentId,
        Seq = line.Seq,
        Status = line.Status,
        FilledQty = line.CumQty.Value,
        AvgPrice = Figures.Price(order.AvgPx),
        SlippageBps = Figures.Bps(order.SlippageBps),
        Code = order.Code?.Text(),
        Corrects = decision.Corrects,
        Ts = order.UpdatedAt,
    };

    /// <param name="refused">The request is refused and the order is as it was; null: the answer is where the order stands.</param>
    /// <param name="gates">As they stood when it was decided.</param>
    public static IntentReply IntentReply(Order order, Denial? refused, GateState gates)
    {
        if (refused is not null)
            return Denied(new OrderResult
            {
                IntentId = order.Intent.IntentId, Status = Chimera.S4.Orders.Words.Of(OrderStatus.Rejected), Final = true,
                RejectedBy = Words(RejectedBy.Router), Code = refused.Reason.Text(), Message = refused.Message,
            }, refused.Reason, TryAgainAfter);
        if (order is { RejectedBy: RejectedBy.Router, Reason: { } reason }) return Denied(Result(order), reason, reason is ReasonCode.BreakerOpen ? Longer(gates.ProbesIn(order.Intent.Market)) : TryAgainAfter);
        return new IntentReply { Result = Result(order), HttpStatus = Lifecycle.IsAnswered(order) ? 200 : 202 };
    }

    public static CancelReply CancelReply(Order order)
    {
        // Filled with nothing alive, or never placed: there was nothing to cancel. Canceled, in part filled or not: it is done, and stays so at every repeat.
        var reason = order.Status is OrderStatus.Canceled || order.ExitsCanceled ? (ReasonCode?)null : ReasonCode.NothingAlive;
        return new CancelReply
        {
            HttpStatus = reason is null ? 200 : ReasonCodes.Of(reason.Value).HttpStatus,
            Result = new CancelResult
            {
                Status = order.Wire(),
                IntentId = order.Intent.IntentId,
                CanceledIds = [.. order.VenueOrders.Where(venue => venue.Status is VenueStatus.Canceled).Select(venue => venue.ClientOrderId)],
                FilledQty = order.CumQty.Value,
                ReplacedFilledQty = order.ReplacedQty is { IsZero: false } done ? done.Value : null,
                Side = Chimera.S4.Orders.Words.Of(order.Intent.Side),
                Code = reason?.Text(),
                Message = reason is null ? null : $"the intent has ended {order.Wire()}; nothing of it is alive",
            },
        };
    }

    public static CancelReply CancelRefused(ReasonCode reason, string message, string status) => new()
    {
        HttpStatus = ReasonCodes.Of(reason).HttpStatus,
        Result = new CancelResult { Status = status, Code = reason.Text(), Message = message },
    };

    static IntentReply Denied(OrderResult result, ReasonCode reason, TimeSpan tryAgainAfter)
    {
        var status = ReasonCodes.Of(reason).HttpStatus;
        return new IntentReply { Result = result, HttpStatus = status, RetryAfter = status == 503 ? tryAgainAfter : null };
    }

    static TimeSpan Longer(TimeSpan wait) => wait > TryAgainAfter ? wait : TryAgainAfter;

    static string? Policy(Intent intent)
    {
        (object? Asked, string Word)[] parts =
        [
            (intent.Twap, "TWAP"), (intent.Maker, "MAKER_THEN_TAKER"), (intent.Oco, "OCO"), (intent.Guard, "GUARD_STOP"), (intent.Protection, Exits), (intent.Replaces, "REPLACES"),
        ];
        var words = string.Join('+', parts.Where(part => part.Asked is not null).Select(part => part.Word));
        return words.Length == 0 ? null : words;
    }

    static string Words(RejectedBy by) => by is RejectedBy.Router ? ReasonCodes.Router : ReasonCodes.Venue;
}

/// <summary>Computed figures, rounded once and the same everywhere: a stored slippage can be recomputed to the digit.</summary>
static class Figures
{
    public static decimal? Price(decimal? value) => value is null ? null : Math.Round(value.Value, 10);
    public static decimal? Bps(decimal? value) => value is null ? null : Math.Round(value.Value, 4);
}
