using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues;

/// <summary>What a market can do beyond plain orders. Like <see cref="IVenue"/>: every answer is a value, and nothing is sent twice.</summary>
public interface IVenueRequests
{
    Market Market { get; }

    /// <summary>Signs a request for the venue's present time. Pure: nothing is sent, so it can be journalled first.</summary>
    /// <exception cref="ArgumentException">The request contradicts itself, or is not of this market.</exception>
    SignedRequest Sign(VenueRequest request);

    /// <summary>Sends exactly the signed bytes, once.</summary>
    Task<RequestAnswer> Send(VenueRequest request, SignedRequest signed, CancellationToken cancel);
}

public interface ISpotRequests : IVenueRequests
{
    /// <summary>The list by its own id. Its legs are queried one by one, by theirs.</summary>
    Task<RequestAnswer> QueryList(string symbol, string listClientOrderId, CancellationToken cancel);

    Task<OpenListsAnswer> OpenLists(CancellationToken cancel);
}

public interface IFuturesRequests : IVenueRequests
{
    Task<RequestAnswer> QueryAlgo(string symbol, string clientAlgoId, CancellationToken cancel);

    /// <summary>All algo orders that wait, ours and foreign: they are in no list of open orders.</summary>
    Task<AlgosAnswer> OpenAlgos(CancellationToken cancel);

    Task<AlgosAnswer> AllAlgos(string symbol, DateTimeOffset since, CancellationToken cancel);

    /// <summary>The ordinary open orders of one symbol, ours and foreign; none that waits for a price.</summary>
    Task<OpenOrdersAnswer> OpenOrders(string symbol, CancellationToken cancel);

    /// <summary>Margin type and leverage of a symbol.</summary>
    Task<SymbolSettingsAnswer> Settings(string symbol, CancellationToken cancel);

    Task<PositionModeAnswer> PositionMode(CancellationToken cancel);

    /// <summary>What is not flat, or has an order open.</summary>
    Task<PositionsAnswer> Positions(CancellationToken cancel);
}

public sealed record OpenListsAnswer(VenueOutcome Outcome, IReadOnlyList<OrderListState> Lists);

public sealed record AlgosAnswer(VenueOutcome Outcome, IReadOnlyList<AlgoOrderState> Algos);

/// <param name="IsIsolated">Null with <paramref name="Leverage"/>: not told.</param>
public sealed record SymbolSettingsAnswer(VenueOutcome Outcome, bool? IsIsolated, int? Leverage);

public sealed record PositionModeAnswer(VenueOutcome Outcome, bool? IsHedge);

public sealed record PositionsAnswer(VenueOutcome Outcome, IReadOnlyList<Position> Positions);

/// <param name="Amount">Signed.</param>
/// <param name="LiquidationPrice">Null: none.</param>
public sealed record Position(string Symbol, decimal Amount, decimal EntryPrice, decimal MarkPrice, decimal? LiquidationPrice);
