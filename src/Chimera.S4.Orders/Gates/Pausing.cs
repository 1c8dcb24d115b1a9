namespace Chimera.S4.Orders;

/// <summary>What the shared gates mean for an order that lives: the kill switch ends its entering, an open breaker makes it wait, and so does an orderly end of S4.</summary>
static class Pausing
{
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>The switch is on; or it was when an order of the intent was about to be sent, whatever has been read here since.</summary>
    public static bool HasKilled(Order order, GateState gates) =>
        Exposure.Adds(order.Intent) && (gates.IsKilled || order.Entries.Any(venue => venue is { Status: VenueStatus.Rejected, Reason: ReasonCode.KillSwitch }));

    /// <summary>True: no further order may be placed now, because it would add exposure or because S4 is about to leave; the order is woken to look again, if need be after the next start.</summary>
    public static bool Waits(Draft draft, MarketView view)
    {
        if (!view.IsStopping && !(Exposure.Adds(draft.Order.Intent) && view.Gates.IsPaused(draft.Order.Intent.Market))) return false;
        draft.WakeAt(view.Now + LookAgain);
        return true;
    }

    /// <summary>It was never sent, because the breaker was open: nothing that its leg has tried.</summary>
    public static bool WasHeld(VenueOrder venue) => venue is { Status: VenueStatus.Rejected, Reason: ReasonCode.BreakerOpen };
}
