namespace Chimera.S4.Orders;

public enum PlacementStep
{
    /// <summary>Nothing was ever sent: sign, journal as epoch 1, send.</summary>
    Begin,

    /// <summary>This epoch cannot take effect any more: sign anew, move the epoch by compare-and-set, send.</summary>
    Advance,

    /// <summary>Sent, unproven: look for it. Never send again.</summary>
    Look,

    /// <summary>Known: tell it again.</summary>
    Tell,
}

/// <summary>
/// How one placement, of an order or of a list of orders, takes effect at most once, whatever crashes, repeats or pauses (design §3.5): journal before send, send once per epoch, look until proven.
/// </summary>
/// <param name="hasWaited">It has not come here straight from its decision: its order may have been asked to end meanwhile.</param>
public sealed class PlacementProtocol(VenueEffect place, bool hasWaited = false) : VenueProtocol
{
    static readonly TimeSpan Quarantine = TimeSpan.FromMilliseconds(250), VerifyAfter = TimeSpan.FromMilliseconds(400), LongestBackOff = TimeSpan.FromSeconds(5);

    /// <summary>How far back a look for the order goes: a clock may be off by less than this.</summary>
    static readonly TimeSpan LookBack = TimeSpan.FromSeconds(30);

    readonly DateTimeOffset? notAfter = place switch { PlaceEffect one => one.NotAfter, PlaceListEffect two => two.NotAfter, _ => null };

    readonly OrderRef order = place is PlaceListEffect list
        ? new(list.Symbol, list.ClientOrderId) { List = list }
        : new(place.Symbol, place.ClientOrderId, CancelId: ClientOrderId.CancelId(place.ClientOrderId, 0), IsConditional: place is PlaceEffect { TriggerPx: not null });

    /// <summary>The orders that an outcome is told of, one by one.</summary>
    readonly IReadOnlyList<string> ids = place is PlaceListEffect { OrderIds: var legs } ? legs : [place.ClientOrderId];

    public static PlacementStep StepFor(PlacementEntry? entry, PlacementView view) => entry switch
    {
        null => PlacementStep.Begin,
        { Resolution: not null } => PlacementStep.Tell,
        { NotExecuted: true } => PlacementStep.Advance,
        _ when AbsenceProof.IsAbsent(entry, view) => PlacementStep.Advance,
        _ => PlacementStep.Look,
    };

    public override VenueCommand Start(PlacementView view) => new LoadEntry(place.ClientOrderId);

    protected override VenueCommand Next(VenueCommand asked, Reply reply, PlacementView view) => (asked, reply) switch
    {
        (LoadEntry, Loaded { Entry: var entry }) => Proceed(entry, view),
        (SignRequest { Before: var before }, Signed signed) => new WriteEpoch(Journalled(before, signed, view.Now)),
        (WriteEpoch, Settled { Stands: false }) => Finish.Now,
        // Only whoever holds the epoch may call it expired: a process that slept must not speak for one that has sent meanwhile.
        (WriteEpoch { Entry: var entry }, Settled) => notAfter <= view.Now ? Expire(entry) : new CheckPending(place.Seq, entry),
        // Last look before the point of no return: an order that has given this placement up must not get it.
        (CheckPending { Entry: var entry }, Settled { Stands: false }) => Withdraw(entry),
        (CheckPending { Entry: var entry }, Settled) => hasWaited || entry.Epoch > 1 ? new CheckWanted(place.Seq, entry) : new SendRequest(place, entry),
        // Its cancel has waited for the outcome, and the outcome is that nothing is there: sent now it might fill before the cancel comes. Only whoever holds the epoch may say so, and he has not sent.
        (CheckWanted { Entry: var entry }, Settled { Stands: false }) => Conclude(entry, entry.Epoch, Unsent(entry), view),
        (CheckWanted { Entry: var entry }, Settled) => new SendRequest(place, entry),
        (SendRequest { Entry: var entry }, Answered { Answer: var answer }) => Settle(entry, answer, view),
        // An order has been seen behind such a failure, and a look may be late: one that shows nothing proves nothing.
        (QueryOrder { After: { } failed }, Answered { Answer: var found }) =>
            Settle(failed.Entry, found.Outcome is VenueOutcome.Known ? found : failed.Answer with { Outcome = VenueOutcome.Unknown }, view),
        (LookEverywhere look, Answered { Answer: var answer }) => Looked(look, answer, view),
        (TellAgain, _) => Finish.Reported,
        _ => throw Nonsense(asked, reply),
    };

    VenueCommand Proceed(PlacementEntry? entry, PlacementView view) => StepFor(entry, view) switch
    {
        PlacementStep.Tell => new TellAgain(entry!),
        PlacementStep.Look => LookFor(entry!, view),
        // Until the stream is up and reconciled nothing new goes out (quarantine → reconcile → resume).
        _ => view.StreamReconciledSince is null ? Finish.After(Quarantine) : new SignRequest(place, entry),
    };

    PlacementEntry Journalled(PlacementEntry? before, Signed signed, DateTimeOffset now) => new()
    {
        ClientOrderId = place.ClientOrderId, Epoch = (before?.Epoch ?? 0) + 1, Request = signed.Request.Text, Timestamp = signed.Request.Timestamp, ReceiveWindow = signed.Request.ReceiveWindow,
        SentAt = now, MidAtSend = signed.Mid, BookTop3 = signed.BookTop3,
    };

    VenueCommand Expire(PlacementEntry entry)
    {
        var late = new VenueAnswer { Outcome = VenueOutcome.Rejected, Reason = ReasonCode.IntentExpired, VenueText = $"expires_at {notAfter:O} passed before the order could be sent" };
        var told = Answering(Plain(ReportKind.Rejected, late));              // neither sent nor answered
        return new Resolve(place.ClientOrderId, entry.Epoch, told, Tell(told, Finish.Reported));
    }

    VenueCommand Withdraw(PlacementEntry entry) => new Resolve(place.ClientOrderId, entry.Epoch, Answering(Plain(ReportKind.NothingNew)), Finish.Done);

    VenueCommand Settle(PlacementEntry entry, VenueAnswer answer, PlacementView view) => answer.Outcome switch
    {
        VenueOutcome.Known when Known(answer) is { } found => Conclude(entry, null, found, view),
        VenueOutcome.Rejected => Conclude(entry, entry.Epoch, Plain(ReportKind.Rejected, answer), view),
        VenueOutcome.NotSent or VenueOutcome.NotExecuted => new NoteProbe(entry with { NotExecuted = true }, Finish.After(answer.RetryAfter ?? BackOff(entry.Epoch))),
        VenueOutcome.Exists => LookFor(entry, view),
        VenueOutcome.FailedVerify => new Pause(VerifyAfter, new QueryOrder(order, (entry, answer))),
        _ => Tell(Unknown(entry, answer), Finish.After(AbsenceProof.LookAgainIn(entry))),
    };

    internal VenueCommand LookFor(PlacementEntry entry, PlacementView view) => new LookEverywhere(order, entry.Timestamp - LookBack, entry, view);

    VenueCommand Looked(LookEverywhere look, VenueAnswer answer, PlacementView view)
    {
        if (answer.Outcome is VenueOutcome.Known && Known(answer) is { } found) return Conclude(look.Entry, null, found, view);
        var (entry, began) = (look.Entry, look.Began);
        var looked = answer.Outcome is VenueOutcome.NotFound ? AbsenceProof.LookedEmpty(entry, began) : AbsenceProof.Looked(entry, began);
        var note = new NoteProbe(looked, Finish.After(StepFor(looked, began) is PlacementStep.Advance ? TimeSpan.Zero : AbsenceProof.LookAgainIn(looked)));
        // Whoever sent it may never have lived to say so: the order has to know that its outcome is open. Told before it is noted, or a crash between would leave it untold.
        return looked.Probes == 1 || looked.NeedsReview && !entry.NeedsReview ? Tell(Unknown(looked), note) : note;
    }

    internal VenueCommand Conclude(PlacementEntry entry, int? ofEpoch, IEnumerable<Finding> found, PlacementView view)
    {
        var told = Answering(found.Select(one => one with { Seen = one.Seen with { SentAt = entry.SentAt, AnsweredAt = view.Now, MidAtSend = entry.MidAtSend, BookTop3 = entry.BookTop3 } }));
        return new Resolve(place.ClientOrderId, ofEpoch, told, Tell(told, Finish.Reported));
    }

    /// <summary>The state of each order; null: the answer does not tell every one of them, and so proves nothing.</summary>
    internal Finding[]? Known(VenueAnswer answer)
    {
        if (order.List is null) return answer.Order is { } single ? [Finding.Known(Finding.Place, place.ClientOrderId, single)] : null;
        var told = ids.Select(id => answer.Legs.FirstOrDefault(leg => leg.ClientOrderId == id)).OfType<VenueOrderState>().ToArray();
        return told.Length == ids.Count ? [.. told.Select(leg => Finding.Known(Finding.Place, leg.ClientOrderId, leg))] : null;
    }

    IEnumerable<Finding> Unsent(PlacementEntry entry) => ids.Select(id => new Finding(Finding.Place, new Observation
    {
        ClientOrderId = id, Kind = ReportKind.Known, Status = VenueStatus.Canceled, VenueText = entry.Epoch > 1 ? "not sent again: it never came to be, and was asked to end" : "not sent: it was asked to end before it could be",
    }));

    // A reason belongs to a refusal, and this is none.
    IEnumerable<Finding> Unknown(PlacementEntry entry, VenueAnswer? answer = null) =>
        from told in Plain(ReportKind.Unknown, answer is null ? null : answer with { Reason = null })
        select told with { Seen = told.Seen with { SentAt = entry.SentAt, MidAtSend = entry.MidAtSend, BookTop3 = entry.BookTop3, NeedsReview = entry.NeedsReview } };

    internal IEnumerable<Finding> Plain(ReportKind kind, VenueAnswer? answer = null) => ids.Select(id => Finding.Plain(Finding.Place, id, kind, answer));

    /// <summary>The last one answers the effect; the broker has the others by then.</summary>
    Finding[] Answering(IEnumerable<Finding> found)
    {
        var told = found.ToArray();
        told[^1] = told[^1] with { Seen = told[^1].Seen with { EffectSeq = place.Seq } };
        return told;
    }

    static VenueCommand Tell(IEnumerable<Finding> told, VenueCommand then) => told.Reverse().Aggregate(then, (next, one) => new Report(one, next));

    static TimeSpan BackOff(int epoch) => TimeSpan.FromMilliseconds(Math.Min(200 * Math.Pow(2, Math.Min(epoch - 1, 10)), LongestBackOff.TotalMilliseconds));
}
