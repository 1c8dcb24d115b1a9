using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Binance's words and ours.</summary>
static class Words
{
    /// <summary>The market as it stands in shared keys and in metrics.</summary>
    public static string Venue(Market market) => market is Market.Spot ? "SPOT" : "FUT";

    public static string Side(Side side) => side switch
    {
        Chimera.S4.Orders.Side.Buy => "BUY",
        Chimera.S4.Orders.Side.Sell => "SELL",
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, "an order has a side"),
    };

    public static string TimeInForce(TimeInForce? timeInForce) => timeInForce switch
    {
        null or Chimera.S4.Orders.TimeInForce.Gtc => "GTC",
        Chimera.S4.Orders.TimeInForce.Ioc => "IOC",
        Chimera.S4.Orders.TimeInForce.Fok => "FOK",
        _ => throw new ArgumentOutOfRangeException(nameof(timeInForce), timeInForce, "not a time in force"),
    };

    /// <summary>The status that a word stands for. A word that is not known means None, is kept in the remark, and is counted.</summary>
    public static (VenueStatus Status, string? Remark) Status(Market market, string word)
    {
        switch (word)
        {
            case "NEW" or "PENDING_NEW": return (VenueStatus.New, null);
            case "PARTIALLY_FILLED": return (VenueStatus.PartiallyFilled, null);
            case "FILLED": return (VenueStatus.Filled, null);
            case "CANCELED": return (VenueStatus.Canceled, null);
            case "REJECTED": return (VenueStatus.Rejected, null);
            case "EXPIRED": return (VenueStatus.Expired, null);
            case "EXPIRED_IN_MATCH": return (VenueStatus.Expired, word);
        }
        VenueMeter.UnknownWord(market, "status", word);
        return (VenueStatus.None, $"unknown status {word}");
    }

    /// <summary>Both remarks, where there are two.</summary>
    public static string? Remark(string? first, string? second) =>
        string.IsNullOrEmpty(first) ? (string.IsNullOrEmpty(second) ? null : second) : string.IsNullOrEmpty(second) ? first : $"{first}; {second}";
}
