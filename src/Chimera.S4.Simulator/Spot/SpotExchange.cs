using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Persistence;

namespace Chimera.S4.Simulator.Spot;

/// <summary>The spot venue: balances, conditional orders, cancels that rename, events.</summary>
internal sealed partial class SpotExchange : Exchange
{
    private readonly SpotUserStream _stream;
    private long _executionId;
    private string _renamedFrom = "";

    public SpotExchange(SimulatorOptions options, VenueClock clock, Journal? journal, SpotUserStream stream)
        : base(Venue.Spot, options.SpotInstruments, options, clock, journal)
    {
        _stream = stream;
        Account = new SpotAccount(options.SpotBalances, options.SpotCommissionRate, Changes.Balances);
    }

    public SpotAccount Account { get; }
    public decimal CommissionRate => Options.SpotCommissionRate;
    public long LastExecutionId => _executionId;

    /// <summary>Places an order that <see cref="SpotPlacement"/> has read and checked.</summary>
    public Order Place(Order order, Call call)
    {
        CheckId(order);
        CheckMarket(order);
        CheckFunds(order);
        Hide(order, call);
        Accept(order);
        return order;
    }

    /// <summary>Cancels; the cancel's id becomes the order's, which frees the order's own for a new one. A leg takes its list with it.</summary>
    public void Cancel(Order order, string? cancelId)
    {
        if (ListOf(order) is { IsDone: false } list) CancelList(list, cancelId);
        else CancelOne(order, cancelId ?? NewClientOrderId());
    }

    private void CancelOne(Order order, string cancelId)
    {
        _renamedFrom = order.ClientOrderId;
        Index.Rename(order, cancelId);
        Close(order, OrderStatus.Canceled, ExpiryReason.None);
        _renamedFrom = "";
    }

    /// <summary>Makes an order smaller where it stands in the queue.</summary>
    public long Amend(Order order, decimal quantity, string? newId)
    {
        if (quantity >= order.OrigQty) throw new VenueError(-2038, "Order amend (quantity increase) is not supported.");
        if (order.Status is OrderStatus.PendingNew && ListOf(order) is { IsPaidByFills: true })
            throw new VenueError(-2038, "Order amend (pending OPO order) is not supported.");
        if (order.Amendments >= SpotFilters.MaxAmendments) throw VenueError.Filter("MAX_NUM_ORDER_AMENDS");
        var market = Market(order.Symbol);
        SpotFilters.CheckQuantity(quantity, order, market);
        _renamedFrom = order.ClientOrderId;
        Index.Rename(order, newId ?? NewClientOrderId());
        order.OrigQty = quantity;
        order.Amendments++;
        order.UpdateTime = Now;
        Changes.Orders.Add(order);
        Account.Shrink(order, market.Instrument);
        // Smaller than what has traded already: nothing is left to work.
        if (order.LeavesQty <= 0) Close(order, OrderStatus.Expired, ExpiryReason.None);
        else Report(order, ExecType.Replaced);
        _renamedFrom = "";
        market.Changed();
        Changes.Markets.Add(market);
        if (ListOf(order) is { IsDone: false } list) Tell(list, "UPDATED");
        return _executionId;
    }

    public override decimal Fillable(Order order, decimal qty) => qty;

    private void CheckId(Order order)
    {
        if (Index.Find(order.Symbol, order.ClientOrderId) is { IsOpen: true }) throw new VenueError(-2010, "Duplicate order sent.");
    }

    private void CheckMarket(Order order)
    {
        var market = Market(order.Symbol);
        if (order.Type is OrderType.LimitMaker && market.Book.WouldTake(order)) throw new VenueError(-2010, "Order would immediately match and take.");
        if (order.Type.IsConditional() && Reaches(order, market.LastPrice, market.LastPrice)) throw new VenueError(-2010, "Order would trigger immediately.");
    }

    private void CheckFunds(Order order)
    {
        var market = Market(order.Symbol);
        var need = order.IsBuy && order.Type is OrderType.Market ? market.Book.Cost(Side.Buy, order.OrigQty) : SpotAccount.Need(order);
        Account.Require(SpotAccount.Paid(order, market.Instrument), need);
    }

    private void Hide(Order order, Call call)
    {
        order.HiddenUntil = call.HideFor > TimeSpan.Zero ? Now + (long)call.HideFor.TotalMilliseconds : 0;
        order.HiddenFromLists = call.HideFromLists;
    }

    protected override void OnAccepted(Order order)
    {
        if (order.Status is not OrderStatus.PendingNew) Reserve(order);
        Report(order, ExecType.New);
    }

    protected override void OnFilled(Order order, Trade trade)
    {
        Account.Settle(order, trade, Market(order.Symbol).Instrument);
        Report(order, ExecType.Trade, trade);
        if (ListOf(order) is { IsDone: false } list) OnLegFilled(list, order);
    }

    protected override void OnClosed(Order order)
    {
        Account.Release(order, Market(order.Symbol).Instrument);
        Report(order, order.Status switch
        {
            OrderStatus.Canceled => ExecType.Canceled,
            OrderStatus.ExpiredInMatch => ExecType.TradePrevention,
            _ => ExecType.Expired,
        });
        if (ListOf(order) is { IsDone: false } list) Due.Enqueue(() => OnLegClosed(list));
    }

    protected override void OnPrevented(Order order, decimal qty)
    {
        Account.Shrink(order, Market(order.Symbol).Instrument);
        Report(order, ExecType.TradePrevention);
    }

    protected override void Settle(JournalLine line)
    {
        if (_changedLists.Count > 0) line.Lists = [.. _changedLists];
        _changedLists.Clear();
        if (Changes.Balances.Count == 0) return;
        line.Balances = Changes.Balances.ToDictionary(asset => asset, Account.Of);
        _stream.Publish("outboundAccountPosition", SpotEvents.AccountPosition(line.Balances, Now));
    }

    protected override void ResetAccount()
    {
        Account.Reset();
        _lists.Clear();
    }

    protected override void RestoreAccount(JournalLine line)
    {
        if (line.Balances is { } balances) Account.Restore(balances);
        foreach (var list in line.Lists ?? []) Restore(list);
    }

    private void Report(Order order, ExecType type, Trade? trade = null) =>
        _stream.Publish("executionReport", SpotEvents.ExecutionReport(new SpotReport(order, type, trade, _renamedFrom, ++_executionId, Now)));
}
