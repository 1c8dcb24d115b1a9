namespace Chimera.S4.Orders;

/// <summary>
/// A leg that rests at the touch first and takes what is left (spec §5.1). Nothing is remembered of the way here: what has been seen of its orders, and the time, say what comes next; so it
/// is the same after a restart, and a fill that races a cancel is counted because the next order is sized only when the last one has ended.
/// </summary>
static class MakerThenTaker
{
    const int MostTakes = 3;
    static readonly TimeSpan NoPriceYet = TimeSpan.FromMilliseconds(250), NoInstrumentYet = TimeSpan.FromSeconds(1);

    public static void Step(Draft draft, Leg leg, Patience patience, MarketView view)
    {
        var work = LegProgress.Of(draft.Order, leg);
        if (work.Left.IsZero)
        {
            draft.End(leg, null);
            return;
        }
        var takes = IsOver(leg, patience, work, view.Now);
        if (work.Alive is { } alive)
        {
            draft.End(leg, null);
            var isMaker = alive.Type is OrderType.LimitMaker;
            if (draft.Order.CancelAsked || isMaker && takes) draft.Cancel(alive);
            else if (isMaker && view.IsStopping) draft.Withdraw(alive);
            else if (isMaker && IsLeftBehind(alive, leg, patience, work, view)) draft.Cancel(alive);
            if (isMaker && !takes) draft.WakeAt(NextLook(leg, patience, view.Now));
        }
        else if (leg.Ended is not null) return;
        else if (draft.Order.CancelAsked) draft.End(leg, VenueStatus.Canceled);
        else if (MakingRoom.MayTry(draft, work.Last, view) is false) return;
        else if (work.Last is { } last && IsEnd(last) && MakingRoom.MayTry(draft, last, view) is null) draft.End(leg, last.Status, last.Reason);
        else if (Pausing.Waits(draft, view)) return;
        else if (takes || work.Quotes >= patience.Quotes) Take(draft, leg, patience, work, view);
        else Quote(draft, leg, patience, work, view);
    }

    // At the window's end; or half-way there, if so little has come that waiting has shown itself to be in vain.
    static bool IsOver(Leg leg, Patience patience, LegProgress work, DateTimeOffset now) =>
        work.Takes > 0 || now >= leg.StartedAt + patience.Wait
        || now >= leg.StartedAt + patience.Wait / 2 && work.Cum.Value < leg.Target.Value * patience.MinFillRatio;

    // A post-only order that would have taken is a miss, not an error; so is one that the venue let lapse. One that somebody else canceled was not wanted.
    static bool IsEnd(VenueOrder last) => last switch
    {
        _ when Pausing.WasHeld(last) => false,
        { Status: VenueStatus.Rejected } => last.Type is not OrderType.LimitMaker || last.Reason is not ReasonCode.WouldTake,
        { Status: VenueStatus.Canceled } => last.CancelId is null,
        { Status: VenueStatus.Filled } => last.CumQty.Value < last.OrderQty.Value,      // the venue cuts a reduce-only order down to what is held
        _ => false,
    };

    // Others bid more, or ask less. Best alone is as good as it gets, and the same price again would only lose its place in the queue.
    static bool IsLeftBehind(VenueOrder alive, Leg leg, Patience patience, LegProgress work, MarketView view) =>
        work.Quotes < patience.Quotes && alive.Price is { } price && Touch(leg.Side, view) is { } touch
        && (leg.Side is Side.Buy ? touch.Value > price.Value : touch.Value < price.Value);

    static void Quote(Draft draft, Leg leg, Patience patience, LegProgress work, MarketView view)
    {
        var look = NextLook(leg, patience, view.Now);
        if (view.Instrument is { } instrument && Touch(leg.Side, view) is { } touch)
        {
            var qty = instrument.Lots.Floor(work.Left);
            // A rest too small to be quoted may still be taken; the venue's smallest notional binds both.
            if (qty.IsZero || qty.Value < instrument.Lots.MinQty || qty.Value * touch.Value < instrument.MinNotional)
            {
                Take(draft, leg, patience, work, view);
                return;
            }
            draft.Place(leg, OrderType.LimitMaker, qty, touch);
            draft.WakeAt(look);
        }
        else
        {
            var soon = view.Now + NoPriceYet;
            draft.WakeAt(soon < look ? soon : look);
        }
    }

    static void Take(Draft draft, Leg leg, Patience patience, LegProgress work, MarketView view)
    {
        if (view.Instrument is not { } instrument)
        {
            draft.WakeAt(view.Now + NoInstrumentYet);
            return;
        }
        if (Taking.Takeable(work.Left, draft.Order, instrument, view) is not { } qty) draft.End(leg, VenueStatus.Expired, ReasonCode.RemainderTooSmall);
        else if (work.Takes >= MostTakes && !Careful.IsPart(work.Last)) draft.End(leg, VenueStatus.Expired, Careful.WhyEnded(work.Last));
        else Careful.Take(draft, leg, work, patience.Wait, qty, instrument, view);
    }

    static Price? Touch(Side side, MarketView view) => (side is Side.Buy ? view.Quote?.Bids : view.Quote?.Asks) is [var best, ..] ? new Price(best.Price) : null;

    // The window in twice as many parts as there are quotes, so that its half is one of the ends.
    static DateTimeOffset NextLook(Leg leg, Patience patience, DateTimeOffset now)
    {
        var (wait, parts) = (patience.Wait.Ticks, 2L * patience.Quotes);
        var passed = (now - leg.StartedAt).Ticks * parts / wait;
        return leg.StartedAt.AddTicks((wait * (passed + 1) + parts - 1) / parts);
    }
}
