namespace Chimera.S4.Orders;

/// <summary>
/// A futures close beside the exits of other intents. Where these promise all of the position (-4118), their owners are asked to withdraw take-profits, never a stop, and the close is tried again.
/// Once it has ended they are told how much of what they protect is gone, and their exits follow.
/// </summary>
static class MakingRoom
{
    const string Closed = "CLOSED";
    const int Most = 6;

    /// <summary>A take-profit is gone within two answers of the venue; each pause is twice the one before.</summary>
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>From the first question to the last try; for this long owners make room at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    public static bool IsLocked(VenueOrder venue) => venue is { Status: VenueStatus.Rejected, Reason: ReasonCode.ReduceOnlyLocked };

    /// <param name="last">The latest order of the leg.</param>
    /// <returns>True: now. False: not yet. Null: it was not locked out, or there is no room to be made.</returns>
    public static bool? MayTry(Draft draft, VenueOrder? last, MarketView view)
    {
        if (last is null || !IsLocked(last) || !IsClose(draft.Order.Intent)) return null;
        VenueOrder[] refused = [.. draft.Order.Entries.Reverse().TakeWhile(IsLocked)];
        if (refused.Length > Most) return null;
        if (draft.Order.Room is not { } room || room.For != refused[^1].ClientOrderId)
        {
            Ask(draft, refused[^1].ClientOrderId);
            return false;
        }
        if (room.HeardAt is not { } heard) return false;
        if (room.Owners == 0) return null;
        var again = (last.AckedAt > heard ? last.AckedAt.Value : heard) + FirstPause * (1 << (refused.Length - 1));
        if (view.Now >= again) return true;
        draft.WakeAt(again);
        return false;
    }

    /// <summary>It has ended: who protects what it has closed is to know.</summary>
    public static void TellWhatWasClosed(Draft draft)
    {
        var order = draft.Order;
        if (!IsClose(order.Intent) || !order.HasEntered || order.CumQty.IsZero && order.Room is null or { Owners: 0 }) return;
        if (order.Entries.Any(venue => !venue.IsProven)) return;
        var about = $"{Closed} {order.CumQty}";
        if (order.Room?.For != about) Ask(draft, about, hasClosed: true);
    }

    /// <param name="owners">Oldest first.</param>
    /// <param name="position">What is left to reduce, after a close.</param>
    public static void Hear(Draft draft, int askSeq, IReadOnlyList<ExitOwner> owners, Quantity position)
    {
        draft.MarkDone(askSeq);
        if (draft.Order.Room is not { HeardAt: null } room || room.AskSeq != askSeq) return;
        var (isOver, isLate) = (room.For.StartsWith(Closed, StringComparison.Ordinal), draft.Order.HasEntered);
        draft.Order = draft.Order with { Room = room with { HeardAt = draft.Now, Owners = isLate && !isOver ? 0 : owners.Count } };
        if (isOver)
        {
            foreach (var (owner, taken) in ExitOwners.Share(owners, position, draft.Order.CumQty)) Tell(draft, owner, taken);
        }
        else if (!isLate)
        {
            // Stops alone promise no more than the position, but for the moment in which one replaces another: they are waited for, and asked for nothing.
            foreach (var owner in owners.Where(owner => owner.Only is not OrderType.Stop)) Tell(draft, owner, null);
            draft.Tell(OrderEventType.RoomAsked, room.For, ReasonCode.ReduceOnlyLocked,
                owners.Count == 0 ? "no live intent of S4 protects this position: what locks it is not S4's to withdraw" : $"intents that hold exits beside it: {owners.Count}");
        }
    }

    static void Tell(Draft draft, ExitOwner owner, Quantity? taken) => draft.Add(new GiveWayEffect(draft.NextSeq(), owner.OrderId, draft.Order.Intent.IntentId, taken));

    static void Ask(Draft draft, string about, bool hasClosed = false)
    {
        var ask = new FindExitsEffect(draft.NextSeq(), draft.Order.Intent.Symbol, draft.Order.Intent.Side, hasClosed);
        draft.Order = draft.Order with { Room = new RoomAsked(about, ask.Seq) };
        draft.Add(ask);
    }

    // A stop or take-profit that is an intent of its own closes nothing yet.
    static bool IsClose(Intent intent) => intent is { Market: Market.Fut, ReduceOnly: true } && !StandAloneExit.Is(intent);
}
