namespace Chimera.S4.Orders;

/// <summary>How often an exit that the venue refuses is tried again: not for ever, with growing pauses, and told once when it is given up.</summary>
static class Refusals
{
    const int Most = 6;

    /// <param name="refused">Those since the last one that was taken, newest first.</param>
    /// <param name="givenUp">Why no more are tried; null: another is, now or after a pause that the order will be woken from.</param>
    public static bool MayTry(Draft draft, Leg leg, IReadOnlyList<VenueOrder> refused, DateTimeOffset now, out ReasonCode? givenUp)
    {
        givenUp = null;
        if (refused is not [var last, ..]) return true;
        if (refused.Count >= Most)
        {
            givenUp = last.Reason ?? ReasonCode.VenueRejected;
            if (leg.Why is null) draft.Tell(OrderEventType.ProtectionRefused, last.ClientOrderId, last.Reason, last.VenueText);
            return false;
        }
        // Counted from an instant that stays: the order's own last change moves with each look, and the next try with it.
        var again = (last.AckedAt ?? last.SentAt ?? leg.StartedAt) + Probing.Delay(refused.Count - 1);
        if (now >= again) return true;
        draft.WakeAt(again);
        return false;
    }
}
