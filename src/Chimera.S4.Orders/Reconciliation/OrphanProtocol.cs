namespace Chimera.S4.Orders;

/// <summary>Ends an open order with our prefix that no document names: recorded, canceled at the venue, recorded again. Ends with <see cref="Finish.After"/> where that could not be proven; the next reconciliation tries again.</summary>
public sealed class OrphanProtocol(Market market, VenueOrderState open) : VenueProtocol
{
    static readonly TimeSpan Unproven = TimeSpan.FromSeconds(1);

    readonly CancelEffect cancel = new(0, market, open.Symbol, open.ClientOrderId) { VenueOrderId = open.VenueOrderId, IsConditional = open.IsConditional, CancelId = ClientOrderId.CancelId(open.ClientOrderId, 0) };

    // What is found goes into the record first: the cancel may work without anybody hearing of it.
    public override VenueCommand Start(PlacementView view) => new RecordOrphan(open, new SendCancel(cancel));

    protected override VenueCommand Next(VenueCommand asked, Reply reply, PlacementView view) => (asked, reply) switch
    {
        (SendCancel, Answered { Answer: { Outcome: VenueOutcome.Known } answer }) => Conclude(answer),
        (SendCancel, Answered) => new QueryOrder(new OrderRef(open.Symbol, open.ClientOrderId, open.VenueOrderId, cancel.CancelId, open.IsConditional)),
        (QueryOrder, Answered { Answer: var answer }) => Conclude(answer),
        (RecordOrphan record, _) => record.Then,
        _ => throw Nonsense(asked, reply),
    };

    static VenueCommand Conclude(VenueAnswer answer) => answer.Order is { } state && state.Status.IsTerminal() ? new RecordOrphan(state, Finish.Done) : Finish.After(Unproven);
}
