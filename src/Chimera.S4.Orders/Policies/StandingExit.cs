namespace Chimera.S4.Orders;

/// <summary>
/// Keeps an exit of the wanted size standing at the venue: the new one is seen to stand before the old one goes, so that nothing held is ever without it. Where the venue counts both against the
/// position and refuses the second (-4118), the old one goes first.
/// </summary>
static class StandingExit
{
    /// <param name="wanted">What should stand now, on the grid; zero: nothing.</param>
    /// <param name="over">No more will be wanted than is now: what is withdrawn is at its end, and so is what finds nothing to reduce.</param>
    public static void Step(Draft draft, Leg leg, Quantity wanted, bool over, MarketView view)
    {
        VenueOrder[] orders = [.. draft.Order.VenueOrders.Where(venue => venue.Leg == leg.No)];
        if (leg.Ended is not null)
        {
            // The one that ended it may not have been the only one that stood: while one replaces another there are two.
            foreach (var order in orders) draft.Cancel(order);
            return;
        }
        var standing = orders.LastOrDefault(order => order.IsAlive);
        if (wanted.IsZero) Withdraw(draft, leg, orders, over);
        else if (standing is { Status: VenueStatus.None } or { TriggerPx: null }) return;              // on its way in, or on its way out at market
        else if (standing is not null && standing.OrderQty.Less(standing.CumQty) == wanted)
            foreach (var older in orders.Where(order => order.IsAlive && order != standing)) draft.Cancel(older);
        else if (standing is null or { Status: VenueStatus.New }) Place(draft, leg, orders, standing, wanted, over, view);
    }

    static void Withdraw(Draft draft, Leg leg, VenueOrder[] orders, bool over)
    {
        foreach (var order in orders.Where(order => order.IsAlive)) draft.Cancel(order);
        if (over && !orders.Any(order => order.IsAlive)) draft.End(leg, orders.Any(order => order.Status is VenueStatus.Filled) ? VenueStatus.Filled : VenueStatus.Canceled);
    }

    static void Place(Draft draft, Leg leg, VenueOrder[] orders, VenueOrder? standing, Quantity wanted, bool over, MarketView view)
    {
        var last = orders.LastOrDefault();
        if (last is { Status: VenueStatus.Canceled, CancelId: null }) draft.End(leg, last.Status);                  // somebody canceled it at the venue: it is not for S4 to want it back
        else if (last is { Status: VenueStatus.Rejected, Reason: ReasonCode.WouldTrigger }) AtMarket(draft, leg, wanted, view);                  // the price is past it: out, once
        else if (last is null || !IsRefused(last)) draft.Place(leg, leg.Type, wanted, leg.Price, leg.TriggerPx);
        else if (over && FoundNothing(last)) draft.End(leg, last.Status, last.Reason);
        else if (last.Reason is ReasonCode.ReduceOnlyLocked && standing is not null) draft.Cancel(standing);
        else if (last.Reason is ReasonCode.ReduceOnlyLocked && orders is [.., { Status: VenueStatus.Canceled, CancelId: not null }, _]) draft.Place(leg, leg.Type, wanted, leg.Price, leg.TriggerPx);   // it has made room
        else TryAgain(draft, leg, orders, last, standing, wanted, view);
    }

    // One that lapsed had stood: the venue took it and let it go, because the book ran dry or its engine refused what it had set off. That says nothing of the position (reference binance §2.3).
    static bool IsRefused(VenueOrder order) => order.Status is VenueStatus.Rejected or VenueStatus.Expired;

    // Nothing is left to reduce, which is what an exit is for; unless more is being entered just now.
    static bool FoundNothing(VenueOrder order) => order.Reason is ReasonCode.ReduceOnlyRejected;

    // The venue may take less at market than it lets wait: the rest follows when this is done.
    static void AtMarket(Draft draft, Leg leg, Quantity wanted, MarketView view)
    {
        var most = view.Instrument?.LotsFor(OrderType.Market) is { MaxQty: > 0 } lots ? lots.Floor(new Quantity(lots.MaxQty)) : wanted;
        draft.Place(leg, OrderType.Market, wanted.Value > most.Value ? most : wanted);
    }

    static void TryAgain(Draft draft, Leg leg, VenueOrder[] orders, VenueOrder last, VenueOrder? standing, Quantity wanted, MarketView view)
    {
        if (!Refusals.MayTry(draft, leg, [.. orders.Reverse().TakeWhile(IsRefused)], view.Now, out var givenUp))
        {
            // The one that stands is too small, and better than none.
            if (givenUp is not null) draft.End(leg, standing is null ? VenueStatus.Rejected : null, givenUp);
        }
        else if (last.TriggerPx is null) AtMarket(draft, leg, wanted, view);
        else draft.Place(leg, leg.Type, wanted, leg.Price, leg.TriggerPx);
    }
}
