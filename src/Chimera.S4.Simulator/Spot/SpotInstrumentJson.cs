using System.Text.Json;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Spot;

/// <summary>A symbol of <c>GET /api/v3/exchangeInfo</c> (reference §1.5, §1.7).</summary>
internal static class SpotInstrumentJson
{
    private static readonly string[] OrderTypes = 
    [
        "LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT",
    ];
    private static readonly string[] NotYet =
    [
        "icebergAllowed", "allowTrailingStop", "pegInstructionsAllowed", "isMarginTradingAllowed",
    ];
    private static readonly string[] Allowed =
    [
        "ocoAllowed", "otoAllowed", "opoAllowed", "cancelReplaceAllowed", "amendAllowed", "quoteOrderQtyMarketAllowed", "isSpotTradingAllowed",
    ];
    private static readonly string[] SelfTradeModes = ["NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT", "TRANSFER"];

    public static void Write(Utf8JsonWriter w, Instrument i)
    {
        w.WriteString("symbol", i.Symbol);
        w.WriteString("status", "TRADING");
        w.WriteString("baseAsset", i.BaseAsset);
        w.WriteNumber("baseAssetPrecision", 8);
        w.WriteString("quoteAsset", i.QuoteAsset);
        foreach (var name in (string[])["quotePrecision", "quoteAssetPrecision", "baseCommissionPrecision", "quoteCommissionPrecision"]) w.WriteNumber(name, 8);
        Names(w, "orderTypes", OrderTypes);
        foreach (var name in NotYet) w.WriteBoolean(name, false);
        foreach (var name in Allowed) w.WriteBoolean(name, true);
        w.WriteStartArray("filters");
        Filters(w, i);
        w.WriteEndArray();
        Names(w, "permissions", []);
        w.WriteStartArray("permissionSets");
        w.WriteStartArray();
        w.WriteStringValue("SPOT");
        w.WriteEndArray();
        w.WriteEndArray();
        w.WriteString("defaultSelfTradePreventionMode", "NONE");
        Names(w, "allowedSelfTradePreventionModes", SelfTradeModes);
    }

    private static void Filters(Utf8JsonWriter w, Instrument i)
    {
        Filter(w, "PRICE_FILTER", ("minPrice", i.MinPrice), ("maxPrice", i.MaxPrice), ("tickSize", i.TickSize));
        Filter(w, "LOT_SIZE", ("minQty", i.MinQty), ("maxQty", i.MaxQty), ("stepSize", i.StepSize));
        Filter(w, "MARKET_LOT_SIZE", ("minQty", 0), ("maxQty", i.MarketMaxQty), ("stepSize", 0));
        w.Object(i, static (w, i) =>
        {
            w.WriteString("filterType", "PERCENT_PRICE_BY_SIDE");
            foreach (var side in (string[])["bid", "ask"])
            {
                w.Amount(side + "MultiplierUp", i.MultiplierUp);
                w.Amount(side + "MultiplierDown", i.MultiplierDown);
            }
            w.WriteNumber("avgPriceMins", 0);
        });
        w.Object(i, static (w, i) =>
        {
            w.WriteString("filterType", "NOTIONAL");
            w.Amount("minNotional", i.MinNotional, WireJson.Spot);
            w.WriteBoolean("applyMinToMarket", true);
            w.Amount("maxNotional", i.MaxNotional, WireJson.Spot);
            w.WriteBoolean("applyMaxToMarket", false);
            w.WriteNumber("avgPriceMins", 0);
        });
        Count(w, "MAX_NUM_ORDERS", "maxNumOrders", i.MaxNumOrders);
        Count(w, "MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders", SpotFilters.MaxConditional);
        Count(w, "MAX_NUM_ORDER_LISTS", "maxNumOrderLists", SpotFilters.MaxLists);
        Count(w, "MAX_NUM_ORDER_AMENDS", "maxNumOrderAmends", SpotFilters.MaxAmendments);
    }

    private static void Count(Utf8JsonWriter w, string type, string name, int most) => w.Object((type, name, most), static (w, f) =>
    {
        w.WriteString("filterType", f.type);
        w.WriteNumber(f.name, f.most);
    });

    private static void Filter(Utf8JsonWriter w, string type, params ReadOnlySpan<(string Name, decimal Value)> fields)
    {
        w.WriteStartObject();
        w.WriteString("filterType", type);
        foreach (var (name, value) in fields) w.Amount(name, value, WireJson.Spot);
        w.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter w, string property, string[] names)
    {
        w.WriteStartArray(property);
        foreach (var name in names) w.WriteStringValue(name);
        w.WriteEndArray();
    }
}
