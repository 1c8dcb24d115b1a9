using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues;

/// <summary>A spot order that waits for a price: STOP_LOSS, TAKE_PROFIT, or with <see cref="Price"/> their _LIMIT forms.</summary>
public sealed record StopOrderRequest(string Symbol, string ClientOrderId) : VenueRequest(Market.Spot, Symbol)
{
    public required Side Side { get; init; }
    public required TriggerKind Kind { get; init; }
    public required Quantity Qty { get; init; }

    /// <summary>Measured by the last trade.</summary>
    public required Price TriggerPrice { get; init; }

    /// <summary>Limit price after the trigger; null: market.</summary>
    public Price? Price { get; init; }

    /// <summary>With <see cref="Price"/> only; null: GTC.</summary>
    public TimeInForce? TimeInForce { get; init; }
    public SelfTrade? SelfTrade { get; init; }
}

/// <summary>Cancel one spot order and place another, in that order. Not atomic: <see cref="VenueOutcome.Partial"/> means that one of the two happened.</summary>
public sealed record ReplaceOrderRequest(string Symbol, string ClientOrderId) : VenueRequest(Market.Spot, Symbol)
{
    /// <summary>The order to cancel: by venue id where known, else by client id.</summary>
    public required string CancelClientOrderId { get; init; }
    public string? CancelVenueOrderId { get; init; }

    /// <summary>The deterministic id of the cancel itself.</summary>
    public required string CancelId { get; init; }
    public required Side Side { get; init; }
    public required OrderType Type { get; init; }
    public required Quantity Qty { get; init; }
    public Price? Price { get; init; }
    public TimeInForce? TimeInForce { get; init; }

    /// <summary>Place even if the cancel failed: both may then be alive, or have filled.</summary>
    public bool PlaceAnyway { get; init; }
}

/// <summary>Make a resting spot order smaller and keep its place in the queue and its id.</summary>
public sealed record AmendOrderRequest(string Symbol, string ClientOrderId) : VenueRequest(Market.Spot, Symbol)
{
    public string? VenueOrderId { get; init; }

    /// <summary>Total quantity, filled part included; below the present one.</summary>
    public required Quantity NewQty { get; init; }
}

/// <summary>Two exits of which one cancels the other, either at once (OCO) or once an entry has filled: wholly (OTOCO), or as it fills (OPOCO).</summary>
public sealed record OrderListRequest(string Symbol, string ListClientOrderId) : VenueRequest(Market.Spot, Symbol)
{
    public required OrderListKind Kind { get; init; }

    /// <summary>Side of the exits.</summary>
    public required Side Side { get; init; }

    /// <summary>Of the exits. OPOCO takes it from the entry's fills: null.</summary>
    public Quantity? Qty { get; init; }

    /// <summary>The exit above the market, and the one below it. One is the limit side, the other the stop side.</summary>
    public required OrderListLeg Above { get; init; }
    public required OrderListLeg Below { get; init; }

    /// <summary>The entry; null for OCO.</summary>
    public OrderListEntry? Entry { get; init; }
    public SelfTrade? SelfTrade { get; init; }
}

public enum OrderListKind { Oco, Otoco, Opoco }

/// <summary>Types of a leg as the venue names them.</summary>
public enum LegType { LimitMaker, StopLoss, StopLossLimit, TakeProfit, TakeProfitLimit }

public sealed record OrderListLeg(string ClientOrderId, LegType Type)
{
    public Price? Price { get; init; }
    public Price? TriggerPrice { get; init; }

    /// <summary>For the _LIMIT types; null: GTC.</summary>
    public TimeInForce? TimeInForce { get; init; }
}

/// <summary>LIMIT, or with <see cref="PostOnly"/> LIMIT_MAKER.</summary>
public sealed record OrderListEntry(string ClientOrderId, Side Side, Quantity Qty, Price Price)
{
    public bool PostOnly { get; init; }

    /// <summary>For LIMIT; null: GTC.</summary>
    public TimeInForce? TimeInForce { get; init; }
}

/// <summary>Cancel all that is open of a list.</summary>
public sealed record CancelListRequest(string Symbol, string ListClientOrderId, string CancelId) : VenueRequest(Market.Spot, Symbol);
