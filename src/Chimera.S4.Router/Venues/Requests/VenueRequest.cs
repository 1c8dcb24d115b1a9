using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues;

/// <summary>Something to be done at the venue beyond a plain order and its cancel, as a value: a decision can name it, an effect can carry it, and the same value always becomes the same request.</summary>
/// <remarks>Knows nothing but words of <c>Chimera.S4.Orders</c>. Every id is the caller's and deterministic: an unproven request is found again by it.</remarks>
public abstract record VenueRequest(Market Market, string Symbol);

/// <summary>What a self-trade does to the two orders. Null where it is left to the account's default.</summary>
public enum SelfTrade { None, ExpireMaker, ExpireTaker, ExpireBoth, Decrement, Transfer }

/// <summary>Which way of the market sets it off: a stop against the position, a take-profit with it.</summary>
public enum TriggerKind { Stop, TakeProfit }
