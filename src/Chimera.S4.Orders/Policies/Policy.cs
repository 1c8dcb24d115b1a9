namespace Chimera.S4.Orders;

/// <summary>
/// What an intent does next, given what has been seen: each policy looks at the whole order and decides what should be at the venue now. Called after every event, it may be called at any time,
/// and any number of times; that is what makes a restart, a late timer and a repeated report harmless.
/// </summary>
static class Policy
{
    /// <summary>The legs of a new order, and their first step.</summary>
    public static void Begin(Draft draft, PolicyLimits limits, MarketView view, RouteCurves? curves = null)
    {
        var intent = draft.Order.Intent;
        var route = RouteChoice.Of(draft.Order, curves, limits, view);
        if (intent.Twap is { } terms) draft.Order = draft.Order with { Twap = PolicyPlans.Twap(intent, terms, draft.Order.OrderQty, limits, route, view) };
        else if (SpotExitTerms.Of(intent) is not null) SpotExits.Begin(draft, limits, route, view);
        else if (intent.Replaces is { } replaced) Replacement.Begin(draft, replaced, view);
        else draft.Start(PolicyPlans.Entry(draft.Order, limits, route, view));
        Step(draft, view);
    }

    public static void Step(Draft draft, MarketView view)
    {
        if (draft.Order.IsDenied) return;
        draft.ForgetWake();
        draft.Quote = view.Quote;
        SpotExits.NoticePrice(draft, view);
        ClosedElsewhere.Step(draft);
        // Being stopped out ends the entering as well.
        if (Protection.HasStopped(draft.Order) || SpotExits.HasStopped(draft.Order)) draft.StopEntering("STOP_HIT");
        if (Pausing.HasKilled(draft.Order, view.Gates)) draft.StopEntering(ReasonCode.KillSwitch.Text());
        if (draft.Order.Replaced is not null) Replacement.Step(draft, view);
        else if (draft.Order.Twap is not null) Twap.Step(draft, view);
        else if (SpotExitTerms.Of(draft.Order.Intent) is { } exits) SpotExits.Step(draft, exits, view);
        else LegWork.Step(draft, draft.Order.Legs[0], view);
        if (draft.Order.Intent.Protection is { } terms) Protection.Step(draft, terms, view);
        MakingRoom.TellWhatWasClosed(draft);
    }
}
