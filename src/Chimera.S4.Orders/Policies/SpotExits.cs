namespace Chimera.S4.Orders;

/// <summary>
/// A spot quantity with its exits (spec §5.3): both at the venue as one list, else a stop there, else a price that S4 watches. One of them owns the protection at a time, and nothing is sold that
/// is not held: on spot an exit locks what it sells, so another follows only when the last is seen to have ended.
/// </summary>
static class SpotExits
{
    static readonly TimeSpan NoInstrumentYet = TimeSpan.FromSeconds(1);

    /// <summary>What enters and what exits; with reduce_only the exits are all there is.</summary>
    public static void Begin(Draft draft, PolicyLimits limits, RouteChoice route, MarketView view)
    {
        var (order, intent) = (draft.Order, draft.Order.Intent);
        draft.Order = order with { IsGuarded = limits.OcoGuardian };
        draft.Start(PolicyPlans.Entry(order, limits, route, view));
        if (!intent.ReduceOnly) draft.Start(new Leg(1, LegPurpose.Exit, Side.Sell, order.OrderQty, OrderType.Stop) { StartedAt = view.Now });
    }

    public static void Step(Draft draft, SpotExitTerms terms, MarketView view)
    {
        if (!draft.Order.Intent.ReduceOnly) SpotEntry.Step(draft, terms, view);
        if (view.Instrument is not { } instrument)
        {
            draft.WakeAt(view.Now + NoInstrumentYet);
            return;
        }
        var (ended, why) = SpotExitOrders.Step(draft, SpotHolding.Of(draft.Order, instrument), terms, instrument, view);
        draft.End(SpotHolding.LegOf(draft.Order), ended, why);
        SpotEntry.Reverse(draft, instrument, view);
        KeepWatch(draft, terms, instrument);
        Tell(draft);
    }

    /// <summary>Notes that the price has come to where S4 watches for it.</summary>
    public static void NoticePrice(Draft draft, MarketView view)
    {
        if (view.Quote?.Mid is { } mid) NoticePrice(draft, mid);
    }

    /// <inheritdoc cref="NoticePrice(Draft, MarketView)"/>
    public static void NoticePrice(Draft draft, decimal mid)
    {
        if (draft.Order.Watch is not { IsArmed: true } watch || !watch.IsReachedBy(mid)) return;
        draft.Order = draft.Order with { Watch = watch with { ReachedAt = draft.Now } };
        draft.Tell(OrderEventType.GuardTriggered, null, detail: $"{DecimalJson.Format(mid)} has reached {(mid <= watch.SlPx?.Value ? watch.SlPx : watch.TpPx)}");
        draft.Note("GUARD_TRIGGERED", DecimalJson.Format(mid));
    }

    /// <summary>The price has come to the stop, wherever that was seen: no more is bought. What was given as held stays the caller's to cancel.</summary>
    public static bool HasStopped(Order order) => SpotExitTerms.Of(order.Intent) is not null && !order.IsDenied && !order.Intent.ReduceOnly && SpotExitOrders.IsStopped(order);

    /// <summary>Its exits stand by and nothing of it has traded.</summary>
    public static bool IsArmed(Order order)
    {
        if (order.Intent.Oco is null || order.IsDenied) return false;
        if (order.HasFallenBack) return order.Intent.ReduceOnly && (order.Watch is { IsArmed: true } || order.VenueOrders[^1].Status.IsWorking());
        return order.VenueOrders.LastOrDefault()?.ListId is { } list && order.VenueOrders.All(venue => venue.ListId != list || venue.Status is not VenueStatus.None);
    }

    /// <summary>Of two exits one has ended without a fill, and the other was not heard since: the venue is asked, for its word may be lost.</summary>
    public static bool IsHalfOver(Order order)
    {
        if (order.Intent.Oco is null || order.IsDenied) return false;
        var exits = SpotHolding.ExitsOf(order);
        return exits.Any(exit => exit is { ListId: not null, CumQty.IsZero: true, CancelSeq: null } && exit.Status.IsWorking()
            && exits.Any(other => other.ListId == exit.ListId && other.Status is VenueStatus.Expired or VenueStatus.Canceled));
    }

    static void KeepWatch(Draft draft, SpotExitTerms terms, Instrument instrument)
    {
        var (order, holding) = (draft.Order, SpotHolding.Of(draft.Order, instrument));
        var isKept = holding.Leg.Ended is null && !SpotExitOrders.IsLeaving(order, holding, terms) && !(order.Intent.ReduceOnly && order.CancelAsked) && !order.ExitsCanceled;
        var isExposed = isKept && !holding.IsCovered(terms, instrument);
        var isHeld = isExposed && !holding.Wanted.IsZero;
        // What is still to be bought at a limit is not bought any more once the price has come to its stop.
        Price? sl = order.IsGuarded && (isHeld || isExposed && order.Intent.Guard is not null && !holding.HasEntered) ? terms.SlPx : null;
        // Where the stop stands alone, nothing at the venue sells higher.
        var tp = order.IsGuarded && isKept && order.HasFallenBack && !holding.Wanted.IsZero && !holding.IsTakingProfit ? terms.TpPx : null;
        var watch = order.Watch is { IsArmed: false } ? order.Watch : (sl, tp) is (null, null) ? null : new PriceWatch(sl, tp, order.Watch?.ArmedAt ?? draft.Now);
        if (watch != order.Watch) draft.Order = order with { Watch = watch };
        draft.Measure(isHeld && !holding.IsTakingProfit);
    }

    static void Tell(Draft draft)
    {
        var (before, order) = (draft.Before, draft.Order);
        if (Standing(order) is { } list && Standing(before) is null) draft.Tell(OrderEventType.OcoArmed, list);
        if (order.HasFallenBack && !before.HasFallenBack)
        {
            var refused = SpotHolding.ExitsOf(order).LastOrDefault(exit => exit.Status is VenueStatus.Rejected or VenueStatus.Expired);
            var instead = order.IsGuarded && order.Intent.Oco is { OnLegFailure: not OnLegFailure.Market } ? "GUARD" : "MARKET";
            draft.Tell(OrderEventType.OcoFallback, refused?.ClientOrderId, refused?.Reason, $"{instead}: {refused?.VenueText ?? "the venue does not hold both exits"}");
            draft.Note("OCO_FALLBACK", instead);
        }
        if (order.Watch is { IsArmed: true, SlPx: not null } watch && before.Watch?.SlPx is null) draft.Tell(OrderEventType.GuardArmed, null, detail: $"at {watch.SlPx}");
    }

    static string? Standing(Order order) => order.IsDenied || order.Legs.IsEmpty ? null
        : SpotHolding.ExitsOf(order).Where(exit => exit.ListId is not null && exit.Status.IsWorking()).GroupBy(exit => exit.ListId).FirstOrDefault(list => list.Count() == 2)?.Key;
}
