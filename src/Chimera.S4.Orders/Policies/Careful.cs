namespace Chimera.S4.Orders;

/// <summary>Takes at market what the book bears; what it does not is taken at a limit, in smaller parts or later, as configured (spec §6). What reduces is taken whatever it costs.</summary>
static class Careful
{
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>A market order that nothing waits for is one all the same, unless the book does not bear it.</summary>
    public static Patience? For(Intent intent, Quantity qty, MarketView view) =>
        intent.Type is OrderType.Market && Guards(intent, view) is { } limits && Liquidity.Of(intent.Side, qty, intent.Symbol, view.Quote, limits).Objection is not null ? Patience.None : null;

    /// <summary>Places what may be taken of <paramref name="qty"/> now, or waits.</summary>
    public static void Take(Draft draft, Leg leg, LegProgress work, TimeSpan patience, Quantity qty, Instrument instrument, MarketView view)
    {
        var intent = draft.Order.Intent;
        var limits = leg.Purpose is LegPurpose.Entry ? Guards(intent, view) : null;
        // The book is given time to fill up again, and to be heard, after each part.
        if (limits is { Action: LiquidityAction.Shrink } && HasJustTaken(work, view.Now))
        {
            draft.WakeAt(view.Now + LookAgain);
            return;
        }
        if (limits is null || Liquidity.Of(leg.Side, qty, intent.Symbol, view.Quote, limits) is not { Objection: { } why } book)
        {
            draft.Place(leg, OrderType.Market, qty);
            return;
        }
        Tell(draft, leg, limits.Action, why);
        var isLate = view.Now >= leg.StartedAt + patience + limits.MaxDelay;
        if (book.Worst is not { } worst)
        {
            // Counted from the first look and not from the leg's start: a router that was away has not heard the market yet, and looks again.
            if (view.Now >= draft.BlindSince(leg) + limits.MaxDelay) draft.End(leg, VenueStatus.Expired, ReasonCode.NoMarketData);
            else draft.WakeAt(view.Now + LookAgain);
        }
        else if (isLate || limits.Action is LiquidityAction.Limit) draft.Place(leg, OrderType.Limit, qty, instrument.Prices.Snap(worst, leg.Side), isImmediate: true);
        else if (limits.Action is LiquidityAction.Shrink && Taking.Takeable(book.Bears, draft.Order, instrument, view) is { } part) draft.Place(leg, OrderType.Market, part);
        else draft.WakeAt(view.Now + LookAgain);
    }

    /// <summary>A part that was taken to the last lot is no vain try.</summary>
    public static bool IsPart(VenueOrder? last) => last is { Type: OrderType.Market, Status: VenueStatus.Filled };

    /// <summary>Why a leg has ended whose last try was held to a limit.</summary>
    public static ReasonCode? WhyEnded(VenueOrder? last) => last is { Type: OrderType.Limit, Reason: null } ? ReasonCode.LiquidityLimited : last?.Reason;

    static LiquidityLimits? Guards(Intent intent, MarketView view) => Exposure.Adds(intent) ? view.Liquidity : null;

    static bool HasJustTaken(LegProgress work, DateTimeOffset now) => work.Last is { AckedAt: { } at } && IsPart(work.Last) && now < at + LookAgain;

    static void Tell(Draft draft, Leg leg, LiquidityAction action, string why)
    {
        if (draft.Order.Legs[leg.No].Why is ReasonCode.LiquidityLimited) return;
        draft.End(leg, null, ReasonCode.LiquidityLimited);
        draft.Tell(OrderEventType.LiquidityGuarded, null, ReasonCode.LiquidityLimited, $"{Words.Of(action)}: {why}");
        draft.Note("LIQUIDITY_GUARD", $"{Words.Of(action)}: {why}");
    }
}
