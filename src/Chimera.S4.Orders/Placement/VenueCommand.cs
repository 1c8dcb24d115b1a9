namespace Chimera.S4.Orders;

/// <summary>One piece of I/O that a protocol asks for. What was asked is all that a protocol remembers: a crash may fall between any two commands.</summary>
public abstract record VenueCommand;

/// <summary>Reads the journal. Answered by <see cref="Loaded"/>.</summary>
public sealed record LoadEntry(string ClientOrderId) : VenueCommand;

/// <summary>Signs the placement for the venue's present time, and looks at the book. Answered by <see cref="Signed"/>; nothing leaves.</summary>
/// <param name="Before">The epoch that this one follows; null: it is the first.</param>
public sealed record SignRequest(VenueEffect Place, PlacementEntry? Before) : VenueCommand;

/// <summary>Writes the epoch by compare-and-set: epoch 1 where there is no entry, any other where its predecessor is unresolved. Answered by <see cref="Settled"/>.</summary>
public sealed record WriteEpoch(PlacementEntry Entry) : VenueCommand;

/// <summary>Asks the order whether the placement is still wanted. Answered by <see cref="Settled"/>.</summary>
public sealed record CheckPending(int Seq, PlacementEntry Entry) : VenueCommand;

/// <summary>Asks the order whether it still wants a placement that has waited, or has not taken effect in an earlier epoch: it may have been asked to end meanwhile. Answered by <see cref="Settled"/>.</summary>
public sealed record CheckWanted(int Seq, PlacementEntry Entry) : VenueCommand;

/// <summary>Sends exactly the journalled bytes, once. Answered by <see cref="Answered"/>.</summary>
public sealed record SendRequest(VenueEffect Place, PlacementEntry Entry) : VenueCommand;

/// <summary>Answered by <see cref="Answered"/>.</summary>
public sealed record SendCancel(CancelEffect Cancel) : VenueCommand;

/// <summary>Lets time pass before <paramref name="Then"/>.</summary>
public sealed record Pause(TimeSpan For, VenueCommand Then) : VenueCommand;

/// <summary>Asks for one order. Answered by <see cref="Answered"/>.</summary>
/// <param name="After">The failure that the look is to verify, and the epoch that failed; null: an ordinary look.</param>
public sealed record QueryOrder(OrderRef Order, (PlacementEntry Entry, VenueAnswer Answer)? After = null) : VenueCommand;

/// <summary>One round of the absence proof: by id, open orders, all orders, trades. Answered by <see cref="Answered"/>.</summary>
/// <param name="Began">A round counts by when it began, not by when the venue came to answer it.</param>
public sealed record LookEverywhere(OrderRef Order, DateTimeOffset Since, PlacementEntry Entry, PlacementView Began) : VenueCommand;

/// <summary>Reads the trades behind a state. Answered by <see cref="Traded"/>.</summary>
public sealed record ReadTrades(OrderRef Order, DateTimeOffset Since, VenueOrderState State) : VenueCommand;

/// <summary>Notes in the journal what is known of an epoch; without effect on an epoch that is over. <paramref name="Then"/> follows.</summary>
public sealed record NoteProbe(PlacementEntry Entry, VenueCommand Then) : VenueCommand;

/// <summary>Stores what is known of the order, or of each order of a list, by compare-and-set. Answered by <see cref="Settled"/>; <paramref name="Then"/> follows where it stands.</summary>
/// <param name="OfEpoch">A refusal is of one request; null: an order that exists does so whichever epoch brought it.</param>
public sealed record Resolve(string ClientOrderId, int? OfEpoch, IReadOnlyList<Finding> Known, VenueCommand Then) : VenueCommand;

/// <summary>Tells the order, with the broker's confirm. <paramref name="Then"/> follows.</summary>
public sealed record Report(Finding Told, VenueCommand Then) : VenueCommand;

/// <summary>Tells the order what the journal holds, to the letter.</summary>
public sealed record TellAgain(PlacementEntry Entry) : VenueCommand;

/// <summary>Records how an order without a document stands. <paramref name="Then"/> follows.</summary>
public sealed record RecordOrphan(VenueOrderState State, VenueCommand Then) : VenueCommand;

/// <summary>The protocol has ended, for now or for good.</summary>
public sealed record Finish(Handled Handled) : VenueCommand
{
    public static readonly Finish Done = new(Handled.Done), Reported = new(Handled.Reported), Now = After(TimeSpan.Zero);

    public static Finish After(TimeSpan delay) => new(Handled.After(delay));
}

/// <summary>What came of a command.</summary>
public abstract record Reply;

/// <summary>It was performed; there is nothing to tell.</summary>
public sealed record Performed : Reply
{
    public static readonly Performed Instance = new();
}

/// <param name="Entry">Null: the journal has none.</param>
public sealed record Loaded(PlacementEntry? Entry) : Reply;

/// <param name="Mid">Middle of the book at that moment, and its best three levels; null where unknown.</param>
public sealed record Signed(SignedRequest Request, decimal? Mid = null, string? BookTop3 = null) : Reply;

/// <param name="Stands">False: somebody else came first, or nothing is pending.</param>
public sealed record Settled(bool Stands) : Reply;

public sealed record Answered(VenueAnswer Answer) : Reply;

public sealed record Traded(TradesAnswer Answer) : Reply;
