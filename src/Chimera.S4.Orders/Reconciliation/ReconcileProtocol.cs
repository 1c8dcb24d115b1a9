namespace Chimera.S4.Orders;

/// <summary>Holds one live order against the venue, after a start or a gap in the user stream. Ends with <see cref="Finish.After"/> where the venue does not answer: the stream is not whole yet.</summary>
/// <param name="known">The order as it stands here.</param>
/// <param name="open">The same order among the venue's open ones; null: it is not among them.</param>
public sealed class ReconcileProtocol(string symbol, VenueOrder known, VenueOrderState? open) : VenueProtocol
{
    static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(1);

    readonly OrderRef order = new(symbol, known.ClientOrderId, known.VenueOrderId, known.CancelId, known.TriggerPx is not null);

    public override VenueCommand Start(PlacementView view) => (known, open) switch
    {
        ({ IsAlive: false, IsProven: true }, null) => Finish.Done,
        // Not acknowledged: the pending placement looks for it by its own protocol.
        ({ Status: VenueStatus.None }, null) => Finish.Done,
        (_, null) => new QueryOrder(order),
        _ when open.Status == known.Status && open.CumQty == known.CumQty => Finish.Done,
        _ => TellWithTrades(order, open, view),
    };

    protected override VenueCommand Next(VenueCommand asked, Reply reply, PlacementView view) => (asked, reply) switch
    {
        (QueryOrder, Answered { Answer: { Outcome: VenueOutcome.Known, Order: { } state } }) => TellWithTrades(order, state, view),
        // Alive here and unknown there: it stays as it is until the venue tells more.
        (QueryOrder, Answered { Answer.Outcome: VenueOutcome.NotFound }) => Finish.Done,
        (ReadTrades read, Traded { Answer: { Outcome: VenueOutcome.Known } told }) =>
            new Report(Finding.Known(Finding.Query, known.ClientOrderId, read.State with { Trades = told.Trades }), Finish.Reported),
        (QueryOrder, Answered) or (ReadTrades, Traded) => Finish.After(Unanswered),
        _ => throw Nonsense(asked, reply),
    };
}
