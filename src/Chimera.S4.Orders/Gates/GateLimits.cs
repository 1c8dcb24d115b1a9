namespace Chimera.S4.Orders;

/// <summary>Hard limits of one order, and of how an order may meet its market. Each may differ by symbol.</summary>
public sealed record GateLimits
{
    /// <summary>Base units. <c>S4_MAX_ORDER_QTY</c>.</summary>
    public PerSymbol MaxQty { get; init; } = new(1_000_000, new Dictionary<string, decimal> { ["BTCUSDT"] = 25, ["ETHUSDT"] = 500 });

    /// <summary>Quote units, at the limit price or the middle of the book. <c>S4_MAX_ORDER_NOTIONAL</c>.</summary>
    public PerSymbol MaxNotional { get; init; } = new(250_000);

    /// <summary>How far a limit may reach beyond the middle of the book, in basis points of it: a BUY above, a SELL below. <c>S4_PRICE_COLLAR_BPS</c>.</summary>
    public PerSymbol CollarBps { get; init; } = new(500);

    /// <summary>Intents that add exposure in any 60 s, all replicas together. <c>S4_MAX_ORDERS_PER_MINUTE</c>.</summary>
    public int OrdersPerMinute { get; init; } = 600;

    public LiquidityLimits Liquidity { get; init; } = new();
}

/// <summary>What a market order may cost before the liquidity guard changes it (spec §6).</summary>
public sealed record LiquidityLimits
{
    /// <summary>Estimated cost against the middle of the book, basis points. <c>S4_MAX_SLIPPAGE_BPS</c>.</summary>
    public PerSymbol MaxSlippageBps { get; init; } = new(100);

    /// <summary>Best ask over best bid, basis points of the middle. <c>S4_MAX_SPREAD_BPS</c>.</summary>
    public PerSymbol MaxSpreadBps { get; init; } = new(100);

    /// <summary>What becomes of an order that would cost more. <c>S4_LIQUIDITY_ACTION</c>.</summary>
    public LiquidityAction Action { get; init; } = LiquidityAction.Limit;

    /// <summary>How long SHRINK and DELAY may hold a quantity up, and a market that is not known, from when it was first found so. <c>S4_LIQUIDITY_MAX_DELAY</c>.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Wire: <c>LIMIT</c>: taken at a limit as far as it goes, the rest lapses. <c>SHRINK</c>: as much as the book bears now, more when it has filled up again. <c>DELAY</c>: not before the book bears all of it.</summary>
public enum LiquidityAction { Unknown, Limit, Shrink, Delay }
