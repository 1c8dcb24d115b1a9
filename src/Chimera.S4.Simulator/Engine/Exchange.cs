using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;
using Chimera.S4.Simulator.Persistence;

namespace Chimera.S4.Simulator.Engine;

/// <summary>One venue: its markets, its orders and one lock around all of it. What an account may do and gets told is its venue's own.</summary>
internal abstract partial class Exchange : IMatchParticipant
{
    // Above 32 bits, as the real ids are: a client that stores them in an int finds out here. Venues differ, so mixing them up shows.
    private const long FirstSpotOrderId = 10_000_000_000;
    private const long FirstFuturesOrderId = 80_000_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Market> _markets;
    private readonly Journal? _journal;
    private readonly Random _random;
    private long _lastOrderId;

    protected Exchange(Venue venue, IReadOnlyList<Instrument> instruments, SimulatorOptions options, VenueClock clock, Journal? journal)
    {
        (Venue, Options, Clock, _journal) = (venue, options, clock, journal);
        _random = new Random(PriceProcess.Seed(options.Seed, venue, "ids"));
        _lastOrderId = venue is Venue.Spot ? FirstSpotOrderId : FirstFuturesOrderId;
        _markets = instruments.ToDictionary(i => i.Symbol, i => new Market(
            i, MarketSettings.For(i, options), new PriceProcess(i.StartPrice, PriceProcess.Seed(options.Seed, venue, i.Symbol))));
    }

    public Venue Venue { get; }
    public VenueClock Clock { get; }
    public OrderIndex Index { get; } = new();
    public IReadOnlyDictionary<string, Market> Markets => _markets;

    /// <summary>Called under the lock after a market has moved or been traded on.</summary>
    public Action<Market>? MarketMoved { get; set; }

    /// <summary>Called with true for a maker fill at the first fill of an order: the venue's order counters shrink by it.</summary>
    public Action<bool>? FirstFill { get; set; }

    /// <summary>The rule of that kind if one strikes now.</summary>
    public Func<string, Faults.FaultRule?> Fault { get; set; } = _ => null;

    protected SimulatorOptions Options { get; }
    protected Changes Changes { get; } = new();
    protected long Now { get; private set; }

    /// <summary>Changes the venue: fence, action, journal, all under the lock.</summary>
    public T Execute<T>(Fence fence, Func<T> action)
    {
        lock (_gate)
        {
            Now = Clock.Now;
            fence.CheckAtEngine(Venue, Now);
            try
            {
                return action();
            }
            finally
            {
                Follow();
                Commit();
            }
        }
    }

    public T Read<T>(Func<T> query)
    {
        lock (_gate)
        {
            Now = Clock.Now;
            return query();
        }
    }

    public Market Market(string symbol) =>
        _markets.TryGetValue(symbol, out var market) ? market : throw new VenueError(-1121, "Invalid symbol.");

    public string NewClientOrderId()
    {
        const string alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        return string.Create(22, _random, static (text, random) => { foreach (ref var c in text) c = alphabet[random.Next(alphabet.Length)]; });
    }

    /// <summary>Runs an order through the book. Everything that could refuse it has been asked before.</summary>
    /// <param name="order">The order.</param>
    /// <param name="stillborn">Why it expires as soon as it is taken in, if it does.</param>
    protected void Accept(Order order, ExpiryReason? stillborn = null)
    {
        var market = _markets[order.Symbol];
        if (order.OrderId == 0) order.OrderId = NextOrderId();
        order.Time = order.UpdateTime = Now;
        if (!order.IsWaiting) order.WorkingTime = Now;
        Index.Add(order);
        Changes.Orders.Add(order);
        Changes.Markets.Add(market);
        OnAccepted(order);
        if (stillborn is { } reason) Close(order, OrderStatus.Expired, reason);
        else if (order.IsWaiting) market.Waiting.Add(order);
        else Work(order);
    }

    protected long NextOrderId() => ++_lastOrderId;

    /// <summary>Sends an order to the book: at once, or when its price or its list has called it.</summary>
    protected void Work(Order order)
    {
        var market = _markets[order.Symbol];
        order.Sequence = market.NextSequence();
        order.WorkingTime = Now;
        if (order.TimeInForce is TimeInForce.Fok && market.Book.Available(order) < order.OrigQty)
        {
            Close(order, OrderStatus.Expired, ExpiryReason.FillOrKill);
            return;
        }
        Matcher.Take(market, order, this, Now);
        if (!order.IsOpen) return;
        if (order.IsMarket) Close(order, OrderStatus.Expired, ExpiryReason.NoLiquidity);
        else if (order.TimeInForce is TimeInForce.Ioc) Close(order, OrderStatus.Expired, ExpiryReason.ImmediateOrCancel);
        else market.Book.Of(order.Side).Rest(order);
        market.Changed();
    }

    public void Close(Order order, OrderStatus status, ExpiryReason reason)
    {
        var market = _markets[order.Symbol];
        if (market.Book.Of(order.Side).Remove(order)) market.Changed();
        else market.Waiting.Remove(order);
        order.Status = status;
        order.ExpiryReason = reason;
        order.UpdateTime = Now;
        Changes.Orders.Add(order);
        Changes.Markets.Add(market);
        OnClosed(order);
    }

    public void Fill(Order order, decimal price, decimal qty, bool maker, long tradeId)
    {
        var first = order.ExecutedQty == 0;
        order.ExecutedQty += qty;
        order.CumQuote += price * qty;
        order.Status = order.LeavesQty == 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        order.UpdateTime = Now;
        if (!order.IsOpen) _markets[order.Symbol].Book.Of(order.Side).Remove(order);
        var trade = new Trade
        {
            TradeId = tradeId, OrderId = order.OrderId, Symbol = order.Symbol, ClientOrderId = order.PlacedClientOrderId,
            Side = order.Side, Price = price, Qty = qty, Maker = maker, Time = Now, TimeUs = Clock.TrueUs,
        };
        Index.Add(trade);
        Changes.Orders.Add(order);
        Changes.Trades.Add(trade);
        Changes.Markets.Add(_markets[order.Symbol]);
        OnFilled(order, trade);
        if (first) FirstFill?.Invoke(maker);
    }

    public void Prevent(Order order, decimal qty)
    {
        order.PreventedQty += qty;
        order.UpdateTime = Now;
        if (order.LeavesQty == 0) Close(order, OrderStatus.ExpiredInMatch, ExpiryReason.SelfTrade);
        else OnPrevented(order, qty);
        Changes.Orders.Add(order);
    }

    /// <summary>What a change brings about by itself: conditional orders that saw their price, lists whose first phase is over. Until nothing more happens.</summary>
    private void Follow()
    {
        do
        {
            while (Due.TryDequeue(out var next)) next();
        }
        while (Trigger());
    }

    /// <summary>What has to happen after the change that is being made, not in the middle of it.</summary>
    protected Queue<Action> Due { get; } = [];

    /// <summary>Wakes conditional orders. Returns whether it did.</summary>
    protected abstract bool Trigger();

    protected abstract void OnPrevented(Order order, decimal qty);
    public abstract decimal Fillable(Order order, decimal qty);
    protected abstract void OnAccepted(Order order);
    protected abstract void OnFilled(Order order, Trade trade);
    protected abstract void OnClosed(Order order);

    /// <summary>Last thing of a change: tell the user streams about balances, add them to the journal line.</summary>
    protected abstract void Settle(JournalLine line);

    protected abstract void ResetAccount();
    protected abstract void RestoreAccount(JournalLine line);
}
