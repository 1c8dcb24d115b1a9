namespace Chimera.S4.Orders;

public enum ReviewOutcome
{
    /// <summary>The placement is not in review (any more): it was settled, or went out again, meanwhile.</summary>
    NotInReview,

    /// <summary>Absent: the same placement goes out again under the same id.</summary>
    SentAgain,

    /// <summary>Absent and not wanted any more: it has ended.</summary>
    Ended,

    /// <summary>The venue shows it, whatever the operator said: it is merged.</summary>
    Found,

    /// <summary>The order that was named is not this placement's, or there is none.</summary>
    OtherOrder,

    /// <summary>The venue did not answer.</summary>
    Silent,
}

/// <summary>
/// Carries out an operator's word on one placement. It moves the journal as a proof would, by the same compare-and-set: a sighting that comes first wins, one that comes later is merged, and no epoch
/// that another has begun is spoken of. The venue is asked once more before.
/// </summary>
public sealed class ReviewProtocol(VenueEffect place, Ruling ruling) : VenueProtocol
{
    readonly PlacementProtocol placement = new(place);
    ReviewOutcome outcome;

    /// <summary>What it came to.</summary>
    /// <param name="handled">How the run ended: where another came first, nothing came of it.</param>
    public ReviewOutcome Outcome(Handled handled) => handled.Again is null ? outcome : ReviewOutcome.NotInReview;

    public override VenueCommand Start(PlacementView view) => new LoadEntry(place.ClientOrderId);

    protected override VenueCommand Next(VenueCommand asked, Reply reply, PlacementView view) => (asked, reply) switch
    {
        (LoadEntry, Loaded { Entry: { Resolution: not null } known }) => Comes(ReviewOutcome.Found, new TellAgain(known)),
        // The flag of the order may be older: it outlives the epoch that brought it, and a young epoch is nobody's to judge.
        (LoadEntry, Loaded { Entry: { NeedsReview: true, NotExecuted: false } entry }) => Look(entry, view),
        (LoadEntry, Loaded) => Comes(ReviewOutcome.NotInReview, Finish.Done),
        (LookEverywhere { Entry: var entry }, Answered { Answer: var answer }) => placement.Known(answer) is { } found && answer.Outcome is VenueOutcome.Known ? Merge(entry, found, view) : Judge(entry, view),
        (QueryOrder { After: { } named }, Answered { Answer: var answer }) => Match(named.Entry, answer, view),
        (WriteEpoch, Settled { Stands: var stands }) => stands ? Comes(ReviewOutcome.SentAgain, Finish.Done) : Finish.Now,
        (TellAgain, _) => Finish.Reported,
        _ => throw Nonsense(asked, reply),
    };

    VenueCommand Look(PlacementEntry entry, PlacementView view) => ruling is RuledFound named
        ? new QueryOrder(new OrderRef(place.Symbol, place.ClientOrderId, named.VenueOrderId, IsConditional: place is PlaceEffect { TriggerPx: not null }), (entry, new VenueAnswer { Outcome = VenueOutcome.Unknown }))
        : placement.LookFor(entry, view);

    VenueCommand Match(PlacementEntry entry, VenueAnswer answer, PlacementView view) => answer switch
    {
        { Outcome: VenueOutcome.Known, Order: { } state } when IsIt(state) => Merge(entry, [Finding.Known(Finding.Place, place.ClientOrderId, state)], view),
        { Outcome: VenueOutcome.Known or VenueOutcome.NotFound } => Comes(ReviewOutcome.OtherOrder, Finish.Done),
        _ => Comes(ReviewOutcome.Silent, Finish.Done),
    };

    // Spot renames a canceled order to the id of its cancel, which is how one that somebody else canceled gets lost in the first place.
    bool IsIt(VenueOrderState state) => state.Symbol == place.Symbol
        && (state.ClientOrderId == place.ClientOrderId || state.Status is VenueStatus.Canceled && !state.ClientOrderId.StartsWith(((RuledFound)ruling).Prefix, StringComparison.Ordinal));

    VenueCommand Merge(PlacementEntry entry, IEnumerable<Finding> found, PlacementView view) => Comes(ReviewOutcome.Found, placement.Conclude(entry, null, found, view));

    VenueCommand Judge(PlacementEntry entry, PlacementView view)
    {
        var absent = (RuledAbsent)ruling;
        // An epoch that nobody sends: what an old look still notes of the one before finds it gone, and whoever takes the effect up next moves on from it.
        if (absent.IsWanted) return new WriteEpoch(entry with { Epoch = entry.Epoch + 1, NotExecuted = true, Probes = 0, FirstEmptyAt = null, LastEmptyAt = null, NeedsReview = false });
        var refusal = new VenueAnswer { Outcome = VenueOutcome.Rejected, Reason = ReasonCode.RuledAbsent, VenueText = absent.Words };
        return Comes(ReviewOutcome.Ended, placement.Conclude(entry, entry.Epoch, placement.Plain(ReportKind.Rejected, refusal), view));
    }

    VenueCommand Comes(ReviewOutcome what, VenueCommand then)
    {
        outcome = what;
        return then;
    }
}
