namespace Chimera.S4.Simulator.Engine;

internal enum Venue { Spot, Fut }

internal enum Side { Buy, Sell }

internal enum OrderType { Limit, LimitMaker, Market }

internal enum TimeInForce { Gtc, Ioc, Fok, Gtx }

internal enum OrderStatus { New, PartiallyFilled, Filled, Canceled, Expired, ExpiredInMatch }

internal enum ExecType { New, Trade, Canceled, Expired, TradePrevention }

/// <summary>What happens when an order meets another order of the same account. The taker's mode decides.</summary>
internal enum SelfTrade { None, ExpireMaker, ExpireTaker, ExpireBoth }

internal enum ExpiryReason { None, SelfTrade, ImmediateOrCancel, FillOrKill, NoLiquidity, ReduceOnly }

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
        _ => "MARKET",
    };

    public static string Wire(this TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.Gtc => "GTC",
        TimeInForce.Ioc => "IOC",
        TimeInForce.Fok => "FOK",
        _ => "GTX",
    };

    public static string Wire(this OrderStatus status) => status switch
    {
        OrderStatus.New => "NEW",
        OrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Canceled => "CANCELED",
        OrderStatus.Expired => "EXPIRED",
        _ => "EXPIRED_IN_MATCH",
    };

    public static string Wire(this ExecType type) => type switch
    {
        ExecType.New => "NEW",
        ExecType.Trade => "TRADE",
        ExecType.Canceled => "CANCELED",
        ExecType.Expired => "EXPIRED",
        _ => "TRADE_PREVENTION",
    };

    public static string Wire(this SelfTrade mode) => mode switch
    {
        SelfTrade.None => "NONE",
        SelfTrade.ExpireMaker => "EXPIRE_MAKER",
        SelfTrade.ExpireTaker => "EXPIRE_TAKER",
        _ => "EXPIRE_BOTH",
    };
}
