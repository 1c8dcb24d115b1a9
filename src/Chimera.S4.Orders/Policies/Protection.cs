namespace Chimera.S4.Orders;

/// <summary>
/// A futures position with its stop and its take-profits (spec §5.4): as large as what has been filled and not yet been exited, whatever happens in which order. The stop covers all of it, each
/// take-profit its share, in the order given.
/// </summary>
static class Protection
{
    public const string OverExited = "OVER_EXITED";

    public static void Step(Draft draft, ProtectionTerms terms, MarketView view)
    {
        var entered = draft.Order.CumQty;
        if (entered.IsZero) return;
        if (draft.Order.Legs.All(leg => leg.Purpose is LegPurpose.Entry)) Begin(draft, terms);
        var exits = draft.Order.Legs.Where(leg => leg.Purpose is LegPurpose.Exit).ToArray();
        // An exit that found nothing to reduce says that somebody else has closed the position.
        var isFlat = IsFlat(draft.Order, exits);
        var (exited, kept) = (Exited(draft.Order, exits), entered.Less(ClosedElsewhere.Lost(draft)));
        var left = isFlat ? Quantity.Zero : kept.Less(exited);
        var (hasEntered, givesWay) = (draft.Order.HasEntered, !left.IsZero && GivingWay.IsAsked(draft));
        var (unshared, level) = (kept, 0);
        foreach (var leg in exits)
        {
            var wanted = left;
            if (leg.Type is OrderType.TakeProfit)
            {
                var share = terms.TakeProfits[level++].Qty is { } asked && asked.Value < unshared.Value ? asked : unshared;
                unshared = unshared.Less(share);
                wanted = share.Less(LegProgress.Of(draft.Order, leg).Cum);
                if (wanted.Value > left.Value) wanted = left;
                if (givesWay) wanted = Quantity.Zero;
            }
            // One that makes room comes back.
            StandingExit.Step(draft, leg, OnGrid(wanted, view), hasEntered && !(givesWay && leg.Type is OrderType.TakeProfit), view);
        }
        // One that has just found the position flat takes the others with it at once.
        if (!isFlat && IsFlat(draft.Order, draft.Order.Legs))
        {
            Step(draft, terms, view);
            return;
        }
        Measure(draft, OnGrid(left, view));
        if (exited.Value > entered.Value && !draft.Order.Timeline.Any(note => note.What == OverExited)) draft.Note(OverExited, $"{exited} of {entered}: two exits were set off before one could be withdrawn");
    }

    // How long what is held is without a stop of its size at the venue, or on its way out.
    static void Measure(Draft draft, Quantity left)
    {
        var order = draft.Order;
        var stop = order.Legs.FirstOrDefault(leg => leg is { Purpose: LegPurpose.Exit, Type: OrderType.Stop, Ended: null });
        var isNaked = stop is not null && order.VenueOrders.Where(venue => venue.Leg == stop.No && (venue.Status.IsWorking() || venue is { IsAlive: true, TriggerPx: null })).Sum(venue => venue.OrderQty.Less(venue.CumQty).Value) < left.Value;
        draft.Measure(isNaked);
    }

    public static bool HasStopped(Order order) => order.Intent.Protection is not null && order.Legs.Any(leg => leg is { Purpose: LegPurpose.Exit, Type: OrderType.Stop } && !LegProgress.Of(order, leg).Cum.IsZero);

    static void Begin(Draft draft, ProtectionTerms terms)
    {
        var side = draft.Order.Intent.Side is Side.Buy ? Side.Sell : Side.Buy;
        if (terms.StopLoss is { } stop) draft.Start(new Leg(draft.Order.Legs.Length, LegPurpose.Exit, side, draft.Order.OrderQty, OrderType.Stop) { TriggerPx = stop, StartedAt = draft.Now });
        foreach (var level in terms.TakeProfits)
            draft.Start(new Leg(draft.Order.Legs.Length, LegPurpose.Exit, side, level.Qty ?? draft.Order.OrderQty, OrderType.TakeProfit) { TriggerPx = level.TriggerPx, StartedAt = draft.Now });
    }

    static bool IsFlat(Order order, IEnumerable<Leg> legs) =>
        order.ExitsCanceled || legs.Any(leg => leg is { Purpose: LegPurpose.Exit, Why: ReasonCode.ReduceOnlyRejected });

    /// <summary>What is held for this intent, as far as it knows.</summary>
    /// <param name="but">An order whose close does not count; null: every one does.</param>
    public static Quantity Held(Order order, Guid? but = null) => order.CumQty.Less(GivingWay.Taken(order, but)).Less(Exited(order, order.Legs.Where(leg => leg.Purpose is LegPurpose.Exit)));

    static Quantity Exited(Order order, IEnumerable<Leg> exits) => new(exits.Sum(leg => LegProgress.Of(order, leg).Cum.Value));

    // What is filled lies on the grid; a rest below it is dust that no exit can carry.
    public static Quantity OnGrid(Quantity wanted, MarketView view) => view.Instrument is { } instrument ? instrument.LotsFor(OrderType.Market).Floor(wanted) : wanted;
}
