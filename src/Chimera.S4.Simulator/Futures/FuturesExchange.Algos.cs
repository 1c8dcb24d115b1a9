using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Futures;

/// <summary>The life of conditional orders: NEW → TRIGGERING → TRIGGERED → FINISHED, or CANCELED, REJECTED, EXPIRED (reference §2.3).</summary>
internal sealed partial class FuturesExchange
{
    private const long FirstAlgoId = 2_000_000;
    private const int MaxOpenAlgos = 200;

    // Mark and contract price may part by so much (the symbol's triggerProtect).
    private const decimal TriggerProtect = 0.05m;
    private readonly SortedDictionary<long, AlgoOrder> _algos = [];
    private readonly Dictionary<long, AlgoOrder> _parents = [];
    private readonly HashSet<AlgoOrder> _changedAlgos = [];
    private long _lastAlgoId = FirstAlgoId;

    public IEnumerable<AlgoOrder> Algos => _algos.Values;
    public AlgoOrder? Algo(long algoId) => _algos.GetValueOrDefault(algoId);

    /// <summary>The open one of that name, or the newest that had it.</summary>
    public AlgoOrder? Algo(string clientAlgoId)
    {
        var named = _algos.Values.Where(a => a.ClientAlgoId == clientAlgoId).ToArray();
        return named.LastOrDefault(a => a.IsOpen) ?? named.LastOrDefault();
    }

    /// <summary>Takes a conditional order in. No margin is asked for before it triggers.</summary>
    public AlgoOrder Place(AlgoOrder algo, Call call)
    {
        var market = Market(algo.Symbol);
        if (Algo(algo.ClientAlgoId) is { IsOpen: true }) throw new VenueError(-4116, "ClientOrderId is duplicated.");
        if (_algos.Values.Count(a => a.IsOpen) >= MaxOpenAlgos) throw new VenueError(-4045, "Reach max stop order limit.");
        if (algo.ReduceOnly) CheckReduceOnly(algo);
        algo.Follow(market.LastPrice, market.LastPrice);
        var price = algo.ByMarkPrice ? market.MarkPrice : market.LastPrice;
        if (!algo.IsTrailing && algo.Reaches(price, price)) throw new VenueError(-2021, "Order would immediately trigger.");
        algo.AlgoId = ++_lastAlgoId;
        algo.CreateTime = algo.UpdateTime = Now;
        algo.HiddenUntil = call.HideFor > TimeSpan.Zero ? Now + (long)call.HideFor.TotalMilliseconds : 0;
        algo.HiddenFromLists = call.HideFromLists;
        _algos.Add(algo.AlgoId, algo);
        Tell(algo);
        return algo;
    }

    public void Cancel(AlgoOrder algo) => Move(algo, AlgoStatus.Canceled);

    /// <summary>Turns a conditional order into an order of the book.</summary>
    public void Wake(AlgoOrder algo)
    {
        var market = Market(algo.Symbol);
        algo.TriggerTime = Now;
        Move(algo, AlgoStatus.Triggering);
        if (algo.PriceProtect && Math.Abs(market.MarkPrice - market.LastPrice) > TriggerProtect * market.MarkPrice)
        {
            Reject(algo, "Price protection: the gap between mark price and contract price is too wide.");
            return;
        }
        var quantity = algo.ClosePosition ? Account.Of(algo.Symbol).Reducible(algo.Side) : algo.Quantity;
        if (quantity == 0)
        {
            Move(algo, AlgoStatus.Expired);
            return;
        }
        try
        {
            var child = Child(algo, market, quantity);
            var stillborn = CheckBook(child, market);
            CheckMargin(child, market);
            Send(algo, child, stillborn);
        }
        catch (VenueError error)
        {
            Reject(algo, error.Message);
        }
    }

    private Order Child(AlgoOrder algo, Market market, decimal quantity)
    {
        var isNameFree = Index.Find(algo.Symbol, algo.ClientAlgoId) is not { IsOpen: true } && Fault("algo-child-renamed") is null;
        var name = isNameFree ? algo.ClientAlgoId : NewClientOrderId();
        var order = new Order
        {
            Symbol = algo.Symbol, Side = algo.Side, Type = algo.IsMarket ? OrderType.Market : OrderType.Limit, TimeInForce = algo.TimeInForce,
            Price = algo.IsMarket ? 0 : FuturesPlacement.MatchedPrice(algo.PriceMatch, algo.Side, market) ?? algo.Price, OrigQty = quantity,
            ReduceOnly = algo.ReduceOnly || algo.ClosePosition, ClosePosition = algo.ClosePosition, SelfTrade = algo.SelfTrade,
            PriceMatch = algo.PriceMatch, GoodTillDate = algo.GoodTillDate, PlacedClientOrderId = name, ClientOrderId = name,
        };
        if (order.ReduceOnly && Account.Of(order.Symbol).Reducible(order.Side) == 0) throw new VenueError(-2022, "ReduceOnly Order is rejected.");
        return order;
    }

    private void Send(AlgoOrder algo, Order child, ExpiryReason? stillborn)
    {
        child.OrderId = algo.ChildId = NextOrderId();
        _parents[child.OrderId] = algo;
        // On the real venue the two come out of different systems: the child's fills may be told first.
        var childFirst = Fault("child-before-algo-update") is not null;
        if (!childFirst) Move(algo, AlgoStatus.Triggered);
        Accept(child, stillborn);
        if (childFirst) Move(algo, AlgoStatus.Triggered);
    }

    protected override bool Trigger()
    {
        var woken = false;
        foreach (var market in Markets.Values)
        {
            var (low, high) = market.TakeRange() ?? (market.LastPrice, market.LastPrice);
            foreach (var algo in _algos.Values.Where(a => a.IsOpen && a.Symbol == market.Symbol).ToArray())
            {
                var range = algo.ByMarkPrice ? (Low: market.MarkPrice, High: market.MarkPrice) : (Low: low, High: high);
                algo.Follow(range.Low, range.High);
                if (!algo.IsOpen || !algo.Reaches(range.Low, range.High)) continue;
                Wake(algo);
                woken = true;
            }
        }
        return woken || Due.Count > 0;
    }

    /// <summary>The child has come to its end: so has the conditional order.</summary>
    private void FollowChild(Order order)
    {
        if (order.IsOpen || !_parents.Remove(order.OrderId, out var algo)) return;
        // Behind the child's own events.
        Due.Enqueue(() => Move(algo, AlgoStatus.Finished));
    }

    /// <summary>The position is gone, and with it what was to close it. Plain reduce-only ones stay: cancelling them is the trader's business.</summary>
    private void ExpireClosers(string symbol)
    {
        foreach (var algo in _algos.Values.Where(a => a is { IsOpen: true, ClosePosition: true } && a.Symbol == symbol).ToArray()) Move(algo, AlgoStatus.Expired);
    }

    private void CheckReduceOnly(AlgoOrder algo)
    {
        var reducible = Account.Of(algo.Symbol).Reducible(algo.Side);
        var sameWay = _algos.Values.Where(a => a.IsOpen && a.ReduceOnly && a.Symbol == algo.Symbol && a.Side == algo.Side && a.IsTakeProfit == algo.IsTakeProfit)
            .Sum(a => a.Quantity);
        if (sameWay + algo.Quantity > reducible) throw new VenueError(-4118, "ReduceOnly Order Failed. Please check your existing position and open orders");
    }

    private void Reject(AlgoOrder algo, string reason)
    {
        algo.RejectReason = reason;
        Move(algo, AlgoStatus.Rejected);
    }

    private void Move(AlgoOrder algo, AlgoStatus status)
    {
        algo.Status = status;
        algo.UpdateTime = Now;
        Tell(algo);
    }

    private void Tell(AlgoOrder algo)
    {
        _changedAlgos.Add(algo);
        Changes.Others = true;
        _stream.Publish("ALGO_UPDATE", AlgoJson.Event(algo, Index.Find(algo.Symbol, algo.ChildId), Market(algo.Symbol).Instrument, Now));
    }

    private void Restore(AlgoOrder state)
    {
        _lastAlgoId = Math.Max(_lastAlgoId, state.AlgoId);
        if (_algos.TryGetValue(state.AlgoId, out var known)) known.CopyProgress(state);
        else _algos[state.AlgoId] = known = state;
        if (known.Status is AlgoStatus.Triggered) _parents[known.ChildId] = known;
        else _parents.Remove(known.ChildId);
    }
}
