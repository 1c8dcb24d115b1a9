using System.Text.RegularExpressions;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Reads <c>POST /fapi/v1/order</c> and refuses what breaks a rule of form (reference §2.2, §2.5).</summary>
internal static partial class FuturesPlacement
{
    [GeneratedRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}\z")]
    private static partial Regex ClientId();

    public static Order Read(Parameters p, FuturesExchange exchange)
    {
        var market = exchange.Market(p.Required("symbol"));
        var side = SideOf(p.Required("side"));
        var type = p.Required("type") switch
        {
            "LIMIT" => OrderType.Limit,
            "MARKET" => OrderType.Market,
            "STOP" or "STOP_MARKET" or "TAKE_PROFIT" or "TAKE_PROFIT_MARKET" or "TRAILING_STOP_MARKET" =>
                throw new VenueError(-4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead."),
            _ => throw new VenueError(-1116, "Invalid orderType."),
        };
        CheckPositionSide(p, exchange);
        CheckUnread(p);
        var timeInForce = type is OrderType.Limit ? TimeInForceOf(p.Required("timeInForce")) : TimeInForce.Gtc;
        if (type is OrderType.Market)
            foreach (var name in (string[])["timeInForce", "price"])
                if (p.Has(name)) throw new VenueError(-1106, $"Parameter '{name}' sent when not required.");
        var match = type is OrderType.Limit ? PriceMatchOf(p) : "NONE";
        var id = Id(p, "newClientOrderId") ?? exchange.NewClientOrderId();
        var order = new Order
        {
            Symbol = market.Symbol, Side = side, Type = type, TimeInForce = timeInForce, ReduceOnly = p.Flag("reduceOnly"),
            Price = type is not OrderType.Limit ? 0 : MatchedPrice(match, side, market) ?? Amount(p, "price", market.Instrument.PricePrecision),
            PriceMatch = match, GoodTillDate = GoodTill(p, timeInForce, exchange),
            OrigQty = Amount(p, "quantity", market.Instrument.QtyPrecision),
            SelfTrade = SelfTradeOf(p.Text("selfTradePreventionMode")),
            PlacedClientOrderId = id, ClientOrderId = id,
        };
        FuturesFilters.Check(order, market);
        return order;
    }

    public static Side SideOf(string text) => text switch
    {
        "BUY" => Side.Buy,
        "SELL" => Side.Sell,
        _ => throw new VenueError(-1117, "Invalid side."),
    };

    public static string PriceMatchOf(Parameters p)
    {
        var match = p.Text("priceMatch") ?? "NONE";
        if (match is not ("NONE" or "OPPONENT" or "OPPONENT_5" or "QUEUE" or "QUEUE_5" or "QUEUE_10" or "QUEUE_20"))
            throw new VenueError(-1130, "Data sent for parameter 'priceMatch' is not valid.");
        if (match is not "NONE" && p.Has("price")) throw new VenueError(-1106, "Parameter 'price' sent when not required.");
        return match;
    }

    /// <summary>The price of a level: of the other side for OPPONENT, of the order's own for QUEUE. Null when the order names its price itself.</summary>
    public static decimal? MatchedPrice(string match, Side side, Market market)
    {
        if (match is "NONE") return null;
        var book = match.StartsWith("QUEUE", StringComparison.Ordinal) ? market.Book.Of(side) : market.Book.Against(side);
        var level = match.IndexOf('_') is > 0 and var at ? int.Parse(match.AsSpan(at + 1), System.Globalization.CultureInfo.InvariantCulture) : 1;
        var levels = book.Aggregate(level);
        return levels.Count < level ? throw new VenueError(-5041, "No depth matches this BBO order.") : levels[level - 1].Price;
    }

    /// <summary>GTD: whole seconds, at least ten minutes from now.</summary>
    public static long GoodTill(Parameters p, TimeInForce timeInForce, FuturesExchange exchange)
    {
        if (timeInForce is not TimeInForce.Gtd) return 0;
        var date = p.Number("goodTillDate") ?? throw VenueError.Missing("goodTillDate");
        if (date <= exchange.Clock.Now + 600_000 || date >= 253_402_300_799_000) throw new VenueError(-1130, "Data sent for parameter 'goodTillDate' is not valid.");
        return date - date % 1000;
    }

    public static string? Id(Parameters p, string name)
    {
        if (p.Text(name) is not { } id) return null;
        if (id.Length > 36) throw new VenueError(-4015, "Client order id length should not be more than 36 chars");
        if (!ClientId().IsMatch(id))
            throw new VenueError(-1100, $@"Illegal characters found in parameter '{name}'; legal range is '^[\.A-Z\:/a-z0-9_-]{{1,36}}$'.");
        return id;
    }

    public static void CheckPositionSide(Parameters p, FuturesExchange exchange)
    {
        if (exchange.DualSide && p.Flag("reduceOnly")) throw new VenueError(-4062, "Invalid or improper reduceOnly value.");
        if (exchange.DualSide || p.Text("positionSide") is not (null or "BOTH"))
            throw new VenueError(-4061, "Order's position side does not match user's setting.");
    }

    private static void CheckUnread(Parameters p)
    {
        // What belongs to conditional orders; the real venue counts what it did not read.
        foreach (var name in (string[])["stopPrice", "triggerPrice", "activationPrice", "callbackRate"])
            if (p.Has(name)) throw new VenueError(-1104, $"Not all sent parameters were read; parameter '{name}' was not read.");
    }

    public static decimal Amount(Parameters p, string name, int precision)
    {
        if (name is "quantity" && p.Text(name) is ['-', ..]) throw new VenueError(-4003, "Quantity less than or equal to zero.");
        if (name is "price" && p.Text(name) is ['-', ..]) throw new VenueError(-4001, "Price less than 0.");
        var value = p.RequiredAmount(name);
        if (name is "quantity" && value == 0) throw new VenueError(-4003, "Quantity less than or equal to zero.");
        // Price precision is wider than the tick on the real venue: a price off the tick has its own code, -4014.
        if (Instrument.Decimals(value) > (name is "price" ? Math.Max(2, precision) : precision))
            throw new VenueError(-1111, "Precision is over the maximum defined for this asset.");
        return value;
    }

    public static TimeInForce TimeInForceOf(string text) => text switch
    {
        "GTC" => TimeInForce.Gtc,
        "IOC" => TimeInForce.Ioc,
        "FOK" => TimeInForce.Fok,
        "GTX" => TimeInForce.Gtx,
        "GTD" => TimeInForce.Gtd,
        _ => throw new VenueError(-1115, "Invalid timeInForce."),
    };

    public static SelfTrade SelfTradeOf(string? text) => text switch
    {
        null or "EXPIRE_MAKER" => SelfTrade.ExpireMaker,
        "NONE" => SelfTrade.None,
        "EXPIRE_TAKER" => SelfTrade.ExpireTaker,
        "EXPIRE_BOTH" => SelfTrade.ExpireBoth,
        _ => throw new VenueError(-1130, "Data sent for parameter 'selfTradePreventionMode' is not valid."),
    };
}
