using System.Text.RegularExpressions;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Reads <c>POST /api/v3/order</c> and refuses what breaks a rule of form (reference §1.2, §1.6).</summary>
internal static partial class SpotPlacement
{
    private const string IdForm = "^[a-zA-Z0-9-_]{1,36}$";

    [GeneratedRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}\z")]
    private static partial Regex ClientId();

    public static Order Read(Parameters p, SpotExchange exchange)
    {
        var market = exchange.Market(p.Required("symbol"));
        var side = p.Required("side") switch
        {
            "BUY" => Side.Buy,
            "SELL" => Side.Sell,
            _ => throw new VenueError(-1117, "Invalid side."),
        };
        var type = p.Required("type") switch
        {
            "LIMIT" => OrderType.Limit,
            "LIMIT_MAKER" => OrderType.LimitMaker,
            "MARKET" => OrderType.Market,
            _ => throw new VenueError(-1116, "Invalid orderType."),
        };
        var timeInForce = type is OrderType.Limit ? TimeInForceOf(p.Required("timeInForce")) : TimeInForce.Gtc;
        if (type is not OrderType.Limit) NotRequired(p, "timeInForce");
        var (price, quantity, quote) = Amounts(p, type, side, market);
        var order = new Order
        {
            Symbol = market.Symbol, Side = side, Type = type, TimeInForce = timeInForce,
            Price = price, OrigQty = quantity, QuoteOrderQty = quote, SelfTrade = SelfTradeOf(p.Text("selfTradePreventionMode")),
            PlacedClientOrderId = Id(p, "newClientOrderId") is { } id ? id : id = exchange.NewClientOrderId(), ClientOrderId = id,
        };
        SpotFilters.Check(order, market);
        return order;
    }

    public static string? Id(Parameters p, string name)
    {
        if (p.Text(name) is not { } id) return null;
        if (!ClientId().IsMatch(id)) throw new VenueError(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{IdForm}'.");
        return id;
    }

    private static (decimal Price, decimal Quantity, decimal Quote) Amounts(Parameters p, OrderType type, Side side, Market market)
    {
        if (type is not OrderType.Market)
        {
            NotRequired(p, "quoteOrderQty");
            return (Positive(p, "price"), Positive(p, "quantity"), 0);
        }
        NotRequired(p, "price");
        if (!p.Has("quoteOrderQty")) return (0, Positive(p, "quantity"), 0);
        if (p.Has("quantity")) throw new VenueError(-1128, "Combination of optional parameters invalid.");
        var quote = Positive(p, "quoteOrderQty");
        var quantity = market.Book.QuantityFor(side, quote);
        return (0, quantity - quantity % market.Instrument.StepSize, quote);
    }

    private static decimal Positive(Parameters p, string name)
    {
        var value = p.RequiredAmount(name);
        if (Instrument.Decimals(value) > 8) throw new VenueError(-1111, $"Parameter '{name}' has too much precision.");
        return value > 0 ? value : throw new VenueError(-1013, $"Invalid {name}.");
    }

    private static void NotRequired(Parameters p, string name)
    {
        if (p.Has(name)) throw new VenueError(-1106, $"Parameter '{name}' sent when not required.");
    }

    private static TimeInForce TimeInForceOf(string text) => text switch
    {
        "GTC" => TimeInForce.Gtc,
        "IOC" => TimeInForce.Ioc,
        "FOK" => TimeInForce.Fok,
        _ => throw new VenueError(-1115, "Invalid timeInForce."),
    };

    private static SelfTrade SelfTradeOf(string? text) => text switch
    {
        null or "NONE" => SelfTrade.None,
        "EXPIRE_MAKER" => SelfTrade.ExpireMaker,
        "EXPIRE_TAKER" => SelfTrade.ExpireTaker,
        "EXPIRE_BOTH" => SelfTrade.ExpireBoth,
        _ => throw new VenueError(-1013, "This symbol does not allow the specified self-trade prevention mode."),
    };
}
