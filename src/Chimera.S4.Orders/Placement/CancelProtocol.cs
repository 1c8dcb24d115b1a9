namespace Chimera.S4.Orders;

/// <summary>Cancels until a terminal state is seen. Repeating is safe: the cancel has one id, and a canceled order stays canceled.</summary>
public sealed class CancelProtocol(CancelEffect cancel, int tries) : VenueProtocol
{
    public override VenueCommand Start(PlacementView view) => new SendCancel(cancel);

    protected override VenueCommand Next(VenueCommand asked, Reply reply, PlacementView view) => (asked, reply) switch
    {
        (SendCancel, Answered { Answer: { Outcome: VenueOutcome.Known or VenueOutcome.NotSent or VenueOutcome.NotExecuted } clear }) => Conclude(clear, view),
        // Anything but a clear answer is settled by looking: filled, expired, canceled before, or not visible yet.
        (SendCancel, Answered) => new QueryOrder(new OrderRef(cancel.Symbol, cancel.ClientOrderId, cancel.VenueOrderId, cancel.CancelId, cancel.IsConditional)),
        (QueryOrder, Answered { Answer: var answer }) => Conclude(answer, view),
        _ => throw Nonsense(asked, reply),
    };

    VenueCommand Conclude(VenueAnswer answer, PlacementView view) => answer.Order is { } order && order.Status.IsTerminal()
        ? new Report(Finding.Known(Finding.Cancel, cancel.ClientOrderId, order).Answering(cancel.Seq, view.Now), Finish.Reported)
        : Finish.After(answer.RetryAfter ?? Probing.Delay(tries));
}
