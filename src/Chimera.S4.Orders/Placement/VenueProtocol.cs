namespace Chimera.S4.Orders;

/// <summary>
/// How one effect on the venue is carried out: a machine of commands and replies, without I/O. A driver performs what is asked and comes back with the reply, until <see cref="Finish"/>;
/// the Router's driver and the simulation's drive these same types.
/// </summary>
public abstract class VenueProtocol
{
    static readonly TimeSpan TradesSince = TimeSpan.FromDays(1);

    /// <summary>The first command.</summary>
    public abstract VenueCommand Start(PlacementView view);

    /// <summary>What follows from a reply.</summary>
    /// <param name="view">As of now, after the reply.</param>
    public VenueCommand On(VenueCommand asked, Reply reply, PlacementView view) => (asked, reply) switch
    {
        (Pause pause, _) => pause.Then,
        (NoteProbe note, _) => note.Then,
        (Report report, _) => report.Then,
        // While this process slept another has gone on, or has settled it. What that one knows counts.
        (Resolve resolve, Settled settled) => settled.Stands ? resolve.Then : Finish.Now,
        _ => Next(asked, reply, view),
    };

    protected abstract VenueCommand Next(VenueCommand asked, Reply reply, PlacementView view);

    /// <param name="tries">How often this effect has been tried in vain.</param>
    /// <param name="hasWaited">It was not handed over right after the commit that brought it.</param>
    public static VenueProtocol For(VenueEffect effect, int tries = 0, bool hasWaited = false) => effect switch
    {
        PlaceEffect or PlaceListEffect => new PlacementProtocol(effect, hasWaited),
        CancelEffect cancel => new CancelProtocol(cancel, tries),
        QueryEffect query => new QueryProtocol(query),
        _ => throw new InvalidOperationException($"no protocol for {effect.GetType().Name}"),
    };

    /// <summary>Tells a state as soon as the trades behind its cumulative quantity are there.</summary>
    protected static VenueCommand TellWithTrades(OrderRef order, VenueOrderState state, PlacementView view, int? answers = null)
    {
        if (!state.HasItsTrades) return new ReadTrades(order with { VenueOrderId = state.VenueOrderId }, view.Now - TradesSince, state);
        var found = Finding.Known(Finding.Query, order.ClientOrderId, state);
        return new Report(answers is { } seq ? found.Answering(seq, view.Now) : found, Finish.Reported);
    }

    protected static InvalidOperationException Nonsense(VenueCommand asked, Reply reply) => new($"{reply.GetType().Name} is no answer to {asked.GetType().Name}");
}
