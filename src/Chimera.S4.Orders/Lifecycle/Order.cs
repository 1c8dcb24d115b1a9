using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>The document of one intent: everything decided and everything seen. Pending effects are stored beside it, in the same commit.</summary>
public sealed record Order
{
    /// <summary>Raised when the stored form changes; every earlier form stays readable.</summary>
    public int Schema { get; init; } = StoredForms.Current;
    public required Guid Id { get; init; }
    public required Intent Intent { get; init; }
    public required OrderStatus Status { get; init; }

    /// <summary>What is worked: on the lot grid, never above what was asked. Zero when denied.</summary>
    public Quantity OrderQty { get; init; }
    public ImmutableArray<VenueOrder> VenueOrders { get; init; } = [];

    /// <summary>This deployment's client order id prefix at acceptance.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>By number. Empty when denied.</summary>
    public ImmutableArray<Leg> Legs { get; init; } = [];

    /// <summary>The intent whose place this one takes; null: none.</summary>
    public ReplacedIntent? Replaced { get; init; }

    /// <summary>What it last asked about the exits of others beside it; null: nothing. A futures intent that reduces.</summary>
    public RoomAsked? Room { get; init; }

    /// <summary>Closes by other intents that it was told of: the latest word of each.</summary>
    public ImmutableArray<GivenWay> GivenWay { get; init; } = [];

    /// <summary>Its slices; null: it is not sliced.</summary>
    public TwapPlan? Twap { get; init; }

    /// <summary>The price that S4 itself watches for it; null: the venue does, or there is nothing to sell.</summary>
    public PriceWatch? Watch { get; init; }

    /// <summary>Its list of two exits is not to be had: it is guarded, or sold at market.</summary>
    public bool HasFallenBack { get; init; }

    /// <summary>False: S4 watches no price for it.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>Since when something is held that no exit at the venue protects; null: nothing is.</summary>
    public DateTimeOffset? NakedSince { get; init; }

    /// <summary>When the venue was seen to hold no position any more, though not all of what was entered had been exited; null: it has not been.</summary>
    public DateTimeOffset? FlatAt { get; init; }

    /// <summary>The instant of which the venue says so, by its own clock; null with <see cref="FlatAt"/>: a document of before this was kept.</summary>
    public DateTimeOffset? FlatSeenAt { get; init; }

    /// <summary>When its policy has to look again though nothing is heard; null: never.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    public RejectedBy? RejectedBy { get; init; }
    public ReasonCode? Reason { get; init; }
    public string? Message { get; init; }

    public bool CancelAsked { get; init; }
    public string? CancelReason { get; init; }

    /// <summary>The cancels that were taken, the latest last: each is delivered at least once and counts once.</summary>
    public ImmutableArray<Guid> Cancels { get; init; } = [];

    /// <summary>What protects the intent's quantity is to go as well.</summary>
    public bool ExitsCanceled { get; init; }
    public ImmutableArray<Waiter> Waiters { get; init; } = [];

    /// <summary>Nothing is alive at the venue or in a timer, and every fill is proven.</summary>
    public bool Final { get; init; }

    /// <summary>Last sequence given to an effect, a result line, a record.</summary>
    public int EffectSeq { get; init; }
    public int ResultSeq { get; init; }
    public int RecordSeq { get; init; }

    /// <summary>What the last result line said; null: none yet.</summary>
    public PublishedResult? Published { get; init; }

    /// <summary>When the next look at the venue is due; null: none needed. <see cref="Probes"/> counts those made.</summary>
    public DateTimeOffset? ProbeAt { get; init; }
    public int Probes { get; init; }

    /// <summary>Revision of the route curve in force at acceptance; 0: none.</summary>
    public long RouteRevision { get; init; }

    /// <summary>Middle of the book when the intent was published, which is when its sender decided, and when it was accepted; null: not known.</summary>
    public decimal? PublishMid { get; init; }
    public decimal? ArrivalMid { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public ImmutableArray<TimelineNote> Timeline { get; init; } = [];

    public Side SideOf(VenueOrder venue) => venue.Leg < Legs.Length ? Legs[venue.Leg].Side : Intent.Side;

    /// <summary>What the intents whose place it took have done of what it is to do, as far as it was told; zero also where it took nobody's. Not part of <see cref="CumQty"/>.</summary>
    public Quantity ReplacedQty => Replaced?.Ended?.DoneOn(Intent.Side) ?? Quantity.Zero;

    /// <summary>The orders that make up the intent's quantity; what protects it is not among them.</summary>
    // Asked several times about each event: where nothing protects it, these are all of them.
    public ImmutableArray<VenueOrder> Entries => Legs.All(leg => leg.Purpose is LegPurpose.Entry) ? VenueOrders : [.. VenueOrders.Where(IsEntry)];

    /// <summary>It is one of <see cref="Entries"/>.</summary>
    public bool IsEntry(VenueOrder venue) => venue.Leg >= Legs.Length || Legs[venue.Leg].Purpose is LegPurpose.Entry;

    /// <summary>Null: no venue order of it has this name.</summary>
    public VenueOrder? Named(string clientOrderId)
    {
        foreach (var venue in VenueOrders)
            if (venue.ClientOrderId == clientOrderId) return venue;
        return null;
    }

    /// <summary>Denied by S4: nothing of it was ever sent.</summary>
    public bool IsDenied => Legs.IsEmpty && Twap is null && Replaced is null;

    /// <summary>No entry order will follow those that there are.</summary>
    public bool EntriesEnded => Twap is not { IsDone: false } && !(Legs.IsEmpty && Replaced is not null) && Legs.All(leg => leg.Purpose is not LegPurpose.Entry || leg.Ended is not null || LegProgress.Of(this, leg).Left.IsZero);

    /// <summary>Nothing is being entered, and nothing will be.</summary>
    public bool HasEntered => EntriesEnded && !Entries.Any(venue => venue.IsAlive);

    public Quantity CumQty
    {
        get
        {
            var cum = 0m;
            foreach (var order in Entries) cum += order.CumQty.Value;
            return new(cum);
        }
    }

    /// <summary>A placement is unproven for so long that a person has to look.</summary>
    public bool NeedsReview => VenueOrders.Any(order => order.NeedsReview);

    /// <summary>The code that others see.</summary>
    public ReasonCode? Code => NeedsReview ? ReasonCode.NeedsReview : Reason;

    /// <summary>Volume-weighted price of the fills; null while nothing is filled.</summary>
    public decimal? AvgPx => Execution.AveragePrice(Entries);

    /// <summary>Middle of the book when its first order was signed, of those where one was known; null: of none.</summary>
    public decimal? MidAtSend => Entries.FirstOrDefault(order => order.MidAtSend is not null)?.MidAtSend;

    /// <summary>sign(side) · (VWAP − mid at send) / mid at send · 10⁴ (spec §5.1); null without a fill or without a mid.</summary>
    public decimal? SlippageBps => Execution.SlippageBps(Intent.Side, AvgPx, MidAtSend);
}

/// <summary>What S4 watches in place of the venue: a middle price at or below <paramref name="SlPx"/>, or at or above <paramref name="TpPx"/>.</summary>
/// <param name="SlPx">Null: the venue holds a stop.</param>
/// <param name="TpPx">Null: the venue sells there, or nothing is to be sold there.</param>
/// <param name="ReachedAt">When it was seen to be there: what has come to its stop is left, wherever the price goes then. Null: it is watched for.</param>
public sealed record PriceWatch(Price? SlPx, Price? TpPx, DateTimeOffset ArmedAt, DateTimeOffset? ReachedAt = null)
{
    public bool IsArmed => ReachedAt is null;
    public bool IsReachedBy(decimal mid) => mid <= SlPx?.Value || mid >= TpPx?.Value;
}

/// <summary>Who waits for an answer, and for which.</summary>
public sealed record Waiter(Uri ReplyTo, Guid RequestId, WaitsFor WaitsFor);

public enum WaitsFor
{
    /// <summary>The intent is durably accepted or denied.</summary>
    Acceptance,

    /// <summary>The intent is terminal and proven, or armed.</summary>
    Answer,

    /// <summary>The cancel's outcome is proven.</summary>
    Cancel,
}

/// <summary>The last line of <c>ord:results</c>. <paramref name="Final"/>: a later line corrects it.</summary>
public sealed record PublishedResult(int Seq, string Status, Quantity CumQty, bool Final);

/// <summary>An intent that is asked to end, so that another takes its place.</summary>
/// <param name="AskSeq">The effect that asks; null: not asked yet.</param>
/// <param name="Ended">How it answered; null: not yet.</param>
public sealed record ReplacedIntent(string IntentId, int? AskSeq = null, ReplacedEnd? Ended = null);

/// <param name="Filled">What it has filled of its own quantity, and those before it whose place it had taken.</param>
/// <param name="Unknown">No such intent.</param>
/// <param name="Side">Of what it has filled; null: a replica of an earlier build did not say, and it is taken for the new one's.</param>
public sealed record ReplacedEnd(Quantity Filled, bool Unknown, Side? Side = null)
{
    /// <summary>What it has done of what the new one is to do: all that it filled on that side, and nothing of what it had filled on the other, which the new one exits.</summary>
    public Quantity DoneOn(Side side) => Side is { } other && other != side ? Quantity.Zero : Filled;
}

/// <summary>A question about the exits of others, and whether it was answered.</summary>
/// <param name="For">What it is about: the client order id of the first order that they locked out, or the quantity that was closed in the end.</param>
/// <param name="AskSeq">The effect that asks.</param>
/// <param name="HeardAt">Null: not answered yet.</param>
/// <param name="Owners">How many intents were found that hold exits; zero also where it had ended before it heard.</param>
public sealed record RoomAsked(string For, int AskSeq, DateTimeOffset? HeardAt = null, int Owners = 0);

/// <summary>What an intent with exits was told of a close beside it.</summary>
/// <param name="Seq">Rises with what <paramref name="To"/> tells: the latest counts, whatever comes late.</param>
/// <param name="Taken">How much of what is protected here it has closed in all; null: take-profits stand in its way, and make room for a while.</param>
public sealed record GivenWay(string To, int Seq, DateTimeOffset At, Quantity? Taken);

/// <param name="What">A status word, or an event's as the record has it.</param>
/// <param name="ClientOrderId">The order that it is about; null: it is about the intent.</param>
public sealed record TimelineNote(DateTimeOffset At, string What, string? Detail, string? ClientOrderId = null);
