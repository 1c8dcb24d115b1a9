namespace Chimera.S4.Orders;

/// <summary>How much of a quantity the venue takes at market in one order.</summary>
static class Taking
{
    /// <summary>Null: it is too small to be taken.</summary>
    public static Quantity? Takeable(Quantity left, Order order, Instrument instrument, MarketView view)
    {
        var lots = instrument.LotsFor(OrderType.Market);
        var qty = lots.Floor(left);
        if (lots.MaxQty > 0 && qty.Value > lots.MaxQty) qty = lots.Floor(new Quantity(lots.MaxQty));
        return qty.IsZero || qty.Value < lots.MinQty || IsBelowNotional(order, instrument, qty, view) ? null : qty;
    }

    static bool IsBelowNotional(Order order, Instrument instrument, Quantity qty, MarketView view) =>
        instrument.LeastNotional(order.Intent, atMarket: true) is > 0 and var least && (view.Quote?.Mid ?? LastPrice(order)) is { } price && qty.Value * price < least;

    // Where no quote is fresh, the price that the order itself has seen last is near enough to tell dust by: of a fill, of the middle, or where it rested.
    static decimal? LastPrice(Order order) => order.VenueOrders.Reverse().Select(PriceOf).FirstOrDefault(price => price is not null);

    static decimal? PriceOf(VenueOrder venue) => venue switch
    {
        { Trades: [.., var trade] } => trade.Px.Value,
        { CumQty.IsZero: false, CumQuote: > 0 and var quote } => quote / venue.CumQty.Value,
        _ => venue.MidAtSend ?? venue.Price?.Value,
    };
}
