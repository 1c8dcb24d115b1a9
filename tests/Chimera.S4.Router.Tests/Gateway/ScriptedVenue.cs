using System.Collections.Concurrent;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Tests.Gateway;

/// <summary>A venue that answers what a test tells it to and remembers what it was asked. Unscripted: it knows of nothing, and nobody knows what becomes of a placement.</summary>
sealed class ScriptedVenue(Market market, TimeProvider clock) : IVenue
{
    readonly ConcurrentQueue<string> calls = new();
    readonly ConcurrentQueue<SignedRequest> placed = new();
    int signed;

    public Func<SignedRequest, Task<VenueAnswer>> OnPlace { get; set; } = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
    public Func<CancelEffect, Task<VenueAnswer>> OnCancel { get; set; } = _ => Task.FromResult(Answer(VenueOutcome.NotOpen));
    public Func<OrderRef, Task<VenueAnswer>> OnQuery { get; set; } = _ => Task.FromResult(Answer(VenueOutcome.NotFound));
    public Func<OrderRef, Task<VenueAnswer>> OnLook { get; set; } = _ => Task.FromResult(Answer(VenueOutcome.NotFound));
    public Func<OrderRef, Task<TradesAnswer>> OnTrades { get; set; } = _ => Task.FromResult(new TradesAnswer(VenueOutcome.Known, []));
    public Func<Task<OpenOrdersAnswer>> OnOpenOrders { get; set; } = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, []));

    /// <summary>Everything asked, in order: place, cancel, query, trades, look, open.</summary>
    public string[] Calls => [.. calls];
    public SignedRequest[] Placed => [.. placed];
    public int Count(string call) => calls.Count(made => made == call);

    public Market Market => market;
    public DateTimeOffset Now => clock.GetUtcNow();
    public DateTimeOffset? StreamReconciledSince { get; set; } = clock.GetUtcNow();

    public SignedRequest Sign(PlaceEffect placement) => new($"newClientOrderId={placement.ClientOrderId}&signing={Interlocked.Increment(ref signed)}", Now, TimeSpan.FromSeconds(1));

    public Task<VenueAnswer> Place(SignedRequest request, CancellationToken cancel)
    {
        placed.Enqueue(request);
        return Asked("place", OnPlace(request));
    }

    public Task<VenueAnswer> Cancel(CancelEffect cancel, CancellationToken stop) => Asked("cancel", OnCancel(cancel));
    public Task<VenueAnswer> Query(OrderRef order, CancellationToken cancel) => Asked("query", OnQuery(order));
    public Task<TradesAnswer> Trades(OrderRef order, DateTimeOffset since, CancellationToken cancel) => Asked("trades", OnTrades(order));
    public Task<VenueAnswer> LookEverywhere(OrderRef order, DateTimeOffset since, CancellationToken cancel) => Asked("look", OnLook(order));
    public Task<OpenOrdersAnswer> OpenOrders(CancellationToken cancel) => Asked("open", OnOpenOrders());

    T Asked<T>(string call, T answer)
    {
        calls.Enqueue(call);
        return answer;
    }

    public static VenueAnswer Answer(VenueOutcome outcome, VenueOrderState? order = null) => new() { Outcome = outcome, Order = order };
    public static VenueAnswer Known(VenueOrderState order) => Answer(VenueOutcome.Known, order);

    /// <summary>An order of 1 BTC at 100, filled in trades of a half.</summary>
    public static VenueOrderState State(string clientOrderId, VenueStatus status, decimal filled = 0, bool withTrades = true, string venueOrderId = "71") => new()
    {
        Symbol = "BTCUSDT", ClientOrderId = clientOrderId, VenueOrderId = venueOrderId, Status = status, CumQty = new Quantity(filled), CumQuote = filled * 100,
        Trades = withTrades ? [.. Enumerable.Range(1, (int)(filled / 0.5m)).Select(Trade)] : [],
    };

    public static Trade Trade(int number) => new($"{number}", new Quantity(0.5m), new Price(100), 0.0005m, "BTC", false, DateTimeOffset.UnixEpoch);
}
