namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>An order that has taken effect, with its history: a read may show an older state than the matching engine's.</summary>
sealed class VirtualOrder(PlaceEffect placed, string venueOrderId, double visibleAt)
{
    readonly List<(double At, VenueOrderState State)> history = [];
    readonly ClientOrderId? name = Orders.ClientOrderId.TryParse(placed.ClientOrderId, Sample.Prefix, out var id) ? id : null;

    public string ClientOrderId => placed.ClientOrderId;
    public PlaceEffect Placed => placed;

    /// <summary>The intent whose name it bears; null: it is foreign.</summary>
    public Guid? Owner => name?.SagaId;
    public int Leg => name?.Leg ?? -1;
    public decimal Cum => State.CumQty.Value;

    /// <summary>Filled after that moment.</summary>
    public decimal CumSince(double moment) => Cum - (history.LastOrDefault(entry => entry.At <= moment).State?.CumQty.Value ?? 0);

    public decimal Left => placed.Qty.Value - Cum;

    /// <summary>The list that it came with; null: it was placed alone.</summary>
    public string? List { get; init; }

    /// <summary>An exit that waits until the entry of its list has filled wholly.</summary>
    public bool IsPending { get; set; }

    /// <summary>What was kept of its fills, in the asset that it bought.</summary>
    public decimal Fees => placed.Side is Side.Buy ? State.Trades.Sum(trade => trade.CommissionAsset == Sample.Instrument.BaseAsset ? trade.Commission : 0) : 0;

    /// <summary>Waits for a price that has not come: on futures in a book of its own, with an id of its own.</summary>
    public bool IsWaiting => placed.TriggerPx is not null && child is null;

    /// <summary>Looks by id do not find it.</summary>
    public bool IsForgotten { get; init; }

    string? child;

    /// <summary>In the book that is asked: futures keep orders that wait for a price in one of their own.</summary>
    public bool IsIn(bool? conditional) => conditional is null || placed.Market is Market.Spot || placed.TriggerPx is not null == conditional;

    /// <summary>Among the open ones as reads list them: one that has triggered on futures is told by its child, under a name that is not its own.</summary>
    public bool IsListed => placed.Market is Market.Spot || placed.TriggerPx is null || IsWaiting;
    public VenueOrderState State => history[^1].State;
    public bool IsOpen => State.Status.IsWorking();

    /// <summary>Open, and may trade or set off at any price: one that waits for its list's entry does not.</summary>
    public bool IsActive => IsOpen && !IsPending;

    /// <summary>Its price has come: futures give it another id then.</summary>
    public void Trigger(string childId) => child = placed.Market is Market.Fut ? childId : venueOrderId;

    public void Move(double at, VenueStatus status, Trade? trade = null)
    {
        Trade[] trades = history.Count == 0 ? [] : [.. State.Trades];
        if (trade is not null) trades = [.. trades, trade];
        history.Add((at, new VenueOrderState
        {
            Symbol = placed.Symbol, ClientOrderId = placed.ClientOrderId, VenueOrderId = child ?? venueOrderId, IsConditional = placed is { Market: Market.Fut, TriggerPx: not null }, Status = status,
            CumQty = new(trades.Sum(one => one.Qty.Value)), CumQuote = trades.Sum(one => one.Qty.Value * one.Px.Value), Trades = trades,
        }));
    }

    /// <summary>Null: not to be seen yet.</summary>
    public VenueOrderState? Read(double now, double age) => now < visibleAt ? null : history.LastOrDefault(entry => entry.At <= now - age, history[0]).State;
}
