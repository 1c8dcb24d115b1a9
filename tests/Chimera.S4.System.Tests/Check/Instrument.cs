using System.Globalization;
using System.Text.Json;
using Chimera.S4.System.Tests.Callers;

namespace Chimera.S4.System.Tests.Check;

/// <summary>A symbol as the exchange publishes it, with the mid of the frozen market.</summary>
sealed record Instrument(string Market, string Symbol, decimal Tick, decimal MinPrice, decimal MaxPrice, decimal Step, decimal MinQty, decimal MaxQty, decimal MarketMaxQty, decimal MinNotional, decimal MaxNotional, decimal Mid)
{
    public static async Task<IReadOnlyList<Instrument>> ReadAll(VenueCaller venue)
    {
        var mids = (await venue.Get("/sim/market")).Json.EnumerateArray().ToDictionary(row => (Ledger.Text(row, "venue"), Ledger.Text(row, "symbol")), row => Ledger.Amount(row, "mid"));
        return [.. Read("SPOT", (await venue.Get("/api/v3/exchangeInfo")).Json, mids), .. Read("FUT", (await venue.Get("/fapi/v1/exchangeInfo")).Json, mids)];
    }

    static IEnumerable<Instrument> Read(string market, JsonElement json, Dictionary<(string, string), decimal> mids)
    {
        foreach (var row in json.GetProperty("symbols").EnumerateArray())
        {
            var filters = row.GetProperty("filters").EnumerateArray().ToDictionary(filter => filter.GetProperty("filterType").GetString()!);
            var (price, lot, marketLot) = (filters["PRICE_FILTER"], filters["LOT_SIZE"], filters["MARKET_LOT_SIZE"]);
            var symbol = row.GetProperty("symbol").GetString()!;
            yield return new Instrument(market, symbol, Ledger.Amount(price, "tickSize"), Ledger.Amount(price, "minPrice"), Ledger.Amount(price, "maxPrice"),
                Ledger.Amount(lot, "stepSize"), Ledger.Amount(lot, "minQty"), Ledger.Amount(lot, "maxQty"), Ledger.Amount(marketLot, "maxQty"),
                market == "SPOT" ? Ledger.Amount(filters["NOTIONAL"], "minNotional") : Ledger.Amount(filters["MIN_NOTIONAL"], "notional"),
                market == "SPOT" ? Ledger.Amount(filters["NOTIONAL"], "maxNotional") : 0, mids[(market, symbol)]);
        }
    }

    /// <summary>The nearest multiple of the tick below, or above.</summary>
    public decimal OnTick(decimal price, bool up) => (up ? Math.Ceiling(price / Tick) : Math.Floor(price / Tick)) * Tick;
    public decimal OnStep(decimal qty) => Math.Floor(qty / Step) * Step;

    public static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
