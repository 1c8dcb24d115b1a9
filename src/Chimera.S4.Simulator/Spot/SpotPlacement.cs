using System.Text.RegularExpressions;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Reads an order and refuses what breaks a rule of form (reference §1.2, §1.6).</summary>
internal static partial class SpotPlacement
{
    private const string IdForm = "^[a-zA-Z0-9-_]{1,36}$";

    [GeneratedRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}\z")]
    private static partial Regex ClientId();

    public static Order Read(Parameters p, SpotExchange exchange) => Read(p, exchange, LegNames.Alone);

    /// <summary>Reads one order out of the parameters that carry its names.</summary>
    public static Order Read(Parameters p, SpotExchange exchange, LegNames names)
    {
        var market = exchange.Market(p.Required("symbol"));
        var side = SideOf(p.Required(names.Side));
        var type = TypeOf(p.Required(names.Of("type")));
        var (price, stop) = Prices(p, type, names);
        var timeInForce = Lasting(p, type, names);
        var (quantity, quote) = Quantity(p, type, side, market, names);
        if (p.Has(names.Of("icebergQty"))) throw new VenueError(-1013, "Iceberg orders are not supported for this symbol.");
        if (p.Has("pegPriceType") || p.Has(names.Of("pegPriceType"))) throw new VenueError(-1013, "Pegged orders are not supported for this symbol.");
        var order = new Order
        {
            Symbol = market.Symbol, Side = side, Type = type, TimeInForce = timeInForce,
            Price = price, StopPrice = stop, OrigQty = quantity, QuoteOrderQty = quote, SelfTrade = SelfTradeOf(p.Text("selfTradePreventionMode")),
            PlacedClientOrderId = Id(p, names.ClientOrderId) is { } id ? id : id = exchange.NewClientOrderId(), ClientOrderId = id,
        };
        SpotFilters.Check(order, market, counted: names.Prefix.Length == 0);
        return order;
    }

    public static string? Id(Parameters p, string name)
    {
        if (p.Text(name) is not { } id) return null;
        if (!ClientId().IsMatch(id)) throw new VenueError(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{IdForm}'.");
        return id;
    }

    public static decimal Positive(Parameters p, string name)
    {
        var value = p.RequiredAmount(name);
        if (Instrument.Decimals(value) > 8) throw new VenueError(-1111, $"Parameter '{name}' has too much precision.");
        return value > 0 ? value : throw new VenueError(-1013, $"Invalid {name}.");
    }

    private static (decimal Price, decimal Stop) Prices(Parameters p, OrderType type, LegNames names)
    {
        if (p.Has(names.Of("trailingDelta"))) throw new VenueError(-1013, "Trailing stop orders are not supported for this symbol.");
        if (!type.IsConditional()) NotRequired(p, names.Of("stopPrice"));
        if (type.IsMarket()) NotRequired(p, names.Of("price"));
        return (type.IsMarket() ? 0 : Positive(p, names.Of("price")), type.IsConditional() ? Positive(p, names.Of("stopPrice")) : 0);
    }

    private static TimeInForce Lasting(Parameters p, OrderType type, LegNames names)
    {
        var name = names.Of("timeInForce");
        if (type is OrderType.Limit or OrderType.StopLossLimit or OrderType.TakeProfitLimit) return TimeInForceOf(p.Required(name));
        NotRequired(p, name);
        return TimeInForce.Gtc;
    }

    private static (decimal Quantity, decimal Quote) Quantity(Parameters p, OrderType type, Side side, Market market, LegNames names)
    {
        if (!names.HasQuantity) return (0, 0);
        if (type is not OrderType.Market) NotRequired(p, "quoteOrderQty");
        if (!p.Has("quoteOrderQty")) return (Positive(p, names.Quantity), 0);
        if (p.Has(names.Quantity)) throw new VenueError(-1128, "Combination of optional parameters invalid.");
        var quote = Positive(p, "quoteOrderQty");
        var quantity = market.Book.QuantityFor(side, quote);
        return (quantity - quantity % market.Instrument.StepSize, quote);
    }

    private static void NotRequired(Parameters p, string name)
    {
        if (p.Has(name)) throw new VenueError(-1106, $"Parameter '{name}' sent when not required.");
    }

    private static Side SideOf(string text) => text switch
    {
        "BUY" => Side.Buy,
        "SELL" => Side.Sell,
        _ => throw new VenueError(-1117, "Invalid side."),
    };

    private static OrderType TypeOf(string text) => text switch
    {
        "LIMIT" => OrderType.Limit,
        "LIMIT_MAKER" => OrderType.LimitMaker,
        "MARKET" => OrderType.Market,
        "STOP_LOSS" => OrderType.StopLoss,
        "STOP_LOSS_LIMIT" => OrderType.StopLossLimit,
        "TAKE_PROFIT" => OrderType.TakeProfit,
        "TAKE_PROFIT_LIMIT" => OrderType.TakeProfitLimit,
        _ => throw new VenueError(-1116, "Invalid orderType."),
    };

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
        "DECREMENT" => SelfTrade.Decrement,
        "TRANSFER" => SelfTrade.Transfer,
        _ => throw new VenueError(-1013, "This symbol does not allow the specified self-trade prevention mode."),
    };
}
