using System.Globalization;
using System.Text.Json.Nodes;

namespace Chimera.S4.System.Tests.Check;

/// <summary>What must become of an intent: filled with a quantity, or denied with a code and that code's HTTP status.</summary>
sealed record Verdict(string Status, string? Code, int Http, decimal Qty);

/// <summary>Judges an intent by the rules of design §7 and spec §11 and by the exchange's own filters, in a market where every valid one fills at once.</summary>
sealed class Oracle(IReadOnlyList<Instrument> instruments)
{
    static readonly HashSet<string> Fields = ["intent_id", "market", "symbol", "side", "qty", "type", "price", "time_in_force", "reduce_only", "expires_at"];

    public Verdict Judge(JsonObject intent) => Denied(intent) ?? Filled(intent);

    static Verdict? Form(JsonObject intent, string type)
    {
        if (intent.Any(field => !Fields.Contains(field.Key))) return Deny("UNKNOWN_FIELD", 400);
        foreach (var (field, words) in new[] { ("market", "SPOT FUT"), ("side", "BUY SELL"), ("type", "MARKET LIMIT"), ("time_in_force", "GTC IOC FOK") })
            if (Text(intent, field) is { } word && !words.Split(' ').Contains(word)) return Deny("UNKNOWN_WORD", 400);
        foreach (var field in new[] { "market", "symbol", "side", "qty" })
            if (Text(intent, field) is null) return Deny("FIELD_REQUIRED", 400);
        if (Amount(intent, "qty") <= 0) return Deny("MALFORMED_FIELD", 400);
        if (type == "LIMIT" && Text(intent, "price") is null) return Deny("FIELD_REQUIRED", 400);
        if (type == "MARKET" && (Text(intent, "price") ?? Text(intent, "time_in_force")) is not null) return Deny("FIELD_NOT_ALLOWED", 400);
        return null;
    }

    Verdict? Denied(JsonObject intent)
    {
        var type = Text(intent, "type") ?? "MARKET";
        if (Form(intent, type) is { } malformed) return malformed;
        if (Text(intent, "reduce_only") == "true" && Text(intent, "market") == "SPOT" && Text(intent, "side") == "BUY") return Deny("REDUCE_ONLY_WOULD_OPEN", 422);
        if (Of(intent) is not { } symbol) return Deny("UNKNOWN_SYMBOL", 400);
        var qty = symbol.OnStep(Amount(intent, "qty"));
        if (qty == 0) return Deny("QTY_BELOW_STEP", 400);
        if (type == "LIMIT" && Amount(intent, "price") % symbol.Tick != 0) return Deny("PRICE_OFF_TICK", 400);
        if (type == "LIMIT" && (Amount(intent, "price") < symbol.MinPrice || Amount(intent, "price") > symbol.MaxPrice)) return Deny("PRICE_OUT_OF_RANGE", 422);
        if (qty < symbol.MinQty) return Deny("QTY_BELOW_MIN", 422);
        if (qty > (type == "MARKET" ? Math.Min(symbol.MaxQty, symbol.MarketMaxQty) : symbol.MaxQty)) return Deny("QTY_ABOVE_MAX", 422);
        var notional = qty * (type == "LIMIT" ? Amount(intent, "price") : symbol.Mid);
        if (notional < symbol.MinNotional) return Deny("BELOW_MIN_NOTIONAL", 422);
        return type == "LIMIT" && symbol.MaxNotional > 0 && notional > symbol.MaxNotional ? Deny("ABOVE_MAX_NOTIONAL", 422) : null;
    }

    Verdict Filled(JsonObject intent)
    {
        var asked = Amount(intent, "qty");
        var qty = Of(intent)!.OnStep(asked);
        return new Verdict("FILLED", qty == asked ? null : "QTY_ROUNDED", 200, qty);
    }

    Instrument? Of(JsonObject intent) => instruments.SingleOrDefault(one => one.Market == Text(intent, "market") && one.Symbol == Text(intent, "symbol"));

    static Verdict Deny(string code, int http) => new("REJECTED", code, http, 0);
    static string? Text(JsonObject intent, string field) => intent[field]?.ToString();
    static decimal Amount(JsonObject intent, string field) => decimal.Parse(Text(intent, field)!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
