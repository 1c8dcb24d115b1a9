using System.Collections.Frozen;
using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>A symbol of <c>exchangeInfo</c> with its filters. Unknown filters are counted and passed over: new ones appear.</summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/filters</remarks>
static class Instruments
{
    static readonly FrozenSet<string> Known = new[]
    {
        "PRICE_FILTER", "LOT_SIZE", "MARKET_LOT_SIZE", "NOTIONAL", "MIN_NOTIONAL", "PERCENT_PRICE", "PERCENT_PRICE_BY_SIDE", "ICEBERG_PARTS", "MAX_POSITION", "TRAILING_DELTA",
        "MAX_NUM_ORDERS", "MAX_NUM_ALGO_ORDERS", "MAX_NUM_ICEBERG_ORDERS", "MAX_NUM_ORDER_LISTS", "MAX_NUM_ORDER_AMENDS",
        // Of no use here: what a position may become is the venue's to decide, and this one is not documented.
        "POSITION_RISK_CONTROL",
    }.ToFrozenSet();

    /// <param name="exchange">The whole answer, for its <c>exchangeFilters</c>; null: none.</param>
    public static Instrument Read(Market market, JsonElement json, JsonElement? exchange = null)
    {
        var filters = json.Rows("filters").ToLookup(filter => filter.Text("filterType"));
        foreach (var kind in filters.Where(kind => kind.Key is null || !Known.Contains(kind.Key))) VenueMeter.UnknownWord(market, "filter", kind.Key);
        JsonElement Filter(string name) => filters[name].FirstOrDefault();
        var (price, notional, minNotional, trailing) = (Filter("PRICE_FILTER"), Filter("NOTIONAL"), Filter("MIN_NOTIONAL"), Filter("TRAILING_DELTA"));
        return new()
        {
            Market = market,
            Symbol = json.Required("symbol"),
            BaseAsset = json.Required("baseAsset"),
            QuoteAsset = json.Required("quoteAsset"),
            IsTrading = json.Text("status") is "TRADING" && json.Flag("isSpotTradingAllowed") is not false,
            // Futures pricePrecision and quantityPrecision are not the tick and step: the filters are.
            Prices = new PriceGrid(price.Money("tickSize") ?? 0, price.Money("minPrice") ?? 0, price.Money("maxPrice") ?? 0),
            Lots = Lots(Filter("LOT_SIZE")),
            MarketLots = Lots(Filter("MARKET_LOT_SIZE")),
            // Spot: NOTIONAL (both bounds) or the older MIN_NOTIONAL; futures: MIN_NOTIONAL with its own key, for every type of order.
            MinNotional = notional.Money("minNotional") ?? minNotional.Money("minNotional") ?? minNotional.Money("notional") ?? 0,
            MaxNotional = notional.Money("maxNotional") ?? 0,
            MinNotionalAppliesToMarket = notional.Flag("applyMinToMarket") ?? minNotional.Flag("applyToMarket") ?? true,
            MaxNotionalAppliesToMarket = notional.Flag("applyMaxToMarket") ?? false,
            Band = market is Market.Spot ? SpotBand(Filter("PERCENT_PRICE"), Filter("PERCENT_PRICE_BY_SIDE")) : FuturesBand(Filter("PERCENT_PRICE")),
            Limits = Limits("", Filter),
            VenueLimits = ExchangeLimits(exchange),
            IcebergParts = Whole(Filter("ICEBERG_PARTS"), "limit"),
            MaxPosition = Filter("MAX_POSITION").Money("maxPosition") ?? 0,
            TrailingAbove = (Whole(trailing, "minTrailingAboveDelta"), Whole(trailing, "maxTrailingAboveDelta")),
            TrailingBelow = (Whole(trailing, "minTrailingBelowDelta"), Whole(trailing, "maxTrailingBelowDelta")),
            Features = FeaturesOf(json),
            TriggerProtect = json.Money("triggerProtect") ?? 0,
            MarketTakeBound = json.Money("marketTakeBound") ?? 0,
        };
    }

    static LotGrid Lots(JsonElement filter) => new(filter.Money("stepSize") ?? 0, filter.Money("minQty") ?? 0, filter.Money("maxQty") ?? 0);

    static PriceBand SpotBand(JsonElement both, JsonElement bySide)
    {
        if (bySide.ValueKind is JsonValueKind.Object)
            return new(
                bySide.Money("bidMultiplierUp") ?? 0, bySide.Money("bidMultiplierDown") ?? 0, bySide.Money("askMultiplierUp") ?? 0, bySide.Money("askMultiplierDown") ?? 0,
                Whole(bySide, "avgPriceMins"));
        var (up, down) = (both.Money("multiplierUp") ?? 0, both.Money("multiplierDown") ?? 0);
        return new(up, down, up, down, Whole(both, "avgPriceMins"));
    }

    static PriceBand FuturesBand(JsonElement filter) => new(filter.Money("multiplierUp") ?? 0, 0, 0, filter.Money("multiplierDown") ?? 0);

    static OrderLimits ExchangeLimits(JsonElement? exchange)
    {
        if (exchange is not { } whole) return OrderLimits.None;
        var filters = whole.Rows("exchangeFilters").ToLookup(filter => filter.Text("filterType"));
        return Limits("EXCHANGE_", name => filters[name].FirstOrDefault());
    }

    /// <summary>Spot writes a key of its own in each filter, futures writes <c>limit</c>.</summary>
    static OrderLimits Limits(string scope, Func<string, JsonElement> filter)
    {
        int Of(string name, string key) => filter(scope + name) is var found && Whole(found, key) is > 0 and var own ? own : Whole(found, "limit");
        return new(
            Of("MAX_NUM_ORDERS", "maxNumOrders"), Of("MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders"), Of("MAX_NUM_ICEBERG_ORDERS", "maxNumIcebergOrders"),
            Of("MAX_NUM_ORDER_LISTS", "maxNumOrderLists"), Of("MAX_NUM_ORDER_AMENDS", "maxNumOrderAmends"));
    }

    static Features FeaturesOf(JsonElement json)
    {
        Features If(string flag, Features feature) => json.Flag(flag) is true ? feature : Features.None;
        return If("ocoAllowed", Features.Oco) | If("otoAllowed", Features.Oto) | If("opoAllowed", Features.Opo) | If("cancelReplaceAllowed", Features.CancelReplace)
            | If("amendAllowed", Features.Amend) | If("icebergAllowed", Features.Iceberg) | If("allowTrailingStop", Features.TrailingStop)
            | If("quoteOrderQtyMarketAllowed", Features.QuoteQty);
    }

    static int Whole(JsonElement json, string name) => (int)Math.Clamp(json.Number(name) ?? 0, 0, int.MaxValue);
}
