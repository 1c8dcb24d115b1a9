using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Check;

namespace Chimera.S4.System.Tests.Callers;

/// <summary>Draws intents by seed: both markets, three symbols, MARKET and LIMIT in each time in force; and, where asked, one mistake.</summary>
sealed class IntentMaker(IReadOnlyList<Instrument> instruments, int seed)
{
    readonly Random random = new(seed);

    public static readonly string[] Mistakes =
    [
        "qty below step", "price off tick", "below notional", "unknown side", "unknown market", "unknown time in force", "unknown type", "unknown symbol", "unknown field", "qty too large",
        "qty missing", "qty negative", "price missing", "price on market", "price out of range", "reduce-only spot buy",
    ];

    /// <summary>Fills at once in a frozen market.</summary>
    public JsonObject Marketable(string id) => random.Next(2) == 0 ? Market(id) : Limit(id, through: 0.002m, Pick("GTC", "IOC", "FOK"));

    /// <summary>Rests one percent away from the market.</summary>
    public JsonObject Resting(string id) => Limit(id, through: -0.01m, "GTC");

    /// <summary>The same, and only as a maker.</summary>
    public JsonObject Maker(string id)
    {
        var intent = Resting(id);
        intent["type"] = "LIMIT_MAKER";
        intent.Remove("time_in_force");
        return intent;
    }

    /// <summary>Takes a little away from a long futures position.</summary>
    public JsonObject Reducing(string id)
    {
        var intent = Market(id, Pick([.. instruments.Where(symbol => symbol.Market == "FUT")]));
        (intent["side"], intent["reduce_only"]) = ("SELL", true);
        return intent;
    }

    /// <summary>Rests for a moment, then takes.</summary>
    public JsonObject Patient(string id)
    {
        var intent = Market(id);
        intent["exec_policy"] = new JsonObject { ["maker_then_taker"] = new JsonObject { ["wait_ms"] = random.Next(200, 1500) } };
        return intent;
    }

    /// <summary>Two to four slices, each of them worth sending alone; some rest first.</summary>
    public JsonObject Sliced(string id)
    {
        var symbol = Pick([.. instruments]);
        var (intent, slices) = (Market(id, symbol), random.Next(2, 5));
        intent["qty"] = Instrument.Text(symbol.OnStep((symbol.MinNotional * 1.2m * slices + random.Next(500)) / symbol.Mid) + symbol.Step * slices);
        var policy = new JsonObject { ["twap"] = new JsonObject { ["slices"] = slices, ["gap_ms"] = random.Next(200, 1000), ["jitter_ms"] = random.Next(100) } };
        if (random.Next(2) == 0) policy["maker_then_taker"] = new JsonObject { ["wait_ms"] = random.Next(100, 600) };
        intent["exec_policy"] = policy;
        return intent;
    }

    /// <summary>A futures position with a stop one percent away and take-profits beyond the market.</summary>
    public JsonObject Protected(string id)
    {
        var symbol = Pick([.. instruments.Where(one => one.Market == "FUT")]);
        var intent = Market(id, symbol);
        intent["side"] = "BUY";
        JsonObject At(decimal share) => new() { ["trigger_px"] = Instrument.Text(symbol.OnTick(symbol.Mid * share, up: false)) };
        intent["post_fill_actions"] = new JsonObject { ["stop_loss"] = At(0.99m), ["take_profit"] = new JsonArray(At(1.01m)) };
        return intent;
    }

    /// <summary>Bought on spot, to be sold one percent higher or lower; or the two exits alone, for what is held.</summary>
    public JsonObject Oco(string id, bool held)
    {
        var symbol = Pick([.. instruments.Where(one => one.Market == "SPOT")]);
        var intent = Market(id, symbol);
        intent["side"] = held ? "SELL" : "BUY";
        if (held) intent["reduce_only"] = true;
        intent["exec_policy"] = new JsonObject
        {
            ["oco"] = new JsonObject { ["tp_px"] = Instrument.Text(symbol.OnTick(symbol.Mid * 1.01m, up: false)), ["sl_px"] = Instrument.Text(symbol.OnTick(symbol.Mid * 0.99m, up: false)) },
        };
        return intent;
    }

    /// <summary>A stop one percent below the market, for what is held.</summary>
    public JsonObject Stop(string id)
    {
        var symbol = Pick([.. instruments]);
        var intent = Market(id, symbol);
        (intent["side"], intent["type"], intent["reduce_only"]) = ("SELL", "STOP", true);
        intent["trigger_px"] = Instrument.Text(symbol.OnTick(symbol.Mid * 0.99m, up: false));
        return intent;
    }

    public JsonObject Wrong(string id, string mistake)
    {
        var symbol = Pick([.. instruments]);
        var intent = mistake is "price off tick" or "price missing" or "unknown time in force" or "price out of range" ? Limit(id, 0.002m, "GTC", symbol) : Market(id, symbol);
        switch (mistake)
        {
            case "qty below step": intent["qty"] = Instrument.Text(symbol.Step / 2); break;
            case "price off tick": intent["price"] = Instrument.Text(symbol.Mid + symbol.Tick / 2); break;
            case "below notional": intent["qty"] = Instrument.Text(symbol.Step); break;
            case "unknown side": intent["side"] = "HOLD"; break;
            case "unknown market": intent["market"] = "MARGIN"; break;
            case "unknown time in force": intent["time_in_force"] = "DAY"; break;
            case "unknown type": intent["type"] = "ICEBERG"; break;
            case "unknown symbol": intent["symbol"] = "NOPEUSDT"; break;
            case "unknown field": intent["reduceonly"] = true; break;
            case "qty too large": intent["qty"] = Instrument.Text(symbol.MarketMaxQty + symbol.Step); break;
            case "qty missing": intent.Remove("qty"); break;
            case "qty negative": intent["qty"] = "-1"; break;
            case "price missing": intent.Remove("price"); break;
            case "price on market": intent["price"] = Instrument.Text(symbol.Mid); break;
            case "price out of range": intent["price"] = Instrument.Text(symbol.MaxPrice + symbol.Tick); break;
            case "reduce-only spot buy": (intent["market"], intent["symbol"], intent["side"], intent["qty"], intent["reduce_only"]) = ("SPOT", "BTCUSDT", "BUY", "0.01", true); break;
            default: throw new ArgumentException(mistake);
        }
        return intent;
    }

    public JsonObject Market(string id, Instrument? on = null)
    {
        var symbol = on ?? Pick([.. instruments]);
        var intent = New(id, symbol, Pick("BUY", "SELL"));
        if (random.Next(2) == 0) intent["type"] = "MARKET";              // also the default
        return intent;
    }

    /// <param name="through">How far beyond the mid the price is willing to go; negative: how far it stays away.</param>
    public JsonObject Limit(string id, decimal through, string timeInForce, Instrument? on = null)
    {
        var symbol = on ?? Pick([.. instruments]);
        var side = Pick("BUY", "SELL");
        var intent = New(id, symbol, side);
        var sign = side == "BUY" ? 1 : -1;
        (intent["type"], intent["price"]) = ("LIMIT", Instrument.Text(symbol.OnTick(symbol.Mid * (1 + sign * through), up: side == "BUY")));
        if (timeInForce != "GTC" || random.Next(2) == 0) intent["time_in_force"] = timeInForce;      // GTC is the default
        return intent;
    }

    JsonObject New(string id, Instrument symbol, string side)
    {
        // Well above the smallest value, well below what the account holds. One in ten is off the grid and is rounded down.
        var qty = symbol.OnStep((symbol.MinNotional * 1.2m + random.Next(500)) / symbol.Mid) + symbol.Step;
        if (random.Next(10) == 0) qty += symbol.Step / 4;
        return new JsonObject
        {
            ["intent_id"] = id, ["market"] = symbol.Market, ["symbol"] = symbol.Symbol, ["side"] = side,
            ["qty"] = random.Next(4) == 0 ? JsonValue.Create(qty) : Instrument.Text(qty),           // a number or a string
            ["expires_at"] = "2100-01-01T00:00:00Z",            // a slow machine must not make it too old
        };
    }

    T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}
