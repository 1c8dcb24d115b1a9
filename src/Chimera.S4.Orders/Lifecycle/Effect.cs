using System.Text.Json.Serialization;

namespace Chimera.S4.Orders;

/// <summary>Something to be done outside, decided once and pending in the order's document until its receiver has durably taken it (design §3.3).</summary>
/// <param name="Seq">From 1 per order; order and sequence together are the effect's deterministic id.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PlaceEffect), "place")]
[JsonDerivedType(typeof(PlaceListEffect), "place-list")]
[JsonDerivedType(typeof(CancelEffect), "cancel")]
[JsonDerivedType(typeof(QueryEffect), "query")]
[JsonDerivedType(typeof(EndIntentEffect), "end-intent")]
[JsonDerivedType(typeof(FindExitsEffect), "find-exits")]
[JsonDerivedType(typeof(GiveWayEffect), "give-way")]
public abstract record Effect(int Seq);

/// <summary>Ask another intent to end, and to answer this one when it has.</summary>
/// <param name="OrderId">Its saga.</param>
public sealed record EndIntentEffect(int Seq, Guid OrderId) : Effect(Seq);

/// <summary>Find out which live intents hold exits on the same side of a futures symbol.</summary>
/// <param name="Side">Of the exits, which is the side of the one that asks.</param>
/// <param name="HasClosed">It has ended and asks what is left: how large the position is counts as well.</param>
public sealed record FindExitsEffect(int Seq, string Symbol, Side Side, bool HasClosed) : Effect(Seq);

/// <summary>Tell an intent that holds exits of a close beside it.</summary>
/// <param name="OrderId">Its saga.</param>
/// <param name="By">The intent that closes.</param>
/// <param name="Taken">How much of what it protects <paramref name="By"/> has closed in all, zero where it was none; null: its take-profits stand in the way.</param>
public sealed record GiveWayEffect(int Seq, Guid OrderId, string By, Quantity? Taken) : Effect(Seq);

/// <summary>An effect on the venue, about one of its orders.</summary>
public abstract record VenueEffect(int Seq, Market Market, string Symbol, string ClientOrderId) : Effect(Seq);

/// <summary>Place an order under its id: at most once takes effect, whatever happens on the way.</summary>
public sealed record PlaceEffect(int Seq, Market Market, string Symbol, string ClientOrderId) : VenueEffect(Seq, Market, Symbol, ClientOrderId)
{
    public required Side Side { get; init; }
    public required OrderType Type { get; init; }
    public required Quantity Qty { get; init; }
    public Price? Price { get; init; }

    /// <summary>Waits at the venue for this price: spot STOP_LOSS and TAKE_PROFIT measured by the last trade, futures algo orders by the mark price. With <see cref="Price"/> their limit forms.</summary>
    public Price? TriggerPx { get; init; }
    public TimeInForce? TimeInForce { get; init; }
    public bool ReduceOnly { get; init; }

    /// <summary>Not sent at or after this instant; null: whenever it becomes possible.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}

/// <summary>Place a spot order list under its id: its orders come to be together or not at all, and of the two exits one ends the other (reference binance §1.5).</summary>
/// <param name="ClientOrderId">Of the list. Its orders have ids of their own; every outcome is told of each of them, the last report answering the effect.</param>
public sealed record PlaceListEffect(int Seq, Market Market, string Symbol, string ClientOrderId) : VenueEffect(Seq, Market, Symbol, ClientOrderId)
{
    /// <summary>Of the exits.</summary>
    public required Side Side { get; init; }

    /// <summary>Of each exit.</summary>
    public required Quantity Qty { get; init; }

    /// <summary>The exit that waits above the market, and the one below it.</summary>
    public required ListExit Above { get; init; }
    public required ListExit Below { get; init; }

    /// <summary>Comes first, and sets the exits off once it has filled wholly (OTOCO); null: they stand at once (OCO).</summary>
    public ListEntry? Entry { get; init; }

    /// <inheritdoc cref="PlaceEffect.NotAfter"/>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Its orders by client id: entry, above, below.</summary>
    [JsonIgnore] public IReadOnlyList<string> OrderIds => Entry is { } entry ? [entry.ClientOrderId, Above.ClientOrderId, Below.ClientOrderId] : [Above.ClientOrderId, Below.ClientOrderId];
}

/// <summary>One exit of a list: LIMIT_MAKER at <see cref="Price"/>, or STOP at <see cref="TriggerPx"/>, with a price its limit form.</summary>
public sealed record ListExit(string ClientOrderId, OrderType Type, Price? Price, Price? TriggerPx);

/// <summary>The entry of a list: LIMIT (GTC) or LIMIT_MAKER.</summary>
public sealed record ListEntry(string ClientOrderId, OrderType Type, Side Side, Quantity Qty, Price Price);

/// <summary>Cancel an order, again and again until it is seen to be terminal.</summary>
public sealed record CancelEffect(int Seq, Market Market, string Symbol, string ClientOrderId) : VenueEffect(Seq, Market, Symbol, ClientOrderId)
{
    /// <summary>Null: known by client id only.</summary>
    public string? VenueOrderId { get; init; }

    /// <summary>It was placed to wait for a price: on futures it is looked for among the algo orders.</summary>
    public bool IsConditional { get; init; }

    /// <summary>The deterministic id of the cancel itself; spot renames the order to it.</summary>
    public required string CancelId { get; init; }
}

/// <summary>Ask the venue for the order's state and trades.</summary>
public sealed record QueryEffect(int Seq, Market Market, string Symbol, string ClientOrderId) : VenueEffect(Seq, Market, Symbol, ClientOrderId)
{
    public string? VenueOrderId { get; init; }

    /// <inheritdoc cref="CancelEffect.IsConditional"/>
    public bool IsConditional { get; init; }

    /// <summary>Set where the order was canceled: spot knows it by this id then.</summary>
    public string? CancelId { get; init; }
}
