using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Gates;

/// <summary>Asks the shared gates right before a placement leaves, so that a gate that has closed holds on every replica from that instant on.</summary>
public sealed class SendGates(GateBoard board, SharedBreaker breaker, RouterMetrics metrics)
{
    /// <summary>Why it may not be sent, as if the venue had said so; null: it may. What reduces is not asked about.</summary>
    public async Task<(VenueAnswer? Refusal, bool IsProbe)> Admit(VenueEffect place, CancellationToken cancel)
    {
        if (!Exposure.Adds(place)) return (null, false);
        var state = await board.Now(cancel);
        if (SendGate.Refusal(place, state) is { } refusal) return (refusal, false);
        if (state.Of(place.Market) is BreakerState.Closed) return (null, false);
        return await breaker.Change(place.Market, (known, now) => known.Admit(now, breaker.Options), cancel) switch
        {
            Admission.Passes => (null, false),
            Admission.Probe => (null, true),
            _ => (SendGate.NoProbe, false),
        };
    }

    /// <summary>A probe was answered. If that cannot be noted now, its place falls back to the others in time.</summary>
    public async Task Probed(Market market, VenueAnswer answer, CancellationToken cancel)
    {
        try
        {
            await breaker.Change(market, (known, now) => (known.Probed(Failed(answer), now, breaker.Options), 0), cancel);
        }
        catch (StoreUnavailableException)
        {
            metrics.ProbeLost();
        }
    }

    // A refusal is an answer: the venue works. Our own budget has not even asked it.
    static bool Failed(VenueAnswer answer) => answer.Outcome is VenueOutcome.Unknown or VenueOutcome.FailedVerify or VenueOutcome.NotSent or VenueOutcome.NotExecuted;
}
