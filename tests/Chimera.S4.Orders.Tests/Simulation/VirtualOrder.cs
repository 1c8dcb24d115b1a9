namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>What the exchange tells of an order.</summary>
sealed record VenueState(string VenueOrderId, VenueStatus Status, decimal Cum, Trade[] Trades)
{
    public Observation Tell(string clientOrderId, int? answers = null, bool withTrades = true) => new()
    {
        ClientOrderId = clientOrderId, Kind = ReportKind.Known, EffectSeq = answers, VenueOrderId = VenueOrderId, Status = Status, CumQty = new(Cum), Trades = withTrades ? [.. Trades] : [],
    };
}

/// <summary>An order that has taken effect, with its history: a read may show an older state than the matching engine's.</summary>
sealed class VirtualOrder(string clientOrderId, string venueOrderId, double visibleAt)
{
    readonly List<(double At, VenueState State)> history = [];

    public string ClientOrderId => clientOrderId;
    public string VenueOrderId => venueOrderId;
    public double VisibleAt => visibleAt;
    public VenueState State => history[^1].State;
    public bool IsOpen => State.Status.IsWorking();

    public void Move(double at, VenueStatus status, Trade? trade = null)
    {
        Trade[] trades = history.Count == 0 ? [] : State.Trades;
        if (trade is not null) trades = [.. trades, trade];
        history.Add((at, new VenueState(venueOrderId, status, trades.Sum(one => one.Qty.Value), trades)));
    }

    /// <summary>Null: not to be seen yet.</summary>
    public VenueState? Read(double now, double age) => now < visibleAt ? null : history.LastOrDefault(entry => entry.At <= now - age, history[0]).State;
}
