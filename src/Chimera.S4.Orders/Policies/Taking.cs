namespace Chimera.S4.Orders;

/// <summary>How much of a quantity the venue takes at market in one order.</summary>
static class Taking
{
    /// <summary>Null: it is too small to be taken.</summary>
    public static Quantity? Takeable(Quantity left, Intent intent, Instrument instrument, MarketView view)
    {
        var lots = instrument.LotsFor(OrderType.Market);
        var qty = lots.Floor(left);
        if (lots.MaxQty > 0 && qty.Value > lots.MaxQty) qty = lots.Floor(new Quantity(lots.MaxQty));
        return qty.IsZero || qty.Value < lots.MinQty || IsBelowNotional(intent, instrument, qty, view) ? null : qty;
    }

    static bool IsBelowNotional(Intent intent, Instrument instrument, Quantity qty, MarketView view) =>
        instrument.MinNotionalAppliesToMarket && !(intent.Market is Market.Fut && intent.ReduceOnly) && view.Quote?.Mid is { } mid && qty.Value * mid < instrument.MinNotional;
}
