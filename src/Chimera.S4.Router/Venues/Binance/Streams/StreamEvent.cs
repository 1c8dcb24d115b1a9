using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What a message on a user stream says.</summary>
abstract record StreamEvent;

sealed record OrderHeard(VenueOrderState Order) : StreamEvent;

sealed record AlgoHeard(AlgoOrderState Algo) : StreamEvent;

/// <summary>One message that says several things.</summary>
sealed record Several(IReadOnlyList<StreamEvent> Events) : StreamEvent;

sealed record BalancesHeard(IReadOnlyList<(string Asset, decimal Free)> Balances, DateTimeOffset At) : StreamEvent;

sealed record PositionsHeard(IReadOnlyList<(string Symbol, decimal Amount)> Positions, DateTimeOffset At) : StreamEvent;

/// <summary>The venue took the subscription.</summary>
sealed record Subscribed : StreamEvent;

/// <summary>The connection still tells, but not for long: another one should take over.</summary>
sealed record Ending(string Why) : StreamEvent;

/// <summary>Nothing more is to come on this connection: the venue said so, or refused the subscription.</summary>
sealed record Ended(string Why, TimeSpan? RetryAfter = null) : StreamEvent;

/// <summary>Nothing for the router in it: counted, and kept as it came in the log.</summary>
/// <param name="Event">The venue's name for it; null: it has none.</param>
/// <param name="IsKnown">False: nobody has told the adapter of such an event.</param>
/// <param name="Raw">Without the wrapping, which on futures holds the listen key.</param>
sealed record PassedOver(string? Event, bool IsKnown, JsonElement Raw) : StreamEvent;
