namespace Chimera.S4.Orders;

/// <summary>Which exits should be at the venue now, for what is held: the list, the stop alone, or a sale at market. How the leg has ended is the answer; null: it goes on.</summary>
static class SpotExitOrders
{
    // Named, because in `why is null ? GoesOn : (VenueStatus.Rejected, why)` default is of the other branch's type: an end with the status None.
    static readonly (VenueStatus? Ended, ReasonCode? Why) GoesOn = (null, null);

    public static (VenueStatus? Ended, ReasonCode? Why) Step(Draft draft, SpotHolding holding, SpotExitTerms terms, Instrument instrument, MarketView view)
    {
        var order = draft.Order;
        if (order.ExitsCanceled || holding.IsTakenOver || order.Intent.ReduceOnly && order.CancelAsked) return Withdraw(draft, holding);
        if (IsLeaving(order, holding, terms)) return Leave(draft, holding, instrument, view);
        if (holding.IsTakingProfit)
        {
            foreach (var exit in holding.Exits.Where(exit => exit.Type is OrderType.Stop)) draft.Cancel(exit);
            return GoesOn;
        }
        if (!holding.HasEntered && terms.IsOco) return GoesOn;
        if (!terms.CanRest(holding.Wanted, instrument)) return Dust(draft, holding, instrument);
        if (!terms.IsOco || order.HasFallenBack) return Guard(draft, holding, terms, instrument, view);
        if (order.Intent.ReduceOnly && holding is { IsPairRefused: true, IsAnyAlive: false } && holding.Pair.Any(exit => exit.Reason is ReasonCode.InsufficientBalance))
            return (VenueStatus.Rejected, ReasonCode.InsufficientBalance);
        if (List(draft, holding, terms, instrument)) return GoesOn;
        draft.Order = draft.Order with { HasFallenBack = true };
        return IsLeaving(draft.Order, holding, terms) ? Leave(draft, holding, instrument, view) : Guard(draft, holding, terms, instrument, view);
    }

    /// <summary>It is sold at market, and nothing brings it back from there.</summary>
    public static bool IsLeaving(Order order, SpotHolding holding, SpotExitTerms terms) =>
        IsStopped(order) || holding.Exits.Any(exit => exit.Type is OrderType.Market) || order.HasFallenBack && (terms.AtMarket || !order.IsGuarded)
        || !order.IsGuarded && holding.IsTakingProfit;

    /// <summary>S4 has seen the price there, or the venue's stop has set off, or would not be placed because the price was past it.</summary>
    public static bool IsStopped(Order order) => order.Watch is { ReachedAt: not null }
        || SpotHolding.ExitsOf(order).Any(exit => exit.Type is OrderType.Stop
            && (!exit.CumQty.IsZero || exit is { Status: VenueStatus.Rejected, Reason: ReasonCode.WouldTrigger } && !(exit.ListId is { } list && order.Entries.Any(entry => entry.ListId == list && entry.Leg != exit.Leg))));

    static (VenueStatus?, ReasonCode?) Withdraw(Draft draft, SpotHolding holding)
    {
        CancelAll(draft, holding);
        return holding.IsAnyAlive ? GoesOn : (VenueStatus.Canceled, null);
    }

    // True: there is a list, or will be. False: the venue does not take one.
    static bool List(Draft draft, SpotHolding holding, SpotExitTerms terms, Instrument instrument)
    {
        var pair = holding.Pair;
        if (holding.IsAnyAlive)
        {
            var isWrong = !holding.IsPairActive || holding.IsPairRefused || pair.All(exit => exit.Status.IsWorking() && !holding.IsRight(exit, terms, instrument));
            if (isWrong) CancelAll(draft, holding);
            return true;
        }
        if (holding is { IsPairRefused: true, PairsEntry: null } || !instrument.Features.HasFlag(Features.Oco)) return false;
        draft.PlaceList(holding.Leg, terms, holding.Wanted);
        return true;
    }

    static (VenueStatus?, ReasonCode?) Guard(Draft draft, SpotHolding holding, SpotExitTerms terms, Instrument instrument, MarketView view)
    {
        foreach (var exit in holding.Exits.Where(exit => exit.IsAlive && (exit.Type is not OrderType.Stop || exit.ListId is not null || !holding.IsRight(exit, terms, instrument)))) draft.Cancel(exit);
        if (holding.IsAnyAlive) return (null, holding.Leg.Why);
        if (MayTry(draft, holding, OrderType.Stop, view, out var why)) draft.Place(holding.Leg, OrderType.Stop, holding.Wanted, terms.SlLimitPx, terms.SlPx);
        return (null, why);                                                                                   // refused for good: S4 keeps watching
    }

    static (VenueStatus?, ReasonCode?) Leave(Draft draft, SpotHolding holding, Instrument instrument, MarketView view)
    {
        // A stop that has set off sells already.
        foreach (var exit in holding.Exits.Where(exit => !(exit.Type is OrderType.Stop && !exit.CumQty.IsZero))) draft.Cancel(exit);
        if (holding.IsAnyAlive || !draft.Order.Intent.ReduceOnly && draft.Order.Entries.Any(entry => entry.IsAlive)) return GoesOn;
        if (Taking.Takeable(holding.Held, draft.Order, instrument, view) is not { } qty) return Dust(draft, holding, instrument);
        if (MayTry(draft, holding, OrderType.Market, view, out var why)) draft.Place(holding.Leg, OrderType.Market, qty);
        return why is null ? GoesOn : (VenueStatus.Rejected, why);
    }

    // Too little is held for the venue to take; what has been asked for it goes, and the rest is told of.
    static (VenueStatus?, ReasonCode?) Dust(Draft draft, SpotHolding holding, Instrument instrument)
    {
        if (!holding.HasEntered) return GoesOn;
        CancelAll(draft, holding);
        if (holding.IsAnyAlive) return GoesOn;
        var why = holding.Held.IsZero ? (ReasonCode?)null : ReasonCode.RemainderTooSmall;
        if (why is not null && holding.Leg.Why != why) draft.Note("DUST", $"{holding.Held} {instrument.BaseAsset} is too little to be sold");
        if (draft.Order.Intent.ReduceOnly) return why is null ? GoesOn : (VenueStatus.Expired, why);
        return (holding.Exits.Any(exit => !exit.CumQty.IsZero) ? VenueStatus.Filled : VenueStatus.Canceled, why);
    }

    static bool MayTry(Draft draft, SpotHolding holding, OrderType type, MarketView view, out ReasonCode? givenUp) => Refusals.MayTry(draft, holding.Leg,
        [.. holding.Exits.Reverse().TakeWhile(exit => exit.ListId is null && exit.Type == type && exit is { Status: VenueStatus.Rejected or VenueStatus.Expired, CumQty.IsZero: true })], view.Now, out givenUp);

    static void CancelAll(Draft draft, SpotHolding holding)
    {
        foreach (var exit in holding.Exits.Where(exit => exit.IsAlive)) draft.Cancel(exit);
    }
}
