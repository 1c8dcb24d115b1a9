namespace Chimera.S4.Orders;

/// <summary>What the book says of a market order (spec §6): whether it bears it, how much of it, and the worst price that may be paid.</summary>
/// <param name="Objection">What is wrong with taking all of it now; null: nothing.</param>
/// <param name="Bears">How much can be taken within the limits now; as far as the known levels tell.</param>
/// <param name="Worst">The limit that keeps it within the limits; null: no price is known.</param>
public sealed record Liquidity(string? Objection, Quantity Bears, Price? Worst)
{
    /// <param name="quote">Fresh; null: none is known, and what is stale is as good as none.</param>
    public static Liquidity Of(Side side, Quantity qty, string symbol, Quote? quote, LiquidityLimits limits)
    {
        if (quote?.Mid is not { } mid || mid <= 0) return new($"no fresh book of {symbol} is known", Quantity.Zero, null);
        var (buys, most) = (side is Side.Buy, limits.MaxSlippageBps.Of(symbol));
        var worst = new Price(mid + (buys ? 1 : -1) * mid * most / 10_000m);
        var spread = (quote.Asks[0].Price - quote.Bids[0].Price) / mid * 10_000m;
        if (spread > limits.MaxSpreadBps.Of(symbol)) return new($"the spread is {Bps(spread)}, more than {Bps(limits.MaxSpreadBps.Of(symbol))} (S4_MAX_SPREAD_BPS)", Quantity.Zero, worst);
        decimal bears = 0, taken = 0, paid = 0;
        foreach (var level in buys ? quote.Asks : quote.Bids)
        {
            if (buys ? level.Price <= worst.Value : level.Price >= worst.Value) bears += level.Qty;
            var take = Math.Min(level.Qty, qty.Value - taken);
            (taken, paid) = (taken + take, paid + take * level.Price);
        }
        // What lies behind the known levels is not known, and counts as too dear.
        if (taken < qty.Value) return new($"the known book holds {DecimalJson.Format(taken)} of {qty}", new Quantity(bears), worst);
        var cost = (buys ? 1 : -1) * (paid / taken - mid) / mid * 10_000m;
        return new(cost <= most ? null : $"it would cost {Bps(cost)}, more than {Bps(most)} (S4_MAX_SLIPPAGE_BPS)", new Quantity(Math.Min(bears, qty.Value)), worst);
    }

    static string Bps(decimal value) => $"{DecimalJson.Format(Math.Round(value, 1))} bps";
}
