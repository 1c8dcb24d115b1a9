using System.Text.Json.Serialization;
using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Futures;

internal enum AlgoStatus { New, Triggering, Triggered, Finished, Canceled, Rejected, Expired }

/// <summary>A conditional order of the Algo service (reference §2.3): it waits outside the book and becomes an order of its own when its price comes.</summary>
internal sealed class AlgoOrder
{
    public long AlgoId { get; set; }
    public required string ClientAlgoId { get; init; }
    public required string Symbol { get; init; }
    public required Side Side { get; init; }

    /// <summary>STOP, STOP_MARKET, TAKE_PROFIT, TAKE_PROFIT_MARKET, TRAILING_STOP_MARKET.</summary>
    public required string Type { get; init; }
    public TimeInForce TimeInForce { get; init; }
    public decimal Quantity { get; init; }
    public decimal Price { get; init; }
    public decimal TriggerPrice { get; set; }
    public bool ByMarkPrice { get; init; }
    public string PriceMatch { get; init; } = "NONE";
    public bool ClosePosition { get; init; }
    public bool PriceProtect { get; init; }
    public bool ReduceOnly { get; init; }
    public SelfTrade SelfTrade { get; init; }
    public long GoodTillDate { get; init; }

    /// <summary>Trailing: percent that the price has to come back from its extreme, and the price that starts the watch.</summary>
    public decimal CallbackRate { get; init; }
    public decimal ActivatePrice { get; init; }
    public bool Activated { get; set; }

    public AlgoStatus Status { get; set; }
    public long ChildId { get; set; }
    public string RejectReason { get; set; } = "";
    public long CreateTime { get; set; }
    public long UpdateTime { get; set; }
    public long TriggerTime { get; set; }

    [JsonIgnore] public long HiddenUntil { get; set; }
    [JsonIgnore] public bool HiddenFromLists { get; set; }
    [JsonIgnore] public bool IsOpen => Status is AlgoStatus.New;
    [JsonIgnore] public bool IsMarket => Type.EndsWith("MARKET", StringComparison.Ordinal);
    [JsonIgnore] public bool IsTrailing => CallbackRate > 0;
    [JsonIgnore] public bool IsTakeProfit => Type.StartsWith("TAKE_PROFIT", StringComparison.Ordinal);

    /// <summary>Waits for a price at or above its own; otherwise at or below.</summary>
    [JsonIgnore] public bool WaitsAbove => Side is Side.Buy != IsTakeProfit;

    public bool Reaches(decimal low, decimal high) => !IsTrailing || Activated ? WaitsAbove ? high >= TriggerPrice : low <= TriggerPrice : false;

    /// <summary>A trailing stop follows the best price since it became active.</summary>
    public void Follow(decimal low, decimal high)
    {
        if (!IsTrailing) return;
        Activated |= ActivatePrice == 0 || (Side is Side.Sell ? high >= ActivatePrice : low <= ActivatePrice);
        if (!Activated) return;
        var best = Side is Side.Sell ? high * (1 - CallbackRate / 100) : low * (1 + CallbackRate / 100);
        if (TriggerPrice == 0 || (Side is Side.Sell ? best > TriggerPrice : best < TriggerPrice)) TriggerPrice = best;
    }

    public void CopyProgress(AlgoOrder later) =>
        (Status, ChildId, RejectReason, UpdateTime, TriggerTime, TriggerPrice, Activated) =
        (later.Status, later.ChildId, later.RejectReason, later.UpdateTime, later.TriggerTime, later.TriggerPrice, later.Activated);
}
