namespace Chimera.S4.Simulator.Engine;

internal enum Venue { Spot, Fut }

internal enum Side { Buy, Sell }

internal enum OrderType { Limit, LimitMaker, Market, StopLoss, StopLossLimit, TakeProfit, TakeProfitLimit }

internal enum TimeInForce { Gtc, Ioc, Fok, Gtx, Gtd }

internal enum OrderStatus { New, PartiallyFilled, Filled, Canceled, Expired, ExpiredInMatch, PendingNew, Rejected }

internal enum ExecType { New, Trade, Canceled, Expired, TradePrevention, Replaced, Amendment }

/// <summary>What happens when an order meets another order of the same account. The taker's mode decides.</summary>
internal enum SelfTrade { None, ExpireMaker, ExpireTaker, ExpireBoth, Decrement, Transfer }

internal enum ExpiryReason
{
    None, SelfTrade, ImmediateOrCancel, FillOrKill, NoLiquidity, ReduceOnly, PostOnly, OcoTrigger, PhaseOneExpired, Rejected, PositionGone,
}

/// <summary>The spelling of each word on the wire, the same on both venues.</summary>
internal static class Vocabulary
{
    public static string Wire(this Venue venue) => venue is Venue.Spot ? "SPOT" : "FUT";
    public static string Wire(this Side side) => side is Side.Buy ? "BUY" : "SELL";
    public static Side Opposite(this Side side) => side is Side.Buy ? Side.Sell : Side.Buy;

    public static string Wire(this OrderType type) => type switch
    {
        OrderType.Limit => "LIMIT",
        OrderType.LimitMaker => "LIMIT_MAKER",
        OrderType.StopLoss => "STOP_LOSS",
        OrderType.StopLossLimit => "STOP_LOSS_LIMIT",
        OrderType.TakeProfit => "TAKE_PROFIT",
        OrderType.TakeProfitLimit => "TAKE_PROFIT_LIMIT",
        _ => "MARKET",
    };

    public static bool IsStopLoss(this OrderType type) => type is OrderType.StopLoss or OrderType.StopLossLimit;
    public static bool IsTakeProfit(this OrderType type) => type is OrderType.TakeProfit or OrderType.TakeProfitLimit;

    /// <summary>Waits for a price before it goes to the book.</summary>
    public static bool IsConditional(this OrderType type) => type.IsStopLoss() || type.IsTakeProfit();

    /// <summary>Takes whatever price there is once it works.</summary>
    public static bool IsMarket(this OrderType type) => type is OrderType.Market or OrderType.StopLoss or OrderType.TakeProfit;

    public static string Wire(this TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.Gtc => "GTC",
        TimeInForce.Ioc => "IOC",
        TimeInForce.Fok => "FOK",
        TimeInForce.Gtd => "GTD",
        _ => "GTX",
    };

    public static string Wire(this OrderStatus status) => status switch
    {
        OrderStatus.New => "NEW",
        OrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Canceled => "CANCELED",
        OrderStatus.Expired => "EXPIRED",
        OrderStatus.PendingNew => "PENDING_NEW",
        OrderStatus.Rejected => "REJECTED",
        _ => "EXPIRED_IN_MATCH",
    };

    public static string Wire(this ExecType type) => type switch
    {
        ExecType.New => "NEW",
        ExecType.Trade => "TRADE",
        ExecType.Canceled => "CANCELED",
        ExecType.Expired => "EXPIRED",
        ExecType.Replaced => "REPLACED",
        ExecType.Amendment => "AMENDMENT",
        _ => "TRADE_PREVENTION",
    };

    public static string Wire(this SelfTrade mode) => mode switch
    {
        SelfTrade.None => "NONE",
        SelfTrade.ExpireMaker => "EXPIRE_MAKER",
        SelfTrade.ExpireTaker => "EXPIRE_TAKER",
        SelfTrade.Decrement => "DECREMENT",
        SelfTrade.Transfer => "TRANSFER",
        _ => "EXPIRE_BOTH",
    };
}
