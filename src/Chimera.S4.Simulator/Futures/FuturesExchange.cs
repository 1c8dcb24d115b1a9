using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Persistence;

namespace Chimera.S4.Simulator.Futures;

/// <summary>The USDⓈ-M venue in one-way mode: margin, positions, reduce-only, events.</summary>
internal sealed partial class FuturesExchange : Exchange
{
    private const string NotRecorded = "The order will not be recorded in the order history";
    private readonly FuturesUserStream _stream;

    public FuturesExchange(SimulatorOptions options, VenueClock clock, Journal? journal, FuturesUserStream stream)
        : base(Venue.Fut, options.FuturesInstruments, options, clock, journal)
    {
        _stream = stream;
        Account = new FuturesAccount(options, Markets, Changes.Balances);
    }

    public FuturesAccount Account { get; }

    /// <summary>Hedge mode. It can be set and read back; orders are understood in one-way mode only.</summary>
    public bool DualSide { get; private set; }

    /// <summary>Places an order that <see cref="FuturesPlacement"/> has read and checked.</summary>
    public Order Place(Order order, Call call)
    {
        var market = Market(order.Symbol);
        if (Index.Find(order.Symbol, order.ClientOrderId) is { IsOpen: true }) throw new VenueError(-4116, "ClientOrderId is duplicated.");
        if (order.ReduceOnly) CheckReduceOnly(order, market);
        var stillborn = CheckBook(order, market);
        CheckMargin(order, market);
        order.HiddenUntil = call.HideFor > TimeSpan.Zero ? Now + (long)call.HideFor.TotalMilliseconds : 0;
        order.HiddenFromLists = call.HideFromLists;
        Accept(order, stillborn);
        return order;
    }

    /// <summary>Refuses what may not rest or may not take; or lets it in to expire, which some routes of the venue do (fault <c>accept-then-expire</c>).</summary>
    private ExpiryReason? CheckBook(Order order, Market market)
    {
        var takes = order.IsPostOnly && market.Book.WouldTake(order);
        var falls = order.TimeInForce is TimeInForce.Fok && market.Book.Available(order) < order.OrigQty;
        if (!takes && !falls) return null;
        if (Fault("accept-then-expire") is not null) return takes ? ExpiryReason.PostOnly : ExpiryReason.FillOrKill;
        throw takes
            ? new VenueError(-5022, "Due to the order could not be executed as maker, the Post Only order will be rejected. " + NotRecorded)
            : new VenueError(-5021, "Due to the order could not be filled immediately, the FOK order has been rejected. " + NotRecorded);
    }

    private void CheckMargin(Order order, Market market)
    {
        order.Reserved = order.ReduceOnly ? 0 : MarginFor(order, market);
        if (order.Reserved > Account.Available) throw new VenueError(-2019, "Margin is insufficient.");
    }

    public void Cancel(Order order) => Close(order, OrderStatus.Canceled, ExpiryReason.None);

    public void SetDualSide(bool dual)
    {
        if (dual == DualSide) throw new VenueError(-4059, "No need to change position side.");
        if (Markets.Values.Any(m => m.OpenOrders.Any())) throw new VenueError(-4067, "Position side cannot be changed if there exists open orders.");
        if (Account.Positions.Any(p => p.Amount != 0)) throw new VenueError(-4068, "Position side cannot be changed if there exists position.");
        DualSide = dual;
        _settingsChanged = true;
    }

    /// <summary>Marks a symbol's settings for the journal.</summary>
    public void Touch(Position position)
    {
        Changes.Balances.Add(position.Symbol);
        _settingsChanged = true;
    }

    private bool _settingsChanged;

    /// <summary>A reduce-only order never goes beyond the position, whatever happened to it since.</summary>
    public override decimal Fillable(Order order, decimal qty) =>
        order.ReduceOnly ? Math.Min(qty, Account.Of(order.Symbol).Reducible(order.Side)) : qty;

    protected override void OnAccepted(Order order) => Report(order, ExecType.New);

    protected override void OnFilled(Order order, Trade trade)
    {
        Account.Settle(order, trade);
        _stream.Publish("TRADE_LITE", FuturesEvents.TradeLite(order, trade, Now));
        _stream.Publish("ACCOUNT_UPDATE", FuturesEvents.AccountUpdate(Account, Market(order.Symbol), Now));
        Report(order, ExecType.Trade, trade);
        FollowChild(order);
        if (Account.Of(order.Symbol).Amount != 0) return;
        KnockOutReduceOnly(order.Symbol);
        Due.Enqueue(() => ExpireClosers(order.Symbol));
    }

    protected override void OnPrevented(Order order, decimal qty) => Report(order, ExecType.Expired);

    protected override void OnClosed(Order order)
    {
        order.Reserved = 0;
        Report(order, order.Status is OrderStatus.Canceled ? ExecType.Canceled : ExecType.Expired);
        FollowChild(order);
    }

    protected override void Settle(JournalLine line)
    {
        if (_changedAlgos.Count > 0) line.Algos = [.. _changedAlgos];
        _changedAlgos.Clear();
        if (Changes.Balances.Count == 0 && !_settingsChanged) return;
        line.Wallet = Account.Wallet;
        line.Positions = [.. Changes.Balances.Select(Account.Of)];
        line.DualSide = DualSide;
        _settingsChanged = false;
    }

    protected override void ResetAccount()
    {
        Account.Reset();
        _algos.Clear();
        _parents.Clear();
        _countdowns.Clear();
        DualSide = false;
    }

    protected override void RestoreAccount(JournalLine line)
    {
        Account.Restore(line.Wallet, line.Positions);
        DualSide = line.DualSide ?? DualSide;
        foreach (var algo in line.Algos ?? []) Restore(algo);
    }

    private void CheckReduceOnly(Order order, Market market)
    {
        var reducible = Account.Of(order.Symbol).Reducible(order.Side);
        if (reducible == 0) throw new VenueError(-2022, "ReduceOnly Order is rejected.");
        var resting = market.Book.Of(order.Side).Orders.Where(o => o.ReduceOnly).Sum(o => o.LeavesQty);
        var conditional = _algos.Values.Where(a => a.IsOpen && a.ReduceOnly && a.Symbol == order.Symbol && a.Side == order.Side).Sum(a => a.Quantity);
        // Resting ones share the position; conditional ones lock it once they promise more than there is.
        if ((resting > 0 && resting + order.OrigQty > reducible) || (conditional > 0 && conditional + resting > reducible))
            throw new VenueError(-4118, "ReduceOnly Order Failed. Please check your existing position and open orders");
    }

    private decimal MarginFor(Order order, Market market)
    {
        var price = order.Price;
        if (order.Type is OrderType.Market)
        {
            var found = market.Book.Available(order);
            price = found == 0 ? market.MarkPrice : market.Book.Cost(order.Side, found) / found;
        }
        return Account.MarginFor(market, order.Side, order.OrigQty, price);
    }

    private void KnockOutReduceOnly(string symbol)
    {
        foreach (var order in Market(symbol).OpenOrders.Where(o => o.ReduceOnly && o.IsOpen).ToArray())
            Close(order, OrderStatus.Expired, ExpiryReason.ReduceOnly);
    }

    private void Report(Order order, ExecType type, Trade? trade = null) =>
        _stream.Publish("ORDER_TRADE_UPDATE", FuturesEvents.OrderTradeUpdate(new FuturesReport(order, type, trade, Market(order.Symbol), Now)));
}
