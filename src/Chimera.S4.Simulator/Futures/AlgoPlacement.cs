using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Reads <c>POST /fapi/v1/algoOrder</c> and refuses what breaks a rule of form (reference §2.3).</summary>
internal static class AlgoPlacement
{
    private const decimal MinCallback = 0.1m, MaxCallback = 10m;
    private static readonly string[] Types = ["STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];

    public static AlgoOrder Read(Parameters p, FuturesExchange exchange)
    {
        if (p.Required("algoType") is not "CONDITIONAL") throw new VenueError(-1130, "Data sent for parameter 'algoType' is not valid.");
        var market = exchange.Market(p.Required("symbol"));
        var side = FuturesPlacement.SideOf(p.Required("side"));
        var type = p.Required("type");
        if (!Types.Contains(type)) throw new VenueError(-1116, "Invalid orderType.");
        FuturesPlacement.CheckPositionSide(p, exchange);
        // The parameter of the old path; here it is called triggerPrice.
        if (p.Has("stopPrice")) throw new VenueError(-1104, "Not all sent parameters were read; parameter 'stopPrice' was not read.");
        var (closes, reduces) = Closing(p, type);
        var isTrailing = type is "TRAILING_STOP_MARKET";
        var isMarket = type.EndsWith("MARKET", StringComparison.Ordinal);
        var match = isMarket ? "NONE" : FuturesPlacement.PriceMatchOf(p);
        var timeInForce = isMarket ? TimeInForce.Gtc : FuturesPlacement.TimeInForceOf(p.Text("timeInForce") ?? "GTC");
        var algo = new AlgoOrder
        {
            Symbol = market.Symbol, Side = side, Type = type, ClosePosition = closes, ReduceOnly = reduces, TimeInForce = timeInForce, PriceMatch = match,
            Quantity = closes ? 0 : FuturesPlacement.Amount(p, "quantity", market.Instrument.QtyPrecision),
            Price = isMarket || match is not "NONE" ? 0 : FuturesPlacement.Amount(p, "price", market.Instrument.PricePrecision),
            TriggerPrice = isTrailing ? 0 : Trigger(p, "triggerPrice", market.Instrument),
            ActivatePrice = isTrailing && p.Has("activatePrice") ? Trigger(p, "activatePrice", market.Instrument) : 0,
            CallbackRate = isTrailing ? Callback(p) : 0, ByMarkPrice = WorkingType(p), PriceProtect = p.Flag("priceProtect"),
            SelfTrade = FuturesPlacement.SelfTradeOf(p.Text("selfTradePreventionMode") ?? "NONE"),
            GoodTillDate = FuturesPlacement.GoodTill(p, timeInForce, exchange),
            ClientAlgoId = FuturesPlacement.Id(p, "clientAlgoId") ?? exchange.NewClientOrderId(),
        };
        Check(algo, market);
        return algo;
    }

    private static (bool Closes, bool Reduces) Closing(Parameters p, string type)
    {
        var (closes, reduces) = (p.Flag("closePosition"), p.Flag("reduceOnly"));
        if (!closes) return (false, reduces);
        if (type is not ("STOP_MARKET" or "TAKE_PROFIT_MARKET")) throw new VenueError(-4136, $"Target strategy invalid for orderType {type},closePosition true");
        if (p.Has("quantity")) throw new VenueError(-4137, "Quantity must be zero with closePosition equals true");
        if (reduces) throw new VenueError(-4138, "Reduce only must be true with closePosition equals true");
        return (true, false);
    }

    private static void Check(AlgoOrder algo, Market market)
    {
        var instrument = market.Instrument;
        if (!algo.ClosePosition) FuturesFilters.CheckQuantity(algo.Quantity, algo.IsMarket, instrument);
        if (algo.Price > 0 && algo.Price % instrument.TickSize != 0) throw new VenueError(-4014, "Price not increased by tick size.");
        var value = algo.Quantity * (algo.Price > 0 ? algo.Price : algo.TriggerPrice > 0 ? algo.TriggerPrice : market.MarkPrice);
        if (!algo.ClosePosition && !algo.ReduceOnly) FuturesFilters.CheckNotional(value, instrument);
    }

    private static decimal Trigger(Parameters p, string name, Instrument instrument)
    {
        if (p.Text(name) is ['-', ..]) throw new VenueError(-4006, "Stop price less than zero.");
        var price = p.RequiredAmount(name);
        if (price == 0) throw new VenueError(-4006, "Stop price less than zero.");
        if (price > instrument.MaxPrice) throw new VenueError(-4007, "Stop price greater than max price.");
        if (Instrument.Decimals(price) > Math.Max(2, instrument.PricePrecision))
            throw new VenueError(-1111, "Precision is over the maximum defined for this asset.");
        return price % instrument.TickSize == 0 ? price : throw new VenueError(-4014, "Price not increased by tick size.");
    }

    private static decimal Callback(Parameters p)
    {
        var rate = p.RequiredAmount("callbackRate");
        return rate is >= MinCallback and <= MaxCallback ? rate : throw new VenueError(-2007, "Invalid callBack rate");
    }

    private static bool WorkingType(Parameters p) => p.Text("workingType") switch
    {
        null or "CONTRACT_PRICE" => false,
        "MARK_PRICE" => true,
        _ => throw new VenueError(-1130, "Data sent for parameter 'workingType' is not valid."),
    };
}
