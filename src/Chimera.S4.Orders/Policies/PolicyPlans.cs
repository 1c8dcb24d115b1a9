namespace Chimera.S4.Orders;

/// <summary>What an intent's terms come to on this market, within the limits.</summary>
static class PolicyPlans
{
    /// <summary>The intent's whole quantity, resting first where that is asked for.</summary>
    public static Leg Entry(Order order, PolicyLimits limits, RouteChoice route, MarketView view) =>
        Leg.Whole(order.Intent, order.OrderQty, view.Now) with { Patience = order.Intent.Maker is { } terms ? Patience(terms, limits, route) : Careful.For(order.Intent, order.OrderQty, view) };

    static Patience Patience(MakerTerms terms, PolicyLimits limits, RouteChoice route)
    {
        var wait = terms.Wait ?? route.Wait ?? limits.MakerMaxWait;
        var patience = wait <= TimeSpan.Zero ? Orders.Patience.None : new Patience(wait, terms.MinFillRatio ?? limits.MakerMinFillRatio, limits.MakerRequotes + 1);
        return patience with { Propensity = route.Propensity };
    }

    // A slice rests where its intent or a curve has it rest (spec §5.2).
    static Patience OfSlices(Intent intent, PolicyLimits limits, RouteChoice route) =>
        intent.Maker is null && route.Wait is null ? Orders.Patience.None : Patience(intent.Maker ?? new MakerTerms(null, null), limits, route);

    public static TwapPlan Twap(Intent intent, TwapTerms terms, Quantity total, PolicyLimits limits, RouteChoice route, MarketView view)
    {
        var lots = view.Instrument!.LotsFor(OrderType.Market);
        var slices = SlicesOf(terms, total) ?? route.Slices ?? limits.TwapMaxSlices;
        // A slice at the mid of now may be below the smallest notional a little later: the margin makes that rare, and such a slice joins the next.
        var smallest = view.Quote?.Mid is > 0 and var mid ? Math.Max(lots.MinQty, 1.02m * view.Instrument.MinNotional / mid) : lots.MinQty;
        var cuts = Orders.Twap.Cut(total, slices, terms.Weights is SliceWeights.Unknown ? SliceWeights.Equal : terms.Weights, lots, smallest);
        return new TwapPlan(cuts, view.Now, terms.Gap ?? TimeSpan.Zero, terms.Jitter) { Patience = OfSlices(intent, limits, route) };
    }

    /// <summary>Null: the caller leaves it to S4.</summary>
    public static int? SlicesOf(TwapTerms terms, Quantity total) =>
        terms.Slices ?? (terms.SliceQty is { IsZero: false } slice ? (int)Math.Min(int.MaxValue, Math.Ceiling(total.Value / slice.Value)) : null);
}
