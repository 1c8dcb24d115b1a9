using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues;

/// <summary>Where a user stream hands what it hears. It awaits each hand-over before it advances: nothing is acknowledged on the strength of memory (design §3.10).</summary>
public interface IUserStreamSink
{
    /// <summary>An order event, ours or foreign; completes when it is durably taken.</summary>
    Task Heard(Market market, VenueOrderState order, CancellationToken cancel);

    /// <summary>An algo order event, ours or foreign; completes when it is durably taken. Events of its child order come as that order's, under the algo order's client id.</summary>
    Task Heard(Market market, AlgoOrderState algo, CancellationToken cancel);

    /// <summary>Futures positions that are gone: whoever protects one is told. Completes when that is durably taken.</summary>
    /// <param name="isFlat">By symbol.</param>
    /// <param name="seenAt">By the venue's clock.</param>
    Task Flat(Predicate<string> isFlat, DateTimeOffset seenAt, CancellationToken cancel);

    /// <summary>The stream is up again, subscribed and buffering. Completes when live orders have been queried over REST; only then is the buffer applied and the stream called reconciled.</summary>
    Task Reconcile(Market market, CancellationToken cancel);
}
