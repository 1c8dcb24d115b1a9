namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>An order that has taken effect, with its history: a read may show an older state than the matching engine's.</summary>
sealed class VirtualOrder(PlaceEffect placed, string venueOrderId, double visibleAt)
{
    readonly List<(double At, VenueOrderState State)> history = [];

    public string ClientOrderId => placed.ClientOrderId;
    public PlaceEffect Placed => placed;
    public decimal Left => placed.Qty.Value - State.CumQty.Value;

    /// <summary>Looks by id do not find it.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>In the book that is asked: futures keep orders that wait for a price in one of their own.</summary>
    public bool IsIn(bool? conditional) => conditional is null || placed.Market is Market.Spot || placed.TriggerPx is not null == conditional;
    public string VenueOrderId => venueOrderId;
    public VenueOrderState State => history[^1].State;
    public bool IsOpen => State.Status.IsWorking();

    public void Move(double at, VenueStatus status, Trade? trade = null)
    {
        Trade[] trades = history.Count == 0 ? [] : [.. State.Trades];
        if (trade is not null) trades = [.. trades, trade];
        history.Add((at, new VenueOrderState
        {
            Symbol = placed.Symbol, ClientOrderId = placed.ClientOrderId, VenueOrderId = venueOrderId, Status = status, CumQty = new(trades.Sum(one => one.Qty.Value)), Trades = trades,
        }));
    }

    /// <summary>Null: not to be seen yet.</summary>
    public VenueOrderState? Read(double now, double age) => now < visibleAt ? null : history.LastOrDefault(entry => entry.At <= now - age, history[0]).State;
}
