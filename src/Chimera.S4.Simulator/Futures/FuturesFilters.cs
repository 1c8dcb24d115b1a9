using System.Globalization;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Futures;

/// <summary>The symbol filters in futures manner: each rule has a code of its own (reference §2.4, §2.5).</summary>
internal static class FuturesFilters
{
    public static void Check(Order order, Market market, bool isNew = true)
    {
        CheckQuantity(order.OrigQty, order.IsMarket, market.Instrument);
        if (order.Type is OrderType.Limit) CheckPrice(order, market);
        if (!order.ReduceOnly) CheckNotional(order.OrigQty * (order.IsMarket ? market.MarkPrice : order.Price), market.Instrument);
        if (isNew && market.OpenOrders.Count() >= market.Instrument.MaxNumOrders) throw new VenueError(-2025, "Reach max open order limit.");
    }

    public static void CheckQuantity(decimal quantity, bool isMarket, Instrument instrument)
    {
        if (quantity < instrument.MinQty) throw new VenueError(-4004, "Quantity less than min quantity.");
        if (quantity > (isMarket ? instrument.MarketMaxQty : instrument.MaxQty)) throw new VenueError(-4005, "Quantity greater than max quantity.");
        if (quantity % instrument.StepSize != 0) throw new VenueError(-4023, "Qty not increased by step size.");
    }

    public static void CheckNotional(decimal notional, Instrument instrument)
    {
        if (notional < instrument.MinNotional)
            throw new VenueError(-4164, $"Order's notional must be no smaller than {Text(instrument.MinNotional)} (unless you choose reduce only).");
    }

    private static void CheckPrice(Order order, Market market)
    {
        var instrument = market.Instrument;
        if (order.Price < instrument.MinPrice) throw new VenueError(-4013, "Price less than min price.");
        if (order.Price > instrument.MaxPrice) throw new VenueError(-4002, "Price greater than max price.");
        if (order.Price % instrument.TickSize != 0) throw new VenueError(-4014, "Price not increased by tick size.");
        // One-sided: a buy may be as low as it likes, a sell as high.
        var (highest, lowest) = (market.MarkPrice * instrument.MultiplierUp, market.MarkPrice * instrument.MultiplierDown);
        if (order.IsBuy && order.Price > highest) throw new VenueError(-4016, $"Limit price can't be higher than {Text(Snap(highest, instrument.TickSize))}.");
        if (!order.IsBuy && order.Price < lowest) throw new VenueError(-4024, $"Limit price can't be lower than {Text(Snap(lowest, instrument.TickSize))}.");
    }

    private static decimal Snap(decimal price, decimal tick) => price - price % tick;
    private static string Text(decimal value) => value.ToString(WireJson.Plain, CultureInfo.InvariantCulture);
}
