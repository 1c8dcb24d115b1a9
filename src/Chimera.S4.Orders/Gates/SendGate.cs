namespace Chimera.S4.Orders;

/// <summary>The last gate, right before a placement leaves: an intent that was accepted while the gates stood open may come here after one has closed. It is refused then, and its order told so.</summary>
public static class SendGate
{
    /// <summary>Null: it may be sent, as far as the gates go; a half-open breaker still has to give it the place of a probe.</summary>
    public static VenueAnswer? Refusal(VenueEffect place, GateState state) =>
        !Exposure.Adds(place) ? null
        : state.IsUnreadable ? new() { Outcome = VenueOutcome.NotExecuted, VenueText = "not sent: the kill switch cannot be read, and counts as on" }
        : state.IsKilled ? Refused(ReasonCode.KillSwitch, "not sent: the kill switch is on")
        : state.Of(place.Market) is BreakerState.Open ? NoProbe
        : null;

    public static readonly VenueAnswer NoProbe = Refused(ReasonCode.BreakerOpen, "not sent: the venue's circuit breaker is open");

    static VenueAnswer Refused(ReasonCode reason, string why) => new() { Outcome = VenueOutcome.Rejected, Reason = reason, VenueText = why };
}
