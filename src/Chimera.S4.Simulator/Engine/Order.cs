using System.Text.Json.Serialization;

namespace Chimera.S4.Simulator.Engine;

/// <summary>One order as the exchange knows it. Owned by the engine: read and written only under the venue's lock.</summary>
internal sealed class Order
{
    public long OrderId { get; set; }
    public required string Symbol { get; init; }

    /// <summary>The id it was placed with. A cancel on spot renames the order, the ledger does not follow.</summary>
    public required string PlacedClientOrderId { get; init; }
    public required string ClientOrderId { get; set; }

    public required Side Side { get; init; }
    public required OrderType Type { get; init; }
    public TimeInForce TimeInForce { get; init; }
    public decimal Price { get; set; }
    public decimal OrigQty { get; set; }

    /// <summary>The price that wakes a conditional order; zero for others.</summary>
    public decimal StopPrice { get; init; }

    /// <summary>The quote amount asked for by a spot MARKET order; zero when it was asked by quantity.</summary>
    public decimal QuoteOrderQty { get; init; }
    public bool ReduceOnly { get; init; }
    public SelfTrade SelfTrade { get; init; }
    public long OrderListId { get; set; } = -1;

    /// <summary>A conditional order that has seen its price.</summary>
    public bool Triggered { get; set; }

    /// <summary>When it went to the book; zero before.</summary>
    public long WorkingTime { get; set; }

    /// <summary>What self-trade prevention took out of it.</summary>
    public decimal PreventedQty { get; set; }
    public int Amendments { get; set; }

    /// <summary>Futures: how the price was chosen, until when it is good, whether it closes whatever is there.</summary>
    public string PriceMatch { get; set; } = "NONE";
    public long GoodTillDate { get; init; }
    public bool ClosePosition { get; init; }

    public decimal ExecutedQty { get; set; }
    public decimal CumQuote { get; set; }
    public OrderStatus Status { get; set; }
    public ExpiryReason ExpiryReason { get; set; }
    public decimal RealizedPnl { get; set; }

    /// <summary>What the account has set aside for the unfilled rest: quote for a spot buy, base for a spot sell, margin on futures.</summary>
    public decimal Reserved { get; set; }

    public long Time { get; set; }
    public long UpdateTime { get; set; }

    /// <summary>Arrival number: decides the queue place among equal prices.</summary>
    public long Sequence { get; set; }

    /// <summary>Queries do not see the order before this moment (fault <c>hide-order</c>).</summary>
    [JsonIgnore] public long HiddenUntil { get; set; }
    [JsonIgnore] public bool HiddenFromLists { get; set; }

    [JsonIgnore] public decimal LeavesQty => OrigQty - ExecutedQty - PreventedQty;
    [JsonIgnore] public decimal AvgPrice => ExecutedQty == 0 ? 0 : CumQuote / ExecutedQty;
    [JsonIgnore] public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled or OrderStatus.PendingNew;

    /// <summary>Open, but not on the book: its price or its list has not called it yet.</summary>
    [JsonIgnore] public bool IsWaiting => Status is OrderStatus.PendingNew || (Type.IsConditional() && !Triggered);
    [JsonIgnore] public bool IsMarket => Type.IsMarket();
    [JsonIgnore] public bool IsBuy => Side is Side.Buy;
    [JsonIgnore] public bool IsPostOnly => Type is OrderType.LimitMaker || TimeInForce is TimeInForce.Gtx;

    public void CopyProgress(Order later)
    {
        (ExecutedQty, CumQuote, Reserved, RealizedPnl) = (later.ExecutedQty, later.CumQuote, later.Reserved, later.RealizedPnl);
        (Status, ExpiryReason, UpdateTime) = (later.Status, later.ExpiryReason, later.UpdateTime);
        (Price, OrigQty, PreventedQty, Amendments) = (later.Price, later.OrigQty, later.PreventedQty, later.Amendments);
        (Triggered, WorkingTime, OrderListId, PriceMatch) = (later.Triggered, later.WorkingTime, later.OrderListId, later.PriceMatch);
    }

    public bool Crosses(decimal price) =>
        IsMarket || (IsBuy ? Price >= price : Price <= price);
}
