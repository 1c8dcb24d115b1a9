namespace Chimera.S4.Simulator.Engine;

/// <summary>One fill of one of our orders, as <c>myTrades</c>, <c>userTrades</c> and the ledger show it.</summary>
internal sealed record Trade
{
    public required long TradeId { get; init; }
    public required long OrderId { get; init; }
    public required string Symbol { get; init; }

    /// <summary>The id the order was placed with.</summary>
    public required string ClientOrderId { get; init; }
    public required Side Side { get; init; }
    public required decimal Price { get; init; }
    public required decimal Qty { get; init; }
    public required bool Maker { get; init; }
    public required long Time { get; init; }

    /// <summary>The same moment to the microsecond, on a clock that no fault skews.</summary>
    public long TimeUs { get; init; }
    public decimal Commission { get; set; }
    public string CommissionAsset { get; set; } = "";
    public decimal RealizedPnl { get; set; }
    public decimal QuoteQty => Price * Qty;
}

/// <summary>A trade as the public sees it: who was the passive side, never who it was.</summary>
internal readonly record struct PublicTrade(long TradeId, decimal Price, decimal Qty, bool BuyerIsMaker, long Time);
