using System.Globalization;
using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Admin;

/// <summary><c>/sim/market</c>: look at the markets, turn their dials, let somebody else trade.</summary>
internal sealed class MarketAdmin(IReadOnlyList<Exchange> exchanges)
{
    public void Map(RouteGroupBuilder group)
    {
        group.MapGet("/market", () => AdminResult.Ok(exchanges, static (w, all) =>
        {
            w.WriteStartArray();
            foreach (var exchange in all)
                exchange.Read(() =>
                {
                    foreach (var market in exchange.Markets.Values) w.Object((exchange.Venue, market), Show);
                    return true;
                });
            w.WriteEndArray();
        }));
        group.MapPut("/market", async (HttpContext http) =>
        {
            var body = await AdminSurface.Body(http);
            foreach (var change in body.ValueKind is JsonValueKind.Array ? body.EnumerateArray().ToArray() : [body]) Change(change);
            return new AdminResult(200, Reply.Empty.Body);
        });
    }

    private void Change(JsonElement change)
    {
        var venue = AdminSurface.VenueOf(Text(change, "venue"));
        var symbol = Text(change, "symbol");
        var concerned = exchanges.Where(e => venue is null || e.Venue == venue)
            .SelectMany(e => e.Markets.Values.Where(m => symbol is null || m.Symbol == symbol).Select(m => (Exchange: e, Market: m))).ToArray();
        if (concerned.Length == 0) throw new AdminError($"symbol: '{symbol}' is not traded here");
        foreach (var (exchange, market) in concerned)
            exchange.Execute(Fence.Open, () =>
            {
                Apply(exchange, market, change);
                return true;
            });
    }

    private static void Apply(Exchange exchange, Market market, JsonElement change)
    {
        var settings = market.Settings;
        if (Amount(change, "mid", 0.00000001m, 1_000_000_000) is { } mid)
        {
            market.Mid = market.LastPrice = mid;
            // A scripted price stays: the process is drawn to it from now on.
            market.Process.Start = mid;
        }
        settings.Spread = Amount(change, "spread", market.Instrument.TickSize, 1_000_000_000) ?? settings.Spread;
        settings.Depth = Amount(change, "depth", market.Instrument.StepSize, 1_000_000_000) ?? settings.Depth;
        settings.Levels = (int)(Amount(change, "levels", 0, 1000) ?? settings.Levels);
        settings.Volatility = (double)(Amount(change, "volatility", 0, 0.05m) ?? (decimal)settings.Volatility);
        exchange.Script(market);
        if (change.TryGetProperty("trade", out var trade)) Trade(exchange, market, trade);
    }

    private static void Trade(Exchange exchange, Market market, JsonElement trade)
    {
        var side = Text(trade, "side") switch
        {
            "BUY" => Side.Buy,
            "SELL" => Side.Sell,
            var text => throw new AdminError($"trade.side: '{text}' is not BUY or SELL"),
        };
        var qty = Amount(trade, "qty", market.Instrument.StepSize, 1_000_000_000) ?? throw new AdminError("trade.qty: missing");
        var book = market.Book.Against(side);
        if (book.IsEmpty) return;
        exchange.Aggress(market, side, Amount(trade, "price", 0, 1_000_000_000) ?? book.BestPrice, qty);
    }

    private static void Show(Utf8JsonWriter w, (Venue Venue, Market Market) shown)
    {
        var (venue, market) = shown;
        w.WriteString("venue", venue.Wire());
        w.WriteString("symbol", market.Symbol);
        w.Amount("mid", market.Mid);
        w.Amount("bid", market.Book.Bids.BestPrice);
        w.Amount("ask", market.Book.Asks.BestPrice);
        w.Amount("last", market.LastPrice);
        w.Amount("spread", market.Settings.Spread);
        w.Amount("depth", market.Settings.Depth);
        w.WriteNumber("levels", market.Settings.Levels);
        w.WriteNumber("volatility", market.Settings.Volatility);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static decimal? Amount(JsonElement json, string name, decimal min, decimal max)
    {
        if (!json.TryGetProperty(name, out var value)) return null;
        var text = value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount >= min && amount <= max
            ? amount
            : throw new AdminError($"{name}: '{text}' is not a number from {min} to {max}");
    }
}
