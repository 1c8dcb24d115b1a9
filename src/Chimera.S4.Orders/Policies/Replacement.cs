namespace Chimera.S4.Orders;

/// <summary>
/// One order that takes the place of another intent's. A futures exit is placed first and the old one goes when the new one stands, so that nothing held is ever without it; unless the venue counts
/// both against the position and refuses the second. Whatever locks what the other has locked (a spot order) or would double what may fill (a limit) comes second as well: the other ends first, and
/// what it has filled is part of what was asked.
/// </summary>
static class Replacement
{
    /// <summary>For so long one that stands already asks again for one that nobody knows: its message may have been overtaken, and both would stand.</summary>
    static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(2);

    public static void Begin(Draft draft, string replaced, MarketView view)
    {
        draft.Order = draft.Order with { Replaced = new ReplacedIntent(replaced) };
        if (StandsFirst(draft.Order.Intent)) Start(draft, draft.Order.OrderQty, view);
    }

    public static void Step(Draft draft, MarketView view)
    {
        var (order, replaced) = (draft.Order, draft.Order.Replaced!);
        if (order.Legs.IsEmpty) BreakFirst(draft, replaced, view);
        if (draft.Order.Legs is [var leg, ..]) Work(draft, leg, view);
        Measure(draft);
    }

    static void Work(Draft draft, Leg leg, MarketView view)
    {
        var order = draft.Order;
        // One that is larger than what is left only reduces. Made smaller, it would stand twice for a moment, and both may set off: so it stays, or goes.
        if (StandsFirst(order.Intent) && !order.ReplacedQty.IsZero && order.OrderQty.Less(order.ReplacedQty).IsZero) draft.StopEntering(ReasonCode.ReplacedHasFilled.Text());
        if (StandsFirst(order.Intent) && order.VenueOrders is [var first, ..] && MakingRoom.IsLocked(first)) Swap(draft, leg, view);
        else LegWork.Step(draft, leg, view);
        if (order.Replaced is { AskSeq: null } && draft.Order.VenueOrders.Any(venue => venue.Status.IsWorking() || venue.Status is VenueStatus.Filled)) Ask(draft);
    }

    // Both together promised more than the position (-4118): the other goes first, and what takes its place is as large as what that has left.
    static void Swap(Draft draft, Leg leg, MarketView view)
    {
        var (order, replaced) = (draft.Order, draft.Order.Replaced!);
        if (leg.Ended is not null) StandAloneExit.Step(draft, leg, Quantity.Zero, view);
        else if (replaced.AskSeq is null && order.CancelAsked) draft.End(leg, VenueStatus.Canceled);
        else if (replaced.AskSeq is null) Ask(draft);
        else if (replaced.Ended is { Unknown: true }) draft.End(leg, VenueStatus.Rejected, ReasonCode.ReduceOnlyLocked);
        else if (replaced.Ended is not null)
        {
            var left = Protection.OnGrid(StandAloneExit.Held(order).Less(order.ReplacedQty), view);
            // At once: whatever stood in its way has just gone.
            if (order.VenueOrders is [_] && !order.CancelAsked && !left.IsZero) draft.Place(leg, leg.Type, left, leg.Price, leg.TriggerPx);
            else StandAloneExit.Step(draft, leg, left, view);
        }
    }

    /// <summary>The effect that asks stays pending, and repeats itself.</summary>
    public static bool AsksAgain(Order order, DateTimeOffset now) => StandsFirst(order.Intent) && order.VenueOrders.Any(venue => venue.IsAlive) && now < order.CreatedAt + OnItsWay;

    static void BreakFirst(Draft draft, ReplacedIntent replaced, MarketView view)
    {
        var (order, qty) = (draft.Order, draft.Order.OrderQty);
        // Whoever takes its own place counts what the other has filled, and so it does not end before that is told.
        if (order.CancelAsked && (replaced.AskSeq is null || replaced.Ended is not null)) draft.End(Start(draft, qty, view), VenueStatus.Canceled);
        else if (replaced.AskSeq is null) Ask(draft);
        else if (replaced.Ended is { Unknown: true }) draft.End(Start(draft, qty, view), VenueStatus.Rejected, ReasonCode.OrderNotFound);
        else if (replaced.Ended is not null)
        {
            var todo = qty.Less(order.ReplacedQty);
            var left = view.Instrument is { } instrument ? instrument.LotsFor(order.Intent.Type).Floor(todo) : todo;
            if (left.IsZero) draft.End(Start(draft, qty, view), VenueStatus.Canceled, ReasonCode.ReplacedHasFilled);
            else if (IsTooSmall(order.Intent, left, view)) draft.End(Start(draft, qty, view), VenueStatus.Canceled, ReasonCode.RemainderTooSmall);
            else
            {
                draft.Order = draft.Order with { OrderQty = left };
                Start(draft, left, view);
            }
        }
    }

    // How long what is held is without its stop, where the old one has to end before the venue takes the new one.
    static void Measure(Draft draft)
    {
        var order = draft.Order;
        var isNaked = order is { Intent.Type: OrderType.Stop, Replaced.Ended.Unknown: false, Legs: [] or [{ Ended: null }] }
            && !order.VenueOrders.Any(venue => venue.Status.IsWorking());
        draft.Measure(isNaked);
    }

    static bool IsTooSmall(Intent intent, Quantity left, MarketView view) => view.Instrument is { } instrument
        && (left.Value < instrument.LotsFor(intent.Type).MinQty || (intent.Price ?? intent.TriggerPx) is { } price && left.Value * price.Value < instrument.LeastNotional(intent, atMarket: false));

    static bool StandsFirst(Intent intent) => StandAloneExit.Is(intent);

    static Leg Start(Draft draft, Quantity qty, MarketView view) => draft.Start(Leg.Whole(draft.Order.Intent, qty, view.Now));

    static void Ask(Draft draft)
    {
        var ask = new EndIntentEffect(draft.NextSeq(), SagaIds.Of(draft.Order.Replaced!.IntentId));
        draft.Order = draft.Order with { Replaced = draft.Order.Replaced with { AskSeq = ask.Seq } };
        draft.Add(ask);
    }
}
