using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>A symbol of <c>exchangeInfo</c> with its filters. Filters that the router has no use for yet, and unknown ones, are passed over.</summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/filters</remarks>
static class Instruments
{
    public static Instrument Read(Market market, JsonElement json)
    {
        var filters = json.Rows("filters").ToLookup(filter => filter.Text("filterType"));
        var price = filters["PRICE_FILTER"].FirstOrDefault();
        var notional = filters["NOTIONAL"].FirstOrDefault();
        var minNotional = filters["MIN_NOTIONAL"].FirstOrDefault();
        return new()
        {
            Market = market,
            Symbol = json.Required("symbol"),
            BaseAsset = json.Required("baseAsset"),
            QuoteAsset = json.Required("quoteAsset"),
            IsTrading = json.Text("status") is "TRADING" && json.Flag("isSpotTradingAllowed") is not false,
            // Futures pricePrecision and quantityPrecision are not the tick and step: the filters are.
            Prices = new PriceGrid(price.Money("tickSize") ?? 0, price.Money("minPrice") ?? 0, price.Money("maxPrice") ?? 0),
            Lots = Lots(filters["LOT_SIZE"].FirstOrDefault()),
            MarketLots = Lots(filters["MARKET_LOT_SIZE"].FirstOrDefault()),
            // Spot: NOTIONAL (both bounds) or the older MIN_NOTIONAL; futures: MIN_NOTIONAL with its own key, for every type of order.
            MinNotional = notional.Money("minNotional") ?? minNotional.Money("minNotional") ?? minNotional.Money("notional") ?? 0,
            MaxNotional = notional.Money("maxNotional") ?? 0,
            MinNotionalAppliesToMarket = notional.Flag("applyMinToMarket") ?? minNotional.Flag("applyToMarket") ?? true,
            MaxNotionalAppliesToMarket = notional.Flag("applyMaxToMarket") ?? false,
        };
    }

    static LotGrid Lots(JsonElement filter) => new(filter.Money("stepSize") ?? 0, filter.Money("minQty") ?? 0, filter.Money("maxQty") ?? 0);
}
