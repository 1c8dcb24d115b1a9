using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Persistence;

namespace Chimera.S4.Simulator.Spot;

/// <summary>The spot venue: balances, cancels that rename, events.</summary>
internal sealed class SpotExchange : Exchange
{
    private readonly SpotUserStream _stream;
    private long _executionId;

    public SpotExchange(SimulatorOptions options, VenueClock clock, Journal? journal, SpotUserStream stream)
        : base(Venue.Spot, options.SpotInstruments, options, clock, journal)
    {
        _stream = stream;
        Account = new SpotAccount(options.SpotBalances, options.SpotCommissionRate, Changes.Balances);
    }

    public SpotAccount Account { get; }
    public decimal CommissionRate => Options.SpotCommissionRate;

    /// <summary>Places an order that <see cref="SpotPlacement"/> has read and checked.</summary>
    public Order Place(Order order, Call call)
    {
        var market = Market(order.Symbol);
        if (Index.Find(order.Symbol, order.ClientOrderId) is { IsOpen: true }) throw new VenueError(-2010, "Duplicate order sent.");
        if (order.Type is OrderType.LimitMaker && market.Book.WouldTake(order)) throw new VenueError(-2010, "Order would immediately match and take.");
        if (!order.IsBuy) Account.Require(market.Instrument.BaseAsset, order.OrigQty);
        else if (order.Type is OrderType.Market) Account.Require(market.Instrument.QuoteAsset, market.Book.Cost(Side.Buy, order.OrigQty));
        else Account.Require(market.Instrument.QuoteAsset, order.Price * order.OrigQty);
        order.HiddenUntil = call.HideFor > TimeSpan.Zero ? Now + (long)call.HideFor.TotalMilliseconds : 0;
        order.HiddenFromLists = call.HideFromLists;
        Accept(order);
        return order;
    }

    /// <summary>Cancels; the cancel's id becomes the order's, which frees the order's own for a new one.</summary>
    public void Cancel(Order order, string? cancelId)
    {
        var original = order.ClientOrderId;
        Index.Rename(order, cancelId ?? NewClientOrderId());
        _renamedFrom = original;
        Close(order, OrderStatus.Canceled, ExpiryReason.None);
        _renamedFrom = "";
    }

    private string _renamedFrom = "";

    public override decimal Fillable(Order order, decimal qty) => qty;

    protected override void OnAccepted(Order order)
    {
        Account.Reserve(order, Market(order.Symbol).Instrument);
        Report(order, ExecType.New);
    }

    protected override void OnFilled(Order order, Trade trade)
    {
        Account.Settle(order, trade, Market(order.Symbol).Instrument);
        Report(order, ExecType.Trade, trade);
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
    }

    protected override void Settle(JournalLine line)
    {
        if (Changes.Balances.Count == 0) return;
        line.Balances = Changes.Balances.ToDictionary(asset => asset, Account.Of);
        _stream.Publish("outboundAccountPosition", SpotEvents.AccountPosition(line.Balances, Now));
    }

    protected override void ResetAccount() => Account.Reset();

    protected override void RestoreAccount(JournalLine line)
    {
        if (line.Balances is { } balances) Account.Restore(balances);
    }

    private void Report(Order order, ExecType type, Trade? trade = null) =>
        _stream.Publish("executionReport", SpotEvents.ExecutionReport(new SpotReport(order, type, trade, _renamedFrom, ++_executionId, Now)));
}
