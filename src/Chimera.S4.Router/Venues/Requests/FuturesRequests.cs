using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues;

/// <summary>A futures limit order with what <see cref="PlaceEffect"/> has no word for: good-till-date, a price taken from the book, self-trade prevention.</summary>
public sealed record LimitOrderRequest(string Symbol, string ClientOrderId) : VenueRequest(Market.Fut, Symbol)
{
    public required Side Side { get; init; }
    public required Quantity Qty { get; init; }

    /// <summary>Exactly one of this and <see cref="PriceMatch"/>.</summary>
    public Price? Price { get; init; }

    /// <summary>The venue takes the price from its own book as the order arrives.</summary>
    public PriceMatch? PriceMatch { get; init; }

    /// <summary>Null: GTC, or GTD with <see cref="GoodTill"/>.</summary>
    public TimeInForce? TimeInForce { get; init; }
    public bool PostOnly { get; init; }

    /// <summary>More than 10 minutes ahead; whole seconds.</summary>
    public DateTimeOffset? GoodTill { get; init; }
    public bool ReduceOnly { get; init; }
    public SelfTrade? SelfTrade { get; init; }
}

/// <summary>Own side of the book (QUEUE: best, 5th, …) or the opposite one (OPPONENT).</summary>
public enum PriceMatch { Opponent, Opponent5, Queue, Queue5, Queue10, Queue20 }

/// <summary>Change quantity and price of a resting futures limit order; it loses its place in the queue. A quantity not above what has filled cancels it.</summary>
public sealed record ModifyOrderRequest(string Symbol, string ClientOrderId) : VenueRequest(Market.Fut, Symbol)
{
    public string? VenueOrderId { get; init; }
    public required Side Side { get; init; }
    public required Quantity Qty { get; init; }
    public required Price Price { get; init; }
}

/// <summary>
/// A futures order that waits for a price, in the algo service: its own ids, lists and events. When it triggers, an ordinary order with another id is born. The venue looks at margin only then.
/// It cannot be modified: place the new one first, then cancel the old.
/// </summary>
public sealed record AlgoOrderRequest(string Symbol, string ClientAlgoId) : VenueRequest(Market.Fut, Symbol)
{
    public required Side Side { get; init; }
    public required TriggerKind Kind { get; init; }
    public required Price TriggerPrice { get; init; }

    /// <summary>Null: closes the whole position (<c>closePosition</c>), whatever it is by then.</summary>
    public Quantity? Qty { get; init; }

    /// <summary>Limit price after the trigger; null: market. Needs a quantity.</summary>
    public Price? Price { get; init; }
    public TimeInForce? TimeInForce { get; init; }

    /// <summary>With a quantity only: closing the position reduces by itself.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Triggered by the mark price, which one print cannot move; false: by the last trade.</summary>
    public bool ByMarkPrice { get; init; } = true;
    public bool PriceProtect { get; init; }
}

/// <summary>By venue id where known, else by client id.</summary>
public sealed record CancelAlgoRequest(string Symbol, string ClientAlgoId) : VenueRequest(Market.Fut, Symbol)
{
    public string? AlgoId { get; init; }
}

public sealed record CancelAllAlgosRequest(string Symbol) : VenueRequest(Market.Fut, Symbol);

/// <param name="Leverage">1–125 inclusive. Setting what is set already succeeds.</param>
public sealed record LeverageRequest(string Symbol, int Leverage) : VenueRequest(Market.Fut, Symbol);

/// <summary>Isolated or crossed. Setting what is set already succeeds.</summary>
public sealed record MarginTypeRequest(string Symbol, bool Isolated) : VenueRequest(Market.Fut, Symbol);

/// <summary>One-way or hedge mode, for the whole account. Setting what is set already succeeds.</summary>
public sealed record PositionModeRequest(bool Hedge) : VenueRequest(Market.Fut, "");

/// <summary>A dead-man switch: all ordinary orders of the symbol are canceled unless this is said again in time. Algo orders stay.</summary>
/// <param name="In">Zero turns it off.</param>
public sealed record CountdownRequest(string Symbol, TimeSpan In) : VenueRequest(Market.Fut, Symbol);
