namespace Chimera.S4.Orders;

/// <summary>One gate before new exposure: a pure function of what is asked and what is known.</summary>
/// <param name="NeedsMarket">It is asked once the instrument is known and the quantity lies on its grid; false: before anything is known.</param>
/// <param name="Says">Why it is closed; null: it lets the intent pass.</param>
public sealed record Gate(ReasonCode Reason, bool NeedsMarket, Func<GateQuestion, string?> Says);

/// <param name="Qty">On the grid; as asked where the instrument is not known yet.</param>
public sealed record GateQuestion(Intent Intent, Quantity Qty, IntentFacts Facts)
{
    public string Symbol => Intent.Symbol;
    public GateLimits Limits => Facts.Gates!;

    /// <summary>What the quantity is judged by; null: no fresh price is known.</summary>
    public decimal? Price => Intent.Price?.Value ?? Facts.Mid;
}

/// <summary>Every gate that an intent passes before it is accepted, in order; the first that is closed is the answer. What reduces passes them all.</summary>
public static class PreTradeGates
{
    public static readonly IReadOnlyList<Gate> Table =
    [
        new(ReasonCode.KillSwitch, false, asked => asked.Facts.State switch
        {
            { IsKilled: true } => "the kill switch is on: only reduce_only intents and cancels pass",
            { IsUnreadable: true } => "the kill switch cannot be read, and counts as on: only reduce_only intents and cancels pass",
            _ => null,
        }),
        new(ReasonCode.BreakerOpen, false, asked => asked.Facts.State.Of(asked.Intent.Market) is BreakerState.Open
            ? $"too many requests to {Words.Of(asked.Intent.Market)} fail: new exposure is paused; reduce_only intents and cancels pass" : null),
        new(ReasonCode.OrderQtyLimit, true, asked => Above("qty", asked.Qty.Value, asked.Limits.MaxQty.Of(asked.Symbol), "S4_MAX_ORDER_QTY", asked.Symbol)),
        new(ReasonCode.NoMarketData, true, asked => asked.Price is null ? $"no fresh price of {asked.Symbol} to judge the order by; try again" : null),
        new(ReasonCode.OrderNotionalLimit, true, asked => Above($"{asked.Qty} × {Text(asked.Price!.Value)} =", asked.Qty.Value * asked.Price.Value, asked.Limits.MaxNotional.Of(asked.Symbol), "S4_MAX_ORDER_NOTIONAL", asked.Symbol)),
        new(ReasonCode.NoMarketData, true, asked => CanTake(asked.Intent) && asked.Facts.Mid is null ? $"no fresh price of {asked.Symbol} to hold the limit against; try again" : null),
        new(ReasonCode.PriceCollar, true, Collar),
        new(ReasonCode.OrderRateLimit, true, asked => asked.Facts.IsOverRate ? $"more than {asked.Limits.OrdersPerMinute} intents that add exposure within a minute (S4_MAX_ORDERS_PER_MINUTE)" : null),
    ];

    /// <summary>Null: it may be accepted as far as these gates go.</summary>
    public static Denial? Check(Intent intent, Quantity qty, IntentFacts facts, bool withMarket)
    {
        if (facts.Gates is null || !Exposure.Adds(intent)) return null;
        var asked = new GateQuestion(intent, qty, facts);
        foreach (var gate in Table)
            if (gate.NeedsMarket == withMarket && gate.Says(asked) is { } why) return new Denial(gate.Reason, why);
        return null;
    }

    // Where it waits on its own side of the book it may be as far away as the venue allows; what can be costly is to reach across.
    static string? Collar(GateQuestion asked)
    {
        if (!CanTake(asked.Intent) || asked.Facts.Mid is not { } mid) return null;
        var (price, bps) = (asked.Intent.Price!.Value.Value, asked.Limits.CollarBps.Of(asked.Symbol));
        var beyond = (asked.Intent.Side is Side.Buy ? price - mid : mid - price) / mid * 10_000m;
        return beyond <= bps ? null : $"price {Text(price)} of a {Words.Of(asked.Intent.Side)} is {Text(Math.Round(beyond, 1))} bps beyond the middle of the book {Text(mid)}; allowed: {Text(bps)} (S4_PRICE_COLLAR_BPS)";
    }

    static bool CanTake(Intent intent) => intent is { Type: OrderType.Limit, Price: not null };

    static string? Above(string what, decimal value, decimal most, string variable, string symbol) =>
        value <= most ? null : $"{what} {Text(value)} is above {Text(most)}, the most for one order of {symbol} ({variable})";

    static string Text(decimal value) => DecimalJson.Format(value);
}
