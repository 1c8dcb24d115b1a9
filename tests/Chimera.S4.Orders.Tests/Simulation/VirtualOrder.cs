namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>An order that has taken effect, with its history: a read may show an older state than the matching engine's.</summary>
sealed class VirtualOrder(string clientOrderId, string venueOrderId, double visibleAt)
{
    readonly List<(double At, VenueOrderState State)> history = [];

    public string ClientOrderId => clientOrderId;
    public string VenueOrderId => venueOrderId;
    public VenueOrderState State => history[^1].State;
    public bool IsOpen => State.Status.IsWorking();

    public void Move(double at, VenueStatus status, Trade? trade = null)
    {
        Trade[] trades = history.Count == 0 ? [] : [.. State.Trades];
        if (trade is not null) trades = [.. trades, trade];
        history.Add((at, new VenueOrderState
        {
            Symbol = "BTCUSDT", ClientOrderId = clientOrderId, VenueOrderId = venueOrderId, Status = status, CumQty = new(trades.Sum(one => one.Qty.Value)), Trades = trades,
        }));
    }

    /// <summary>Null: not to be seen yet.</summary>
    public VenueOrderState? Read(double now, double age) => now < visibleAt ? null : history.LastOrDefault(entry => entry.At <= now - age, history[0]).State;
}
