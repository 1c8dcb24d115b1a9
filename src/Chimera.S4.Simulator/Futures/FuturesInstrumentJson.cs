using System.Text.Json;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Futures;

/// <summary>A symbol of <c>GET /fapi/v1/exchangeInfo</c>; the filters use other keys than spot's (reference §2.4, §10).</summary>
internal static class FuturesInstrumentJson
{
    // The conditional types are listed as Binance lists them, although they are placed elsewhere.
    private static readonly string[] OrderTypes = ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];
    private static readonly string[] TimesInForce = ["GTC", "IOC", "FOK", "GTX", "GTD"];

    public static void Write(Utf8JsonWriter w, Instrument i)
    {
        w.WriteString("symbol", i.Symbol);
        w.WriteString("pair", i.Symbol);
        w.WriteString("contractType", "PERPETUAL");
        w.WriteNumber("deliveryDate", 4133404800000);
        w.WriteNumber("onboardDate", 1569398400000);
        w.WriteString("status", "TRADING");
        w.WriteString("maintMarginPercent", "2.5000");
        w.WriteString("requiredMarginPercent", "5.0000");
        w.WriteString("baseAsset", i.BaseAsset);
        w.WriteString("quoteAsset", i.QuoteAsset);
        w.WriteString("marginAsset", i.QuoteAsset);
        // Precisions, not grid sizes: a client that rounds by them gets -4014.
        w.WriteNumber("pricePrecision", Math.Max(2, i.PricePrecision));
        w.WriteNumber("quantityPrecision", i.QtyPrecision);
        w.WriteNumber("baseAssetPrecision", 8);
        w.WriteNumber("quotePrecision", 8);
        w.WriteString("underlyingType", "COIN");
        w.WriteString("triggerProtect", "0.0500");
        w.WriteString("liquidationFee", "0.012500");
        w.WriteString("marketTakeBound", "0.05");
        w.WriteStartArray("filters");
        Filter(w, "PRICE_FILTER", ("minPrice", i.MinPrice), ("maxPrice", i.MaxPrice), ("tickSize", i.TickSize));
        Filter(w, "LOT_SIZE", ("minQty", i.MinQty), ("maxQty", i.MaxQty), ("stepSize", i.StepSize));
        Filter(w, "MARKET_LOT_SIZE", ("minQty", i.MinQty), ("maxQty", i.MarketMaxQty), ("stepSize", i.StepSize));
        w.Object(i, static (w, i) =>
        {
            w.WriteString("filterType", "MAX_NUM_ORDERS");
            w.WriteNumber("limit", i.MaxNumOrders);
        });
        Filter(w, "MIN_NOTIONAL", ("notional", i.MinNotional));
        w.Object(i, static (w, i) =>
        {
            w.WriteString("filterType", "PERCENT_PRICE");
            w.Amount("multiplierUp", i.MultiplierUp, "0.0000");
            w.Amount("multiplierDown", i.MultiplierDown, "0.0000");
            w.WriteString("multiplierDecimal", "4");
        });
        w.WriteEndArray();
        Names(w, "orderTypes", OrderTypes);
        Names(w, "timeInForce", TimesInForce);
    }

    private static void Filter(Utf8JsonWriter w, string type, params ReadOnlySpan<(string Name, decimal Value)> fields)
    {
        w.WriteStartObject();
        w.WriteString("filterType", type);
        foreach (var (name, value) in fields) w.WriteString(name, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        w.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter w, string property, string[] names)
    {
        w.WriteStartArray(property);
        foreach (var name in names) w.WriteStringValue(name);
        w.WriteEndArray();
    }
}
