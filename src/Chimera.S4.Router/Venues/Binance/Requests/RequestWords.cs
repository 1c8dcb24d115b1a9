using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Binance's words for what requests name.</summary>
static class RequestWords
{
    public static string? SelfTrade(SelfTrade? mode) => mode switch
    {
        null => null,
        Venues.SelfTrade.None => "NONE",
        Venues.SelfTrade.ExpireMaker => "EXPIRE_MAKER",
        Venues.SelfTrade.ExpireTaker => "EXPIRE_TAKER",
        Venues.SelfTrade.ExpireBoth => "EXPIRE_BOTH",
        Venues.SelfTrade.Decrement => "DECREMENT",
        Venues.SelfTrade.Transfer => "TRANSFER",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "not a mode"),
    };

    public static string Leg(LegType type) => type switch
    {
        LegType.LimitMaker => "LIMIT_MAKER",
        LegType.StopLoss => "STOP_LOSS",
        LegType.StopLossLimit => "STOP_LOSS_LIMIT",
        LegType.TakeProfit => "TAKE_PROFIT",
        LegType.TakeProfitLimit => "TAKE_PROFIT_LIMIT",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type of a leg"),
    };

    public static string PriceMatch(PriceMatch match) => match switch
    {
        Venues.PriceMatch.Opponent => "OPPONENT",
        Venues.PriceMatch.Opponent5 => "OPPONENT_5",
        Venues.PriceMatch.Queue => "QUEUE",
        Venues.PriceMatch.Queue5 => "QUEUE_5",
        Venues.PriceMatch.Queue10 => "QUEUE_10",
        Venues.PriceMatch.Queue20 => "QUEUE_20",
        _ => throw new ArgumentOutOfRangeException(nameof(match), match, "not a price match"),
    };

    public static (AlgoStatus Status, string? Remark) Algo(string word)
    {
        switch (word)
        {
            case "NEW": return (AlgoStatus.New, null);
            case "TRIGGERING": return (AlgoStatus.Triggering, null);
            case "TRIGGERED": return (AlgoStatus.Triggered, null);
            case "FINISHED": return (AlgoStatus.Finished, null);
            case "CANCELED": return (AlgoStatus.Canceled, null);
            case "REJECTED": return (AlgoStatus.Rejected, null);
            case "EXPIRED": return (AlgoStatus.Expired, null);
        }
        VenueMeter.UnknownWord(Market.Fut, "algo status", word);
        return (AlgoStatus.None, $"unknown status {word}");
    }

    public static (OrderListStatus Status, string? Remark) List(string? word)
    {
        switch (word)
        {
            case "EXECUTING": return (OrderListStatus.Executing, null);
            case "ALL_DONE": return (OrderListStatus.AllDone, null);
            case "REJECT": return (OrderListStatus.Rejected, null);
        }
        VenueMeter.UnknownWord(Market.Spot, "list status", word);
        return (OrderListStatus.None, $"unknown status {word}");
    }
}
